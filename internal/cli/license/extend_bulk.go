package license

import (
	"context"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func extendColumns() []command.BulkColumn {
	return []command.BulkColumn{
		licenseColumn(),
		{Name: "term", Doc: "full:1, calendar:1, yearly:1, monthly:6, until:DATE", Example: "full:1", Needed: true},
		{Name: "contract", Doc: "id or number; the license's own when empty"},
		{Name: "from_expiry", Doc: "true goes on from the end even when it has passed"},
		{Name: "expected_end", Doc: "refuse unless it ends on this date now"},
		{Name: "order_note", Doc: "text about the order"},
		{Name: "pay", Doc: "balance, card, invoice or credits"},
	}
}

func extendBulk() command.Bulk[api.LicenseExtendInput, api.Purchase] {
	return command.Bulk[api.LicenseExtendInput, api.Purchase]{
		Op:      api.LicenseExtend,
		Columns: extendColumns(),
		Input: func(row *command.BulkRow) api.LicenseExtendInput {
			return api.LicenseExtendInput{License: row.Text("license"), Body: api.LicenseExtendBody{
				Term: row.Text("term"), Contract: row.Text("contract"), FromExpiry: row.Bool("from_expiry"),
				ExpectedEnd: row.Text("expected_end"), OrderNote: row.Text("order_note"), Pay: payOf(row),
			}}
		},
		Preview: func(ctx context.Context, f *command.Factory, in api.LicenseExtendInput) (command.BulkPreview, error) {
			p, err := command.Call(ctx, f, api.LicenseExtendPreview, api.LicenseExtendPreviewInput{License: in.License, Body: in.Body})
			return command.BulkPreview{ID: p.LicenseID, Costs: []api.Preview{p}, Message: until(p.EndsOn)}, err
		},
		Same: func(in api.LicenseExtendInput) any {
			in.License, in.Body.Term = strings.ToLower(in.License), strings.ToLower(in.Body.Term)
			in.Body.OrderNote, in.Body.Contract, in.Body.Pay = "", "", "" // which are how, and not what
			return in
		},
		Agree: func(in *api.LicenseExtendInput, p command.BulkPreview) {
			in.Body.ExpectedAmount, in.Body.ExpectedCredits = &p.Costs[0].Amount, &p.Costs[0].Credits
		},
		Outcome: outcome,
		Deed:    func(n int) string { return "Extend " + counted(n, "license") },
		Spends:  true,
	}
}
