package service_test

import (
	"context"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// belongings are references to what one reseller has, by kind.
type belongings map[string][]string

func (f *fixture) belongingsOf(c service.Caller, company licensing.Company) belongings {
	license := f.buy(c, company.ID, nil)
	invoiced := f.buy(c, company.ID, nil)
	invoices, err := f.SendInvoices(f.t.Context(), c, service.Billing{Licenses: []string{invoiced.ID}})
	require.NoError(f.t, err)
	keys, err := f.GenerateKeys(f.t.Context(), c, service.KeyOrder{License: invoiced.ID, Count: 1, Seats: 1})
	require.NoError(f.t, err)
	device, err := f.ActivateDevice(f.t.Context(), c, service.DeviceActivation{Key: keys.FirstID, Serial: "SN-0"})
	require.NoError(f.t, err)
	contract, err := f.Contract(f.t.Context(), c, license.ContractID)
	require.NoError(f.t, err)
	return belongings{
		"company":  {company.ID, string(company.Domain), company.Name},
		"license":  {license.ID, license.Coupon},
		"order":    {license.OrderID},
		"invoice":  {invoices[0].ID},
		"key":      {keys.FirstID, keys.Keys[0].Code},
		"device":   {device.ID},
		"key code": {keys.Keys[0].Code},
		"coupon":   {license.Coupon},
		"contract": {contract.Contract.ID, contract.Contract.Number},
	}
}

// operation is a use case that takes a reference to something of a kind.
type operation struct {
	name, kind string
	changes    bool
	run        func(ctx context.Context, c service.Caller, ref string) error
}

func (f *fixture) operations() []operation {
	one := service.Page{Limit: 1}
	buy := func(company, contract string) service.Purchase {
		return service.Purchase{Company: company, Contract: contract, Product: "edit", Term: "full:1", Quantity: 1}
	}
	type C = service.Caller
	return []operation{
		{"Company", "company", false, func(ctx context.Context, c C, ref string) error { _, err := f.Company(ctx, c, ref); return err }},
		{"EditCompany", "company", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.EditCompany(ctx, c, ref, 0, change{Note: new("changed")})
			return err
		}},
		{"Licenses", "company", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.Licenses(ctx, c, service.LicenseQuery{Company: ref}, one)
			return err
		}},
		{"Orders", "company", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.Orders(ctx, c, service.OrderQuery{Company: ref}, one)
			return err
		}},
		{"Invoices", "company", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.Invoices(ctx, c, service.InvoiceQuery{Company: ref}, one)
			return err
		}},
		{"Keys of company", "company", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.Keys(ctx, c, service.KeyQuery{Company: ref}, one)
			return err
		}},
		{"ExportLicenses", "company", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.ExportLicenses(ctx, c, service.LicenseQuery{Company: ref}, nil)
			return err
		}},
		{"ExportOrders", "company", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.ExportOrders(ctx, c, service.OrderQuery{Company: ref})
			return err
		}},
		{"ExportInvoices", "company", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.ExportInvoices(ctx, c, service.InvoiceQuery{Company: ref})
			return err
		}},
		{"ExportDevices", "license", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.ExportDevices(ctx, c, service.DeviceQuery{License: ref})
			return err
		}},
		{"ExportKeys", "license", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.ExportKeys(ctx, c, service.KeyQuery{License: ref}, "start")
			return err
		}},
		{"Buy", "company", true, func(ctx context.Context, c C, ref string) error { _, err := f.Buy(ctx, c, buy(ref, "")); return err }},
		{"PreviewPurchase", "company", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.PreviewPurchase(ctx, c, buy(ref, ""))
			return err
		}},
		{"License", "license", false, func(ctx context.Context, c C, ref string) error { _, err := f.License(ctx, c, ref); return err }},
		{"Keys of license", "license", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.Keys(ctx, c, service.KeyQuery{License: ref}, one)
			return err
		}},
		{"PreviewUpgrade", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.PreviewUpgrade(ctx, c, service.Upgrade{License: ref, Quantity: 9})
			return err
		}},
		{"Upgrade", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.Upgrade(ctx, c, service.Upgrade{License: ref, Quantity: 9})
			return err
		}},
		{"PauseLicense", "license", true, func(ctx context.Context, c C, ref string) error { _, err := f.PauseLicense(ctx, c, ref); return err }},
		{"ResumeLicense", "license", true, func(ctx context.Context, c C, ref string) error { _, err := f.ResumeLicense(ctx, c, ref); return err }},
		{"AssignLicense", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.AssignLicense(ctx, c, service.Assignment{License: ref, Company: "acme"})
			return err
		}},
		{"Extend", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.Extend(ctx, c, service.Extension{License: ref, Term: "full:1"})
			return err
		}},
		{"PreviewExtension", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.PreviewExtension(ctx, c, service.Extension{License: ref, Term: "full:1"})
			return err
		}},
		{"GenerateKeys", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.GenerateKeys(ctx, c, service.KeyOrder{License: ref, Count: 1, Seats: 1})
			return err
		}},
		{"SendInvoices", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.SendInvoices(ctx, c, service.Billing{Licenses: []string{ref}})
			return err
		}},
		{"PreviewInvoices", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.PreviewInvoices(ctx, c, service.Billing{Licenses: []string{ref}})
			return err
		}},
		{"PreviewRefund", "order", true, func(ctx context.Context, c C, ref string) error { _, err := f.PreviewRefund(ctx, c, ref); return err }},
		{"RefundOrder", "order", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.RefundOrder(ctx, c, service.Refunding{Order: ref})
			return err
		}},
		{"Order", "order", false, func(ctx context.Context, c C, ref string) error { _, err := f.Order(ctx, c, ref); return err }},
		{"Keys of order", "order", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.Keys(ctx, c, service.KeyQuery{Order: ref}, one)
			return err
		}},
		{"ResendInvoice", "invoice", true, func(ctx context.Context, c C, ref string) error { _, err := f.ResendInvoice(ctx, c, ref); return err }},
		{"PreviewVoid", "invoice", true, func(ctx context.Context, c C, ref string) error { _, err := f.PreviewVoid(ctx, c, ref); return err }},
		{"VoidInvoice", "invoice", true, func(ctx context.Context, c C, ref string) error { _, err := f.VoidInvoice(ctx, c, ref); return err }},
		{"PayInvoice", "invoice", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.PayInvoice(ctx, c, service.InvoicePayment{Invoice: ref})
			return err
		}},
		{"Invoices of order", "order", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.Invoices(ctx, c, service.InvoiceQuery{Order: ref, Received: true}, one)
			return err
		}},
		{"Invoice", "invoice", false, func(ctx context.Context, c C, ref string) error { _, err := f.Invoice(ctx, c, ref); return err }},
		{"Key", "key", false, func(ctx context.Context, c C, ref string) error { _, err := f.Key(ctx, c, ref); return err }},
		{"AssignKey", "key", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.AssignKey(ctx, c, service.KeyAssignment{Key: ref})
			return err
		}},
		{"AssignKey to license", "license", true, func(ctx context.Context, c C, ref string) error {
			keys, err := f.Keys(ctx, c, service.KeyQuery{}, service.Page{Limit: 100})
			if err != nil {
				return err
			}
			own := "key_none"
			for _, key := range keys.Rows {
				if key.ResellerID == c.Reseller.ID {
					own = key.ID
				}
			}
			_, err = f.AssignKey(ctx, c, service.KeyAssignment{Key: own, Licenses: []string{ref}})
			return err
		}},
		{"CheckCode of key", "key code", false, func(ctx context.Context, c C, ref string) error { _, err := f.CheckCode(ctx, c, ref); return err }},
		{"CheckCode of license", "coupon", false, func(ctx context.Context, c C, ref string) error { _, err := f.CheckCode(ctx, c, ref); return err }},
		{"Device", "device", false, func(ctx context.Context, c C, ref string) error { _, err := f.Device(ctx, c, ref); return err }},
		{"DeactivateDevice", "device", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.DeactivateDevice(ctx, c, ref)
			return err
		}},
		{"Devices of key", "key", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.Devices(ctx, c, service.DeviceQuery{Key: ref}, one)
			return err
		}},
		{"Devices of license", "license", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.Devices(ctx, c, service.DeviceQuery{License: ref}, one)
			return err
		}},
		{"ActivateDevice", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.ActivateDevice(ctx, c, service.DeviceActivation{License: ref, Serial: "SN-1"})
			return err
		}},
		{"ActivateDevice by key", "key", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.ActivateDevice(ctx, c, service.DeviceActivation{Key: ref, Serial: "SN-0"})
			return err
		}},
		{"SignLicenseFile", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.SignLicenseFile(ctx, c, service.FileOrder{License: ref, Serial: "SN-0"})
			return err
		}},
		{"CreateLink", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.CreateLink(ctx, c, service.LinkOrder{License: ref, Days: 1})
			return err
		}},
		{"RevokeLinks", "license", true, func(ctx context.Context, c C, ref string) error { _, err := f.RevokeLinks(ctx, c, ref); return err }},
		{"ActivateLicense", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.ActivateLicense(ctx, c, service.CustomerActivation{License: ref, Email: "acme@example.com"})
			return err
		}},
		{"TransferDevice", "license", true, func(ctx context.Context, c C, ref string) error {
			_, err := f.TransferDevice(ctx, c, service.Transfer{License: ref, FromSerial: "SN-1", ToSerial: "SN-2"})
			return err
		}},
		{"Contract", "contract", false, func(ctx context.Context, c C, ref string) error { _, err := f.Contract(ctx, c, ref); return err }},
		{"Products", "contract", false, func(ctx context.Context, c C, ref string) error {
			_, err := f.Products(ctx, c, service.ProductQuery{Contract: ref}, one)
			return err
		}},
	}
}

// A stranger finds nothing and changes nothing; a parent reads what its
// sub-reseller has, and changes nothing; nobody reads up.
func TestTenancy(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		has := map[string]belongings{"main": f.belongingsOf(f.main, f.acme), "sub": f.belongingsOf(f.sub, f.below), "stranger": f.belongingsOf(f.stranger, f.other)}
		callers := map[string]service.Caller{"main": f.main, "sub": f.sub, "stranger": f.stranger, "empty": f.empty, "vendor": f.vendor}
		operations := f.operations()
		before := f.dump()
		check := func(t require.TestingT, op operation, caller, owner, ref string) {
			err := op.run(ctx, callers[caller], ref)
			switch {
			case caller == "vendor" && op.changes && licensing.CodeOf(err) == licensing.CodeScopeMissing:
			case caller == "main" && owner == "sub" && !op.changes:
				require.NoError(t, err, "%s of %s by %s", op.name, owner, caller)
			case caller == "main" && owner == "sub":
				require.Equal(t, licensing.CodeReadOnly, licensing.CodeOf(err), "%s of %s by %s: %v", op.name, owner, caller, err)
			case caller == "empty" && op.kind == "company" && licensing.CodeOf(err) == licensing.CodeNoContract:
			case caller == "vendor" && licensing.CodeOf(err) == licensing.CodeNoContract:
			default:
				require.Equal(t, licensing.CodeNotFound, licensing.CodeOf(err), "%s of %s by %s: %v", op.name, owner, caller, err)
			}
		}
		checks := 0
		rapid.Check(t, func(rt *rapid.T) {
			if checks++; checks > 60 && f.store.Dialect() == store.Postgres {
				return
			}
			caller := rapid.SampledFrom([]string{"main", "sub", "stranger", "empty", "vendor"}).Draw(rt, "caller")
			owner := rapid.SampledFrom([]string{"main", "sub", "stranger"}).Filter(func(s string) bool { return s != caller }).Draw(rt, "owner")
			op := rapid.SampledFrom(operations).Draw(rt, "operation")
			check(rt, op, caller, owner, rapid.SampledFrom(has[owner][op.kind]).Draw(rt, "ref"))
		})
		// And every operation once with the two that matter.
		for _, op := range operations {
			for _, ref := range has["sub"][op.kind] {
				check(t, op, "main", "sub", ref)
				check(t, op, "stranger", "sub", ref)
			}
			for _, ref := range has["main"][op.kind] {
				check(t, op, "sub", "main", ref)
			}
		}
		require.Equal(t, before, f.dump(), "something was changed")
		// The same references are good in the hands of their owner.
		for _, op := range operations {
			if !slices.Contains([]string{"ResumeLicense", "AssignLicense", "PreviewRefund", "RefundOrder", "SendInvoices", "GenerateKeys", "PreviewInvoices", "PayInvoice", "ActivateDevice", "TransferDevice", "CreateLink", "SignLicenseFile", "RevokeLinks", "ActivateLicense"}, op.name) {
				require.NoError(t, op.run(ctx, f.stranger, has["stranger"][op.kind][0]), op.name)
			}
		}
	})
}

// Lists and exports show a reseller's own rows and its sub-resellers', and no other.
func TestListsOfTenants(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.belongingsOf(f.main, f.acme)
		f.belongingsOf(f.sub, f.below)
		f.belongingsOf(f.stranger, f.other)
		counts := map[string][]int{ // of main, sub, stranger, empty, vendor
			"companies": {2, 1, 1, 0, 0}, "companies searched": {2, 1, 1, 0, 0}, "licenses": {4, 2, 2, 0, 0}, "orders": {4, 2, 2, 0, 0},
			"keys": {2, 1, 1, 0, 0}, "invoices": {2, 1, 1, 0, 6}, "invoices received": {4, 2, 2, 0, 0}, "contracts": {5, 1, 1, 1, 0}, "contracts by state": {3, 1, 1, 0, 0}, "ledger": {3, 3, 3, 0, 0},
			"products": {9, 1, 1, 1, 0},
		}
		for name, list := range f.lists() {
			for i, c := range []service.Caller{f.main, f.sub, f.stranger, f.empty, f.vendor} {
				rows, _, err := list(ctx, c, service.Page{Limit: 100})
				require.NoError(t, err)
				require.Len(t, rows, counts[name][i], "%s of caller %d", name, i)
			}
		}
		for i, c := range []service.Caller{f.main, f.sub, f.stranger, f.empty, f.vendor} {
			for name, export := range map[string]func() (store.Export, error){
				"companies": func() (store.Export, error) { return f.ExportCompanies(ctx, c, service.CompanyQuery{}, nil) },
				"licenses": func() (store.Export, error) {
					return f.ExportLicenses(ctx, c, service.LicenseQuery{Kind: "software"}, nil)
				},
				"orders": func() (store.Export, error) { return f.ExportOrders(ctx, c, service.OrderQuery{}) },
				"keys":   func() (store.Export, error) { return f.ExportKeys(ctx, c, service.KeyQuery{}, "") },
			} {
				e, err := export()
				require.NoError(t, err)
				rows := 0
				require.NoError(t, f.Stream(ctx, e, func([][]byte) error { rows++; return nil }))
				require.Equal(t, counts[name][i], rows, "export of %s of caller %d", name, i)
			}
		}
	})
}
