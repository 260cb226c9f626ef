// Package license has the commands about licenses.
package license

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "license",
		Short: "Buy, find, extend, upgrade and change licenses",
		Long: `Buy, find, extend, upgrade and change licenses.

A license is of one product, in a quantity, for a term (resell help terms). It is named by its id, lic_…, or by
its coupon: the code of 8 characters that its customer activates it with. Licenses that are bought for no
company yet are stock, to be assigned to one later.`,
		Example: "  $ resell license add --company example.edu --product mdm-device --term calendar:2 --quantity 30\n" +
			"  $ resell license list --expiring-within 30d",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdAdd(f), newCmdList(f), newCmdView(f), newCmdExtend(f), newCmdUpgrade(f), newCmdPause(f), newCmdResume(f),
			newCmdVerify(f), newCmdEdit(f), newCmdApply(f), newCmdTemplate(f), newCmdDelete(f), newCmdAssign(f))
		cmd.AddCommand(newCmdActivate(f), newCmdLink(f), newCmdTransfer(f), newCmdFile(f), newCmdPublicKey(f))
		cmd.AddCommand(newCmdAutoRenew(f), newCmdHistory(f))
	}
	return cmd
}

// columns fit a terminal. How many are active, or can be sold on, a person sees from
// the state and the quantity.
func columns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id", Data: true},
		{Field: "coupon"},
		{Field: "state"},
		{Field: "product.sku", Header: "PRODUCT"},
		{Field: "quantity", Header: "QTY", Right: true},
		{Field: "active", Right: true, Data: true},
		{Field: "available", Right: true, Data: true},
		{Field: "name", Spare: true},
		{Field: "company.name", Header: "COMPANY"},
		{Field: "term", Data: true},
		{Field: "starts_on", Header: "FROM", Data: true},
		{Field: "ends_on", Header: "ENDS", Format: ends(p)},
		{Field: "auto_renew", Header: "RENEWS", Format: renews, Spare: true},
		{Field: "amount", Format: p.Money("currency"), Right: true, Data: true},
		{Field: "currency", Data: true},
		{Field: "billing", Spare: true},
		{Field: "distributor", Data: true},
	}
}

// showDone prints a license that was changed.
func showDone(f *command.Factory, did string, license api.License) error {
	return f.ShowDone(license, fmt.Sprintf("%s %s: %s.", did, license.Coupon, summary(license, f.Date)), brief, details)
}

// brief is what is looked at after a change; license view has the rest.
func brief(p *output.Printer) []output.Column {
	looked := []string{
		"coupon", "name", "state", "billing", "product.sku", "company.name", "email", "quantity", "ends_on", "auto_renew", "amount", "order_number",
		"invoice_reference", "note",
	}
	return slices.DeleteFunc(details(p), func(c output.Column) bool { return !slices.Contains(looked, c.Field) })
}

func details(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "coupon"},
		{Field: "name"},
		{Field: "state"},
		{Field: "billing"},
		{Field: "product.sku", Header: "Product"},
		{Field: "company.name", Header: "Company"},
		{Field: "company.domain", Header: "Domain"},
		{Field: "email"},
		{Field: "quantity"},
		{Field: "active"},
		{Field: "available"},
		{Field: "key_seats"},
		{Field: "devices"},
		{Field: "serials"},
		{Field: "term"},
		{Field: "starts_on"},
		{Field: "ends_on", Format: endOr(p)},
		{Field: "auto_renew", Format: renews},
		{Field: "renewal_failed_on", Format: p.Day()},
		{Field: "amount", Format: p.Money("currency")},
		{Field: "currency", Data: true},
		{Field: "order_number"},
		{Field: "distributor"},
		{Field: "invoice_reference"},
		{Field: "note"},
		{Field: "reseller"},
		{Field: "created_at", Format: p.Day()},
		{Field: "activated_at", Format: p.Day()},
		{Field: "paused_at", Format: p.Day()},
		{Field: "allowed_actions"},
	}
}

// ends is the end of a license in a list, where there is no room to say how far it is.
func ends(p *output.Printer) func(any, map[string]any) string {
	date := p.Date()
	return func(v any, row map[string]any) string {
		if v == nil {
			return "never"
		}
		return date(v, row)
	}
}

// endOr shows the end of a license, or that it has none.
func endOr(p *output.Printer) func(any, map[string]any) string {
	day := p.Day()
	return func(v any, row map[string]any) string {
		if v == nil {
			return "never"
		}
		return day(v, row)
	}
}

// renews tells whether a license is bought again when it ends, or that this fails.
func renews(v any, row map[string]any) string {
	switch {
	case v != true:
		return "no"
	case row["renewal_failed_on"] != nil:
		return "fails"
	}
	return "yes"
}
