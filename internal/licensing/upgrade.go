package licensing

import (
	"fmt"
	"math/big"
	"strings"
)

// CheckUpgrade refuses more users, or another edition, with license_not_upgradable where
// the license does not run, is a trial, or has its quantity by serial numbers.
func (l License) CheckUpgrade(today Date) error {
	switch s := l.State(today); s {
	case StateActive, StateAssigned, StateAvailable:
	case StatePaused:
		return Errorf(CodeNotUpgradable, "%s is paused", l.ID).WithHint("resume it first")
	case StateExpired:
		return l.ended(CodeNotUpgradable)
	case StateRefunded, StateDeleted:
		return Errorf(CodeNotUpgradable, "%s is %s", l.ID, s).WithHint("buy a new license")
	}
	switch {
	case strings.HasPrefix(l.Term, string(TermTrial)):
		return Errorf(CodeNotUpgradable, "%s is a trial: it has no price to pay a difference to", l.ID).
			WithHint("turn it into a paid license first: extend it by a paid term, such as full:1")
	case l.EndsOn.IsZero() && l.ProductKind == KindDevice:
		return Errorf(CodeNotUpgradable, "%s is bound to serial numbers, and its quantity is how many there are", l.ID).
			WithHint("buy a license for the further devices, with their serial numbers")
	}
	return nil
}

// CheckChange refuses an upgrade that changes nothing, or that would leave less than there
// is, with license_not_upgradable; a quantity that is none, with invalid_quantity.
func (l License) CheckChange(to Product, quantity int64) error {
	if err := CheckQuantity(quantity); err != nil {
		return err
	}
	switch {
	case quantity < l.Quantity:
		return Errorf(CodeNotUpgradable, "%s has a quantity of %d, and an upgrade does not take from it", l.ID, l.Quantity).
			WithHint("give a quantity above %d, or none to keep it", l.Quantity)
	case quantity == l.Quantity && to.ID == l.ProductID:
		return Errorf(CodeNotUpgradable, "%s has a quantity of %d of %s already", l.ID, l.Quantity, to.SKU).
			WithHint("give a larger quantity, or another edition")
	}
	return nil
}

// FindEdition finds another edition of the product by its name, among those of its family. It
// fails with license_not_upgradable; the hint names what there is, as far as it is offered.
func (p Product) FindEdition(name string, family, offered []Product) (Product, error) {
	for _, other := range family {
		if other.Edition == name {
			return other, nil
		}
	}
	if p.Family == "" {
		return p, Errorf(CodeNotUpgradable, "%s has no editions", p.SKU).WithHint("change the quantity alone, or buy a license of another product")
	}
	var names []string
	for _, other := range offered {
		if other.ID != p.ID {
			names = append(names, other.Edition)
		}
	}
	refusal := Errorf(CodeNotUpgradable, "the family %s of %s has no edition of that name", p.Family, p.SKU)
	if len(names) == 0 {
		return p, refusal.WithHint("there is no other edition that you may sell: change the quantity alone")
	}
	return p, refusal.WithHint("editions beside %s: %s", p.Edition, strings.Join(names, ", "))
}

// CheckEdition refuses to go to an edition whose list price is lower, with
// license_not_upgradable: what was paid for the dearer one does not come back.
func (p Product) CheckEdition(to Product, list, listOfOther int64) error {
	if listOfOther >= list {
		return nil
	}
	return Errorf(CodeNotUpgradable, "%s is a lesser edition than %s", to.SKU, p.SKU).
		WithHint("let the license end, and buy %s then", to.SKU)
}

// Worth is a quantity at a unit price, in minor units for one interval.
type Worth struct{ Quantity, Price int64 }

// UpgradeAmount is what an upgrade costs at prices by an interval, in minor units: by how much the
// license would be dearer for a year, for the days that are left of it over 365. A month's price counts
// twelve times a year; of a perpetual license it is the whole difference. It is rounded
// half up once, and never below zero. It fails with amount_too_large.
func UpgradeAmount(by Interval, left Period, before, after Worth) (int64, error) {
	dearer := new(big.Int).Sub(after.total(), before.total())
	if dearer.Sign() <= 0 {
		return 0, nil
	}
	return charge(dearer, periodsLeft(by, left))
}

func (w Worth) total() *big.Int {
	return new(big.Int).Mul(big.NewInt(w.Quantity), big.NewInt(w.Price))
}

// periodsLeft is how many intervals are in what is left of a license.
func periodsLeft(by Interval, left Period) Periods {
	days := int64(left.StartsOn.DaysUntil(left.EndsOn))
	switch by {
	case Once:
		return Periods{1, 1}
	case PerMonth:
		return Periods{12 * days, 365}
	case PerYear, Free:
	}
	return Periods{days, 365}
}

// UpgradeCredits is what a quantity that is added to a license costs in credits of its
// product: one for each of it and each year that begins in what is left.
func UpgradeCredits(t Term, left Period, added int64) int64 {
	if t.Kind != TermPerpetual {
		t = Term{Kind: TermUntil, Until: left.EndsOn}
	}
	return CreditsFor(t, left, added)
}

// DescribeUpgrade is the text of the order line of an upgrade from a product: what it
// becomes, and how many.
func (p Product) DescribeUpgrade(to Product, before, after int64, t Term, left Period) string {
	text := "Upgrade of " + p.Name
	if to.ID != p.ID {
		text += " to " + to.Name
	}
	if after != before {
		text += fmt.Sprintf(" from %d to %d %s", before, after, to.Metric)
	}
	return text + span(t.String(), left)
}
