package store

import (
	"context"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
)

// ProductFilter chooses products that can be bought under one of the contracts, and
// that the seller may sell.
type ProductFilter struct {
	Contracts []string
	Seller    string // a reseller; "" is not limited
	Kind      string
	Search    string
}

func selectProduct() string {
	return "SELECT " + columnsOf[licensing.Product]("p") + " FROM products p"
}

// Products lists products, newest first.
func (tx *Tx) Products(ctx context.Context, f ProductFilter, p Page) ([]licensing.Product, error) {
	var c conditions
	var sold conditions
	sold.among("x.contract_id", f.Contracts)
	c.args = sold.args
	c.terms = append(c.terms, "EXISTS (SELECT 1 FROM prices x"+sold.String()+" AND x.product_id = p.id)")
	c.equal("p.kind", f.Kind)
	if f.Seller != "" {
		c.add("NOT EXISTS ("+fmt.Sprintf(refusing, "%s", "p.id")+")", f.Seller)
	}
	c.search("p.search_text", f.Search)
	rest := c.page("p.id", p)
	return selectAll[licensing.Product](ctx, tx, selectProduct()+rest, c.args...)
}

// Product gives a product by id or SKU.
func (tx *Tx) Product(ctx context.Context, ref string) (licensing.Product, error) {
	return get[licensing.Product](ctx, tx, selectProduct()+" WHERE p.id = $1 OR p.sku = $1", ref)
}

// Editions gives the products of a family, by their edition; "" is no family.
func (tx *Tx) Editions(ctx context.Context, family string) ([]licensing.Product, error) {
	return selectAll[licensing.Product](ctx, tx, selectProduct()+" WHERE p.family = $1 AND p.family <> '' ORDER BY p.edition", family)
}

// InsertProduct adds a product.
func (tx *Tx) InsertProduct(ctx context.Context, p licensing.Product) error {
	if err := insert(ctx, tx, "products", p); err != nil {
		return err
	}
	return tx.searchProduct(ctx, p)
}

// UpdateProduct changes a product.
func (tx *Tx) UpdateProduct(ctx context.Context, p licensing.Product) error {
	if err := update(ctx, tx, "products", p); err != nil {
		return err
	}
	return tx.searchProduct(ctx, p)
}

// searchProduct makes a product be found, with its licenses, by what it has now.
func (tx *Tx) searchProduct(ctx context.Context, p licensing.Product) error {
	_, err := tx.ExecContext(ctx, "UPDATE products SET search_text = $1 WHERE id = $2", searchText(p.SKU, p.Name), p.ID)
	return translate(err)
}

func selectContract() string {
	return "SELECT " + columnsOf[licensing.Contract]("k") + " FROM contracts k"
}

// Contracts lists every contract of the resellers, newest first.
func (tx *Tx) Contracts(ctx context.Context, resellers []string) ([]licensing.Contract, error) {
	var c conditions
	c.among("k.reseller_id", resellers)
	return selectAll[licensing.Contract](ctx, tx, selectContract()+c.String()+" ORDER BY k.id DESC", c.args...)
}

// Contract gives a contract by id or number.
func (tx *Tx) Contract(ctx context.Context, ref string) (licensing.Contract, error) {
	return get[licensing.Contract](ctx, tx, selectContract()+" WHERE k.id = $1 OR k.number = $1", ref)
}

// InsertContract adds a contract.
func (tx *Tx) InsertContract(ctx context.Context, c licensing.Contract) error {
	return insert(ctx, tx, "contracts", c)
}

// UpdateContract changes a contract.
func (tx *Tx) UpdateContract(ctx context.Context, c licensing.Contract) error {
	return update(ctx, tx, "contracts", c)
}

// Prices gives the unit prices of a product, list prices among them; of every
// product where the id is empty.
func (tx *Tx) Prices(ctx context.Context, product string) ([]licensing.Price, error) {
	var c conditions
	c.equal("x.product_id", product)
	return selectAll[licensing.Price](ctx, tx,
		"SELECT "+columnsOf[licensing.Price]("x")+" FROM prices x"+c.String()+" ORDER BY x.product_id, coalesce(x.contract_id, ''), x.billing_interval", c.args...)
}

// PutPrice sets a unit price.
func (tx *Tx) PutPrice(ctx context.Context, p licensing.Price) error {
	_, err := tx.NamedExecContext(ctx, `INSERT INTO prices (contract_id, product_id, billing_interval, currency, amount)
		VALUES (:contract_id, :product_id, :billing_interval, :currency, :amount)
		ON CONFLICT (product_id, coalesce(contract_id, ''), billing_interval, currency) DO UPDATE SET amount = excluded.amount`, p)
	return translate(err)
}

// SetListPrices makes these the list prices of a product, and no others.
func (tx *Tx) SetListPrices(ctx context.Context, product string, prices []licensing.Price) error {
	return tx.setPrices(ctx, "contract_id IS NULL AND product_id = $1", product, prices)
}

// SetContractPrices makes these the prices of a contract, and no others.
func (tx *Tx) SetContractPrices(ctx context.Context, contract string, prices []licensing.Price) error {
	return tx.setPrices(ctx, "contract_id = $1", contract, prices)
}

func (tx *Tx) setPrices(ctx context.Context, where, of string, prices []licensing.Price) error {
	if _, err := tx.ExecContext(ctx, "DELETE FROM prices WHERE "+where, of); err != nil {
		return translate(err)
	}
	for _, p := range prices {
		if err := tx.PutPrice(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// Catalog gives every product, top-level reseller, contract, price and account.
func (tx *Tx) Catalog(ctx context.Context) (Catalog, error) {
	var c Catalog
	var err error
	read := func(query string, rows any) {
		if err == nil {
			err = translate(tx.SelectContext(ctx, rows, query))
		}
	}
	read(selectProduct()+" ORDER BY p.id", &c.Products)
	read("SELECT "+columnsOf[licensing.Reseller]("r")+" FROM resellers r WHERE r.parent_id IS NULL ORDER BY r.id", &c.Resellers)
	read(selectContract()+" ORDER BY k.id", &c.Contracts)
	read("SELECT "+columnsOf[licensing.Price]("x")+" FROM prices x", &c.Prices)
	read("SELECT "+columnsOf[licensing.Balance]("b")+" FROM balances b ORDER BY b.currency", &c.Balances)
	return c, err
}

// Catalog is what a vendor sells, to whom, and under which contracts.
type Catalog struct {
	Products  []licensing.Product
	Resellers []licensing.Reseller
	Contracts []licensing.Contract
	Prices    []licensing.Price
	Balances  []licensing.Balance
}

// ContractProducts gives the SKUs that each contract sells, by the contract's id.
func (tx *Tx) ContractProducts(ctx context.Context) (map[string][]string, error) {
	rows, err := selectAll[struct {
		ContractID string `db:"contract_id"`
		SKU        string `db:"sku"`
	}](ctx, tx, `SELECT DISTINCT x.contract_id, p.sku FROM prices x JOIN products p ON p.id = x.product_id
		WHERE x.contract_id IS NOT NULL ORDER BY x.contract_id, p.sku`)
	sold := make(map[string][]string)
	for _, r := range rows {
		sold[r.ContractID] = append(sold[r.ContractID], r.SKU)
	}
	return sold, err
}
