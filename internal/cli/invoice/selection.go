package invoice

import (
	"bufio"
	"context"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// chosen gives the licenses to invoice: those named, those on standard input, or all
// that a company has not been invoiced for.
func (o *sendOptions) chosen(ctx context.Context) ([]string, error) {
	if o.company != "" {
		return o.unbilled(ctx)
	}
	if !slices.Contains(o.licenses, "-") {
		return o.licenses, nil
	}
	var all []string
	for _, ref := range o.licenses {
		if ref != "-" {
			all = append(all, ref)
			continue
		}
		lines := bufio.NewScanner(o.Stdin)
		for lines.Scan() {
			all = append(all, strings.Fields(lines.Text())...)
		}
		if err := lines.Err(); err != nil {
			return nil, err
		}
	}
	if len(all) == 0 {
		return nil, command.Usage("standard input names no license")
	}
	return all, nil
}

func (o *sendOptions) unbilled(ctx context.Context) ([]string, error) {
	in := api.LicenseListInput{LicenseFilter: api.LicenseFilter{Company: o.company, Billing: "unbilled"}}
	licenses, err := command.Every(ctx, o.Factory, api.LicenseList, in)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, license := range licenses {
		if slices.Contains(license.AllowedActions, "invoice") {
			ids = append(ids, license.ID)
		}
	}
	if len(ids) == 0 {
		return nil, &command.RefusedError{Code: "nothing_to_invoice", Message: o.company + " has nothing that is not invoiced", Hint: "list its invoices: resell invoice list --company " + o.company}
	}
	return ids, nil
}
