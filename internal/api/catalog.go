package api

// Product is something the vendor sells.
type Product struct {
	ID                string   `json:"id"`
	SKU               string   `json:"sku" doc:"What people type"`
	Name              string   `json:"name"`
	Kind              string   `json:"kind" enum:"device,software,support,subscription"`
	Metric            string   `json:"metric" doc:"What the quantity counts: users, devices, screens, servers or channels"`
	Family            string   `json:"family" doc:"Products of one family are each other's editions"`
	Edition           string   `json:"edition"`
	Terms             []string `json:"terms" nullable:"false" doc:"Kinds of term it is sold for"`
	CalendarProration string   `json:"calendar_proration" enum:"none,monthly"`
	RefundDays        int64    `json:"refund_days" doc:"Days after purchase in which it can be refunded"`
	Prices            []Price  `json:"prices" nullable:"false" doc:"Unit prices: of each contract it can be bought under"`
}

// Price is a unit price in minor units.
type Price struct {
	Contract string `json:"contract" doc:"Number of the contract; empty for the list price"`
	Interval string `json:"interval" enum:"year,month,once"`
	Amount   int64  `json:"amount" doc:"Minor units"`
	Currency string `json:"currency"`
}

// ProductRef names a product inside another resource.
type ProductRef struct {
	ID   string `json:"id"`
	SKU  string `json:"sku"`
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// ProductFilter chooses products.
type ProductFilter struct {
	Contract string `query:"contract" maxLength:"100" doc:"Only what can be bought under this contract: id or number"`
	Kind     string `query:"kind" enum:"device,software,support,subscription" doc:"Kind of product"`
	Search   string `query:"search" maxLength:"200" doc:"Text in name or SKU"`
}

// ProductListInput is the input of ProductList.
type ProductListInput struct {
	Page
	ProductFilter
}

// ProductViewInput is the input of ProductView.
type ProductViewInput struct {
	Product string `path:"product" doc:"Id or SKU"`
}

// Contract is what a reseller buys under.
type Contract struct {
	ID          string   `json:"id"`
	Number      string   `json:"number" doc:"What people type"`
	Name        string   `json:"name"`
	State       string   `json:"state" enum:"active,pending,ended,closed"`
	Conditions  string   `json:"conditions"`
	Currency    string   `json:"currency"`
	Payments    []string `json:"payments" nullable:"false" doc:"Ways to pay under it"`
	Distributor string   `json:"distributor" doc:"The distribution company that purchases go through"`
	StartsOn    string   `json:"starts_on"`
	EndsOn      string   `json:"ends_on" doc:"First day on which it no longer holds; empty when open-ended"`
	Products    []string `json:"products" nullable:"false" doc:"SKUs that can be bought under it"`
	CreatedAt   string   `json:"created_at"`
}

// ContractFilter chooses contracts.
type ContractFilter struct {
	State string `query:"state" enum:"active,pending,ended,closed" doc:"State of the contract"`
}

// ContractListInput is the input of ContractList.
type ContractListInput struct {
	Page
	ContractFilter
}

// ContractViewInput is the input of ContractView.
type ContractViewInput struct {
	Contract string `path:"contract" doc:"Id or number"`
}

// ProductList lists the products that can be bought.
var ProductList = Op[ProductListInput, List[Product]]{
	ID: "product-list", Method: "GET", Path: "/v1/products",
	Summary: "List products", Scope: ScopeLicenseRead, Command: "product list",
}

// ProductView gives one product.
var ProductView = Op[ProductViewInput, Product]{
	ID: "product-view", Method: "GET", Path: "/v1/products/{product}",
	Summary: "View a product", Scope: ScopeLicenseRead, Command: "product view",
}

// ContractList lists the reseller's contracts.
var ContractList = Op[ContractListInput, List[Contract]]{
	ID: "contract-list", Method: "GET", Path: "/v1/contracts",
	Summary: "List contracts", Scope: ScopeLicenseRead, Command: "contract list",
}

// ContractView gives one contract.
var ContractView = Op[ContractViewInput, Contract]{
	ID: "contract-view", Method: "GET", Path: "/v1/contracts/{contract}",
	Summary: "View a contract", Scope: ScopeLicenseRead, Command: "contract view",
}
