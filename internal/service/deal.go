package service

import "github.com/resell-cli/resell/internal/licensing"

// Deal is what a purchase, an extension or an upgrade comes to. Amounts are minor units of
// the contract's currency.
type Deal struct {
	Kind       licensing.OrderKind
	Company    licensing.Company // zero for stock
	Product    licensing.Product
	Contract   licensing.Contract
	LicenseID  string         // of an extension or an upgrade
	EndedOn    licensing.Date // the end of that license before it
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

	ProductBefore  *licensing.Product `json:",omitempty"` // what an upgrade goes from
	QuantityBefore int64              `json:",omitempty"` // of it
	ByYear         bool               `json:",omitempty"` // an upgrade at prices by the year, whatever the term

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

// changesEdition reports whether the deal makes a license one of another product.
func (d Deal) changesEdition() bool {
	return d.ProductBefore != nil && d.ProductBefore.ID != d.Product.ID
}

// Interval is that of the deal's prices.
func (d Deal) Interval() licensing.Interval {
	if d.ByYear {
		return licensing.PerYear
	}
	return d.Term.Interval()
}

// costInCredits is what the deal costs where credits pay for it.
func (d Deal) costInCredits() int64 {
	if d.ProductBefore != nil {
		return licensing.UpgradeCredits(d.Term, d.Period, d.Quantity-d.QuantityBefore)
	}
	return licensing.CreditsFor(d.Term, d.Period, d.Quantity)
}

// line is the order's line: what is bought, in words and prices that never change. Of a
// larger quantity that is what is added; another edition is bought for all of them.
func (d Deal) line() licensing.OrderLine {
	line := licensing.OrderLine{
		LicenseID: d.LicenseID, ProductID: d.Product.ID, ProductSKU: d.Product.SKU, RefundDays: d.Product.RefundDays,
		Term: d.Term.String(), Quantity: d.Quantity,
		UnitPrice: d.UnitPrice, Interval: d.Interval(), Amount: d.Amount, ListPrice: d.ListPrice, ListAmount: d.ListAmount,
		StartsOn: d.Period.StartsOn, EndsOn: d.Period.EndsOn,
	}
	if d.ProductBefore == nil {
		line.Description = d.Product.Describe(d.Term, d.Period, d.Serials)
		return line
	}
	line.Description = d.ProductBefore.DescribeUpgrade(d.Product, d.QuantityBefore, d.Quantity, d.Term, d.Period)
	if !d.changesEdition() {
		line.Quantity -= d.QuantityBefore
	}
	return line
}
