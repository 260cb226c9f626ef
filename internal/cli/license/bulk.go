package license

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// licenseColumn names the license that a row is about.
func licenseColumn() command.BulkColumn {
	return command.BulkColumn{Name: "license", Doc: "id or coupon", Example: "7GK2M9QX", Needed: true, Subject: true}
}

// actBulk does with many licenses what takes nothing more to say.
func actBulk(op api.Op[api.LicenseActionInput, api.License], action, deed string) command.Bulk[api.LicenseActionInput, api.License] {
	return command.Bulk[api.LicenseActionInput, api.License]{
		Op:      op,
		Columns: []command.BulkColumn{licenseColumn()},
		Input: func(row *command.BulkRow) api.LicenseActionInput {
			return api.LicenseActionInput{License: row.Text("license")}
		},
		Preview: func(ctx context.Context, f *command.Factory, in api.LicenseActionInput) (command.BulkPreview, error) {
			l, err := viewFor(ctx, f, in.License, action)
			return command.BulkPreview{ID: l.ID, Message: summary(l, asData)}, err
		},
		Outcome: func(l api.License) command.BulkOutcome {
			return command.BulkOutcome{ID: l.ID, Message: l.State}
		},
		Deed: func(n int) string { return deed + " " + counted(n, "license") },
	}
}

// viewFor looks at a license before something is done with it, and refuses what may
// not be done with it now.
func viewFor(ctx context.Context, f *command.Factory, ref, action string) (api.License, error) {
	l, err := command.Call(ctx, f, api.LicenseView, api.LicenseViewInput{License: ref})
	if err == nil && !slices.Contains(l.AllowedActions, action) {
		err = &api.Problem{Status: http.StatusConflict, Code: "license_not_" + map[string]string{
			"pause": "pausable", "resume": "resumable", "delete": "deletable",
		}[action], Detail: l.ID + " is " + l.State + unfit(action, l.State), AllowedActions: &l.AllowedActions}
	}
	return l, err
}

// unfit goes on after the state that an action does not fit, in the words of the server.
func unfit(action, state string) string {
	switch {
	case action == "resume":
		return ", not paused"
	case state == action+"d":
		return " already"
	}
	return ""
}

func payOf(row *command.BulkRow) string {
	return row.Word("pay", "balance", byCard, "invoice", "credits")
}

// outcome tells what a purchase has come to.
func outcome(p api.Purchase) command.BulkOutcome {
	var o command.BulkOutcome
	if len(p.Licenses) > 0 {
		o.ID = p.Licenses[0].ID
		o.Message = until(p.Licenses[0].EndsOn)
	}
	if order := p.Order; order != nil {
		o.Order, o.Amount, o.Currency, o.Credits = order.Number, order.Amount, order.Currency, order.Credits
		if order.PaymentURL != "" {
			o.Message = "to be paid: " + order.PaymentURL
		}
	}
	return o
}

// until tells of the end of a license.
func until(end *string) string {
	if end == nil {
		return ""
	}
	return "ends on " + *end
}

// counted is "1 license" or "3 licenses".
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
