package service

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// CatalogChange is one thing that a catalogue changed.
type CatalogChange struct {
	Action string // create, change or remove
	Path   string // for example products/mdm-device/prices/EUR/year
	Before string // as text; empty for what was created
	After  string // empty for what was removed
}

// catalogOf reads the installation as a catalogue. Deposits and credits are left out:
// they were paid in once, and a catalogue does not bring them back.
func catalogOf(ctx context.Context, tx *store.Tx) (Catalog, error) {
	vendor, err := tx.Vendor(ctx)
	if err != nil {
		return Catalog{}, err
	}
	rows, err := tx.Catalog(ctx)
	if err != nil {
		return Catalog{}, err
	}
	catalog := Catalog{Vendor: CatalogVendor{
		Name: vendor.Name, TimeZone: vendor.TimeZone, MailFrom: vendor.MailFrom, Address: vendor.Address, PostalCode: vendor.PostalCode,
		City: vendor.City, Country: vendor.Country, VATID: vendor.VATID, TaxRate: vendor.TaxRate,
	}}
	skus := make(map[string]string)
	for _, p := range rows.Products {
		skus[p.ID] = p.SKU
		catalog.Products = append(catalog.Products, CatalogProduct{
			SKU: p.SKU, Name: p.Name, Kind: p.Kind, Metric: p.Metric, Family: p.Family, Edition: p.Edition, Terms: p.Terms,
			CalendarProration: p.CalendarProration, RefundDays: p.RefundDays,
			Prices: priceList(rows.Prices, func(x licensing.Price) (string, bool) {
				return x.Currency, x.ProductID == p.ID && x.ContractID == ""
			}),
		})
	}
	for _, r := range rows.Resellers {
		catalog.Resellers = append(catalog.Resellers, resellerOf(r, rows, skus))
	}
	return catalog, nil
}

func resellerOf(r licensing.Reseller, rows store.Catalog, skus map[string]string) CatalogReseller {
	reseller := CatalogReseller{Login: r.Login, Name: r.Name, Email: r.Email}
	for _, b := range rows.Balances {
		if b.ResellerID == r.ID {
			reseller.Accounts = append(reseller.Accounts, CatalogAccount{Currency: b.Currency, CreditLimit: b.CreditLimit})
		}
	}
	for _, k := range rows.Contracts {
		if k.ResellerID != r.ID {
			continue
		}
		reseller.Contracts = append(reseller.Contracts, CatalogContract{
			Number: k.Number, Name: k.Name, Conditions: k.Conditions, Currency: k.Currency, Payments: k.Payments,
			Distributor: k.Distributor, StartsOn: k.StartsOn, EndsOn: k.EndsOn, Closed: !k.ClosedAt.IsZero(),
			Prices: priceList(rows.Prices, func(x licensing.Price) (string, bool) {
				return skus[x.ProductID], string(x.ContractID) == k.ID
			}),
		})
	}
	return reseller
}

func priceList(prices []licensing.Price, entry func(licensing.Price) (string, bool)) PriceList {
	list := PriceList{}
	for _, x := range prices {
		name, ok := entry(x)
		if !ok {
			continue
		}
		if list[name] == nil {
			list[name] = map[licensing.Interval]int64{}
		}
		list[name][x.Interval] = x.Amount
	}
	return list
}

// compareCatalogs lists what differs, by path. Of what is there in only one of the two,
// the topmost path alone is listed.
func compareCatalogs(before, after Catalog) ([]CatalogChange, error) {
	old, err := flatten(before)
	if err != nil {
		return nil, err
	}
	fresh, err := flatten(after)
	if err != nil {
		return nil, err
	}
	changes := []CatalogChange{}
	either := maps.Clone(old)
	maps.Copy(either, fresh)
	for _, path := range slices.Sorted(maps.Keys(either)) {
		was, is := old[path], fresh[path]
		if was == is || (len(changes) > 0 && changes[len(changes)-1].Action != "change" && strings.HasPrefix(path, changes[len(changes)-1].Path+"/")) {
			continue
		}
		change := CatalogChange{Action: "change", Path: path, Before: was, After: is}
		switch {
		case was == "":
			change.Action = "create"
		case is == "":
			change.Action = "remove"
		}
		changes = append(changes, change)
	}
	return changes, nil
}

// flatten gives every value of a catalogue as text by its path. What has a name of its
// own is a path too, so that it can be told as a whole.
func flatten(catalog Catalog) (map[string]string, error) {
	text, err := json.Marshal(catalog)
	if err != nil {
		return nil, fmt.Errorf("compare catalogues: %w", err)
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		return nil, fmt.Errorf("compare catalogues: %w", err)
	}
	values := make(map[string]string)
	flattenInto(values, "", tree)
	return values, nil
}

func flattenInto(values map[string]string, path string, node any) {
	switch node := node.(type) {
	case map[string]any:
		for name, child := range node {
			flattenInto(values, strings.TrimPrefix(path+"/"+name, "/"), child)
		}
	case []any:
		var words []string
		for _, child := range node {
			if row, ok := child.(map[string]any); ok {
				name := fmt.Sprint(cmp.Or(row["sku"], row["login"], row["number"], row["currency"]))
				values[path+"/"+name] = name
				flattenInto(values, path+"/"+name, row)
				continue
			}
			words = append(words, fmt.Sprint(child))
		}
		if words != nil {
			values[path] = strings.Join(words, " ")
		}
	case float64:
		values[path] = fmt.Sprintf("%.0f", node)
	default:
		values[path] = fmt.Sprint(node)
	}
}
