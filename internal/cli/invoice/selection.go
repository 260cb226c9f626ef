package invoice

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// selected is a license to invoice, and its company where that is known.
type selected struct {
	license string // id, or as it was named
	company api.CompanyRef
}

// chosen gives the licenses to invoice: those named, those on standard input, all that a
// company has not been invoiced for, or all that no company has.
func (o *sendOptions) chosen(ctx context.Context) ([]selected, error) {
	switch {
	case o.allUnbilled:
		return o.unbilled(ctx)
	case o.company != "":
		all, err := o.unbilled(ctx)
		if err == nil && len(all) == 0 {
			err = &command.RefusedError{Code: "nothing_to_invoice", Message: o.company + " has nothing that is not invoiced", Hint: "list its invoices: resell invoice list --company " + o.company}
		}
		return all, err
	}
	refs, err := o.named()
	if err != nil {
		return nil, err
	}
	all := make([]selected, len(refs))
	for i, ref := range refs {
		all[i].license = ref
		if len(refs) <= api.MaxInvoiceLicenses {
			continue // they go in one request, whosever they are
		}
		license, err := command.Call(ctx, o.Factory, api.LicenseView, api.LicenseViewInput{License: ref})
		if err != nil {
			return nil, fmt.Errorf("license %s: %w", ref, err)
		}
		all[i] = selectedOf(license)
	}
	return all, nil
}

func (o *sendOptions) named() ([]string, error) {
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

// unbilled gives what can be invoiced of what is not, and tells of stock, which nobody
// can be billed for yet.
func (o *sendOptions) unbilled(ctx context.Context) ([]selected, error) {
	in := api.LicenseListInput{LicenseFilter: api.LicenseFilter{Company: o.company, Billing: "unbilled"}}
	var all []selected
	stock := 0
	for license, err := range command.Every(ctx, o.Factory, api.LicenseList, in) {
		switch {
		case err != nil:
			return nil, err
		case slices.Contains(license.AllowedActions, "invoice"):
			all = append(all, selectedOf(license))
		case license.State == "available":
			stock++
		}
	}
	if stock > 0 {
		o.Note("%s of stock left out: only what a company has can be invoiced", counted(stock, "license"))
	}
	return all, nil
}

func selectedOf(l api.License) selected {
	s := selected{license: l.ID}
	if l.Company != nil {
		s.company = *l.Company
	}
	return s
}
