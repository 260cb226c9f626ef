package api

// Credits is what a reseller has of a product's credits: each pays one unit of the
// product's quantity for up to a year.
type Credits struct {
	Product   string `json:"product" doc:"SKU"`
	Granted   int64  `json:"granted" doc:"Sum of what was received"`
	Given     int64  `json:"given" doc:"Sum of what was given on; not positive"`
	Purchases int64  `json:"purchases" doc:"Sum of what was spent; not positive"`
	Refunds   int64  `json:"refunds" doc:"Sum of the refunds"`
	Amount    int64  `json:"amount" doc:"What is left"`
	Entries   int64  `json:"entries"`
}

// CreditEntry is one movement of credits. Entries are never changed.
type CreditEntry struct {
	ID        string `json:"id"`
	Kind      string `json:"kind" enum:"grant,given,purchase,refund"`
	Product   string `json:"product" doc:"SKU"`
	Amount    int64  `json:"amount" doc:"Signed"`
	Balance   int64  `json:"balance" doc:"After the entry"`
	Peer      string `json:"peer" doc:"Login of the reseller they came from or went to; empty for the vendor"`
	OrderID   string `json:"order_id"`
	Note      string `json:"note"`
	CreatedAt string `json:"created_at"`
}

// CreditViewInput is the input of CreditView.
type CreditViewInput struct {
	Reseller string `query:"reseller" maxLength:"100" doc:"Id or login of a sub-reseller; your own credits when left out"`
}

// CreditFilter chooses entries of the credit ledger.
type CreditFilter struct {
	Product  string `query:"product" maxLength:"100" doc:"Id or SKU"`
	Reseller string `query:"reseller" maxLength:"100" doc:"Id or login of a sub-reseller; your own ledger when left out"`
}

// CreditHistoryInput is the input of CreditHistory.
type CreditHistoryInput struct {
	Page
	CreditFilter
}

// CreditView gives the credits of each product, with the sums of their ledger.
var CreditView = Op[CreditViewInput, List[Credits]]{
	ID: "credit-view", Method: "GET", Path: "/v1/credits",
	Summary: "View the credits", Scope: ScopeOrderRead, Command: "balance view",
}

// CreditHistory lists the ledger of the credits, newest first.
var CreditHistory = Op[CreditHistoryInput, List[CreditEntry]]{
	ID: "credit-history", Method: "GET", Path: "/v1/credits/entries",
	Summary: "List the ledger of the credits", Scope: ScopeOrderRead, Command: "balance history",
}
