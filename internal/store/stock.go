package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

// StockFilter chooses licenses of stock: those that belong to no company and could be
// given to one on a day.
type StockFilter struct {
	Reseller  string
	Product   string   // id
	Term      string   // as a license has it
	Contracts []string // ids that it may be of; empty is any
	Today     licensing.Date
}

// Stock gives what is in stock, oldest first.
func (tx *Tx) Stock(ctx context.Context, f StockFilter) ([]licensing.License, error) {
	return tx.stock(ctx, f, "")
}

// StockForUpdate gives what is in stock, oldest first, and keeps others from changing
// it until the transaction ends. What others were changing it gives as they left it.
func (tx *Tx) StockForUpdate(ctx context.Context, f StockFilter) ([]licensing.License, error) {
	return tx.stock(ctx, f, tx.forUpdate("l"))
}

func (tx *Tx) stock(ctx context.Context, f StockFilter, lock string) ([]licensing.License, error) {
	var c conditions
	c.add("l.reseller_id = %s", f.Reseller)
	c.add("l.product_id = %s", f.Product)
	c.add("l.term = %s", f.Term)
	c.add("l.company_id IS NULL AND "+licenseState+" = 'available'", f.Today)
	if len(f.Contracts) > 0 {
		c.among("l.contract_id", f.Contracts)
	}
	found, err := selectAll[licensing.License](ctx, tx, selectLicense()+c.String()+" ORDER BY l.id"+lock, c.args...)
	if err != nil {
		return nil, err
	}
	return found, tx.complete(ctx, found)
}
