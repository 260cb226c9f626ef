package license

import (
	"errors"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// bindPay adds the flag that says how to pay.
func bindPay(cmd *cobra.Command, to *string) {
	command.BindWord(cmd, to, "pay", "how to pay, when left out the first of these that the contract allows", "balance", "card", "invoice", "credits")
}

// show prints the license that a purchase or an extension has made or changed.
func show(f *command.Factory, p api.Purchase) error {
	if len(p.Licenses) == 0 {
		return errors.New("the server answered without a license")
	}
	return f.Show(p.Licenses[0], details)
}
