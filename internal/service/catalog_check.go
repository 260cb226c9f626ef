package service

import (
	"slices"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
)

// check refuses with invalid_request what makes no sense, before anything is applied.
func (catalog Catalog) check() error {
	if catalog.Vendor.Name == "" || catalog.Vendor.MailFrom == "" {
		return licensing.Invalid("vendor", "needs a name and mail_from")
	}
	if _, err := time.LoadLocation(catalog.Vendor.TimeZone); err != nil || catalog.Vendor.TimeZone == "Local" {
		return licensing.Invalid("vendor.time_zone", "is not an IANA time zone such as Europe/Amsterdam")
	}
	if err := checkCountry(catalog.Vendor.Country); err != nil {
		return licensing.Invalid("vendor.country", "is not a two-letter ISO 3166-1 code such as DE")
	}
	if err := licensing.CheckTaxRate("vendor.tax_rate", catalog.Vendor.TaxRate); err != nil {
		return err
	}
	skus, editions := make(map[string]bool), make(map[[2]string]bool)
	for _, p := range catalog.Products {
		if p.SKU == "" || skus[p.SKU] {
			return licensing.Invalid("products", "has an empty SKU, or one twice")
		}
		skus[p.SKU] = true
		if err := p.check(); err != nil {
			return err
		}
		edition := [2]string{p.Family, p.Edition}
		if p.Family != "" && editions[edition] {
			return licensing.Invalid("products."+p.SKU+".edition", "is another product's of the family")
		}
		editions[edition] = true
	}
	for _, r := range catalog.Resellers {
		if err := r.check(skus); err != nil {
			return err
		}
	}
	return nil
}

func (r CatalogReseller) check(skus map[string]bool) error {
	if r.Login == "" || r.Name == "" {
		return licensing.Invalid("resellers", "needs a login and a name for each")
	}
	for _, a := range r.Accounts {
		if !isCurrency(a.Currency) || a.Deposit < 0 || a.CreditLimit < 0 {
			return licensing.Invalid("resellers."+r.Login+".accounts", "needs a currency for each, and no amount below zero")
		}
	}
	for sku, quantity := range r.Credits {
		if !skus[sku] || quantity < 1 || quantity > licensing.MaxQuantity {
			return licensing.Invalid("resellers."+r.Login+".credits."+sku, "needs a product of the catalogue and a quantity from 1")
		}
	}
	for _, k := range r.Contracts {
		at := "resellers." + r.Login + ".contracts." + k.Number
		if k.Number == "" || !isCurrency(k.Currency) || k.StartsOn.IsZero() {
			return licensing.Invalid(at, "needs number, currency and starts_on")
		}
		for _, way := range k.Payments {
			if !slices.Contains(licensing.Payments(), licensing.Payment(way)) {
				return licensing.Invalid(at+".payments", "has a way to pay that is not balance, card, invoice or credits")
			}
		}
		for sku, prices := range k.Prices {
			if !skus[sku] {
				return licensing.Invalid(at, "sells %s, which is not among the products", sku)
			}
			if err := checkPrices(at+".prices."+sku, prices); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkPrices(at string, prices map[licensing.Interval]int64) error {
	for interval, amount := range prices {
		switch interval {
		case licensing.PerYear, licensing.PerMonth, licensing.Once:
		default:
			return licensing.Invalid(at, "has an interval that is not year, month or once")
		}
		if amount < 0 {
			return licensing.Invalid(at, "has a price below zero")
		}
	}
	return nil
}

func isCurrency(code string) bool { return len(code) == 3 && !strings.ContainsFunc(code, notCapital) }

func (p CatalogProduct) check() error {
	switch p.Kind {
	case licensing.KindDevice, licensing.KindSoftware, licensing.KindSupport, licensing.KindSubscription:
	default:
		return licensing.Invalid("products."+p.SKU+".kind", "is not device, software, support or subscription")
	}
	if (p.Family == "") != (p.Edition == "") {
		return licensing.Invalid("products."+p.SKU, "needs both a family and an edition, or neither")
	}
	for _, kind := range p.Terms {
		known := false
		for _, k := range licensing.TermKinds() {
			known = known || string(k) == kind
		}
		if !known {
			return licensing.Invalid("products."+p.SKU+".terms", "has an unknown kind of term")
		}
	}
	switch p.CalendarProration {
	case "", "none", "monthly":
	default:
		return licensing.Invalid("products."+p.SKU+".calendar_proration", "is not none or monthly")
	}
	for currency, prices := range p.Prices {
		if !isCurrency(currency) {
			return licensing.Invalid("products."+p.SKU+".prices", "has a currency that is no ISO 4217 code such as EUR")
		}
		if err := checkPrices("products."+p.SKU+".prices."+currency, prices); err != nil {
			return err
		}
	}
	return nil
}
