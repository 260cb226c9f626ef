package service

import "github.com/resell-cli/resell/internal/licensing"

// Deal is what a purchase or an extension comes to. Amounts are minor units of the
// contract's currency.
type Deal struct {
	Kind       licensing.OrderKind
	Company    licensing.Company // zero for stock
	Product    licensing.Product
	Contract   licensing.Contract
	LicenseID  string         // of an extension
	EndedOn    licensing.Date // the end of that license before the extension
	Term       licensing.Term
	Period     licensing.Period
	Anchor     int
	Quantity   int64
	Serials    []string
	UnitPrice  int64
	Amount     int64
	ListPrice  int64
	ListAmount int64
	Payment    licensing.Payment
	Credits    int64 // credits of the product that pay for it; Amount is 0 then

	InvoiceReference string
	OrderNote        string
	Distributor      string // the distribution company it goes through

	StockAvailable int64             // suitable stock there is for the company
	Stock          []licensing.Piece `json:",omitempty"` // what is taken of it; Quantity is the rest, which is bought

	BalanceBefore int64
	CreditsBefore int64 // where credits pay
	Existing      int64 // quantity the company has of the product
	EndingSoon    int64 // how much of that ends this month
}

// BalanceAfter is the balance once the deal is paid.
func (d Deal) BalanceAfter() int64 {
	if d.Payment == licensing.PayBalance {
		return d.BalanceBefore - d.Amount
	}
	return d.BalanceBefore
}

// line is the order's line: what is bought, in words and prices that never change.
func (d Deal) line() licensing.OrderLine {
	return licensing.OrderLine{
		LicenseID: d.LicenseID, ProductID: d.Product.ID, ProductSKU: d.Product.SKU, RefundDays: d.Product.RefundDays,
		Description: d.Product.Describe(d.Term, d.Period, d.Serials), Term: d.Term.String(), Quantity: d.Quantity,
		UnitPrice: d.UnitPrice, Interval: d.Term.Interval(), Amount: d.Amount, ListPrice: d.ListPrice, ListAmount: d.ListAmount,
		StartsOn: d.Period.StartsOn, EndsOn: d.Period.EndsOn,
	}
}
