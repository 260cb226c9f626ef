package service

import (
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
	skus := make(map[string]bool)
	for _, p := range catalog.Products {
		if p.SKU == "" || skus[p.SKU] {
			return licensing.Invalid("products", "has an empty SKU, or one twice")
		}
		skus[p.SKU] = true
		if err := p.check(); err != nil {
			return err
		}
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
	for _, k := range r.Contracts {
		at := "resellers." + r.Login + ".contracts." + k.Number
		if k.Number == "" || !isCurrency(k.Currency) || k.StartsOn.IsZero() {
			return licensing.Invalid(at, "needs number, currency and starts_on")
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
