package license

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type addOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	body       api.LicenseAddBody
	unassigned bool
	stock      string
	saveQuote  bool
	bulk       command.BulkFlags
}

func newCmdAdd(f *command.Factory) *cobra.Command {
	o := &addOptions{Factory: f, bulk: command.BulkFlags{Spends: true}}
	cmd := &cobra.Command{
		Use:     "add",
		Aliases: []string{"buy"},
		Short:   "Buy a license, or start a trial",
		Long: `Buy a license, or start a trial.

The server's preview is shown first; on a terminal you are asked, elsewhere --yes is needed. Should
the price change in between, nothing is bought. A run that was cut off can simply be run again: it
finds out what became of the first and does not buy twice. To make two purchases of exactly the same
that may overlap, or one that a script can repeat for ever, name them with --idempotency-key.

Where licenses of the same product and term are in stock, --stock use takes them for the company first,
the earliest-ending before others, and buys the rest: all of it, or nothing. It prints a list.

A preview can be saved as a quote: it holds for three days, that of today included, and is bought
exactly as it was saved, or refused with what has changed.

With --pay card nothing is there before it is paid: the order is printed, with the page to pay on.

Terms: full:1-3, yearly:N and monthly:N run for N times 12 months, years or months; calendar:1-3 ends on
a 1 January; trial:30d is free, once for a company and product; until:2027-06-30 ends with another
license; perpetual never ends, and with a device product is bound to --serial.

With --from, each row of a file is bought. All rows are previewed first; then you are asked once, for the
total. A run that broke off goes on with --resume. The same file once more buys what failed, and nothing a
second time, unless --again says so: that buys ALL rows anew.

` + command.BulkHelp(addColumns()),
		Example: "  $ resell license add --company example.edu --product mdm-device --term calendar:2 --quantity 30 --dry-run\n" +
			"  $ resell license add --company example.edu --product mdm-device --term calendar:2 --quantity 30 --invoice-reference PO-2026-118 --yes\n" +
			"  $ resell license add --company example.edu --product mdm-device --term perpetual --serial SN-0001 --yes\n" +
			"  $ resell license add --company example.edu --product signage --term yearly:1 --quantity 10 --stock use --yes\n" +
			"  $ resell license add --company example.edu --product office-suite --term trial:30d --quantity 5 --yes\n" +
			"  $ resell license add --like 7GK2M9QX --quantity 10 --pay card --yes\n" +
			"  $ resell license add --company example.edu --product office-suite --term full:1 --quantity 5 --dry-run --save-quote\n" +
			"  $ resell license add --quote quo_01K9Z3M4N5P6Q7R8S9T0V1W2X3 --yes\n" +
			"  $ resell license add --from schools.csv --term full:1 --dry-run",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.check(cmd); err != nil {
				return err
			}
			if o.bulk.Many() {
				return o.addMany(cmd.Context(), cmd)
			}
			return addRun(cmd.Context(), o)
		},
	}
	o.bind(cmd)
	f.Results(cmd, api.License{}, api.Preview{})
	f.ResultsOtherwise(cmd, func() any {
		switch {
		case o.bulk.Many():
			return o.bulk.Otherwise()
		case o.saveQuote:
			return api.Quote{}
		case o.stock == stockUse:
			return nil // a list of licenses
		}
		return orderByCard(o.body.Pay, o.DryRun)
	}, api.Quote{}, api.Order{})
	return cmd
}

func (o *addOptions) bind(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&o.body.Company, "company", "c", "", "for this company: id, domain or exact `name`; without it the saved one, or for stock")
	flags.BoolVar(&o.unassigned, "unassigned", false, "for no company yet: for stock, also where a company is saved")
	cmd.MarkFlagsMutuallyExclusive("company", "unassigned")
	flags.StringVarP(&o.body.Product, "product", "p", "", "id or `SKU` of the product")
	flags.StringVar(&o.body.Contract, "contract", "", "id or `number` of the contract; not needed where only one fits")
	flags.StringVarP(&o.body.Term, "term", "t", "", "`term`: full:1, calendar:2, yearly:1, monthly:6, trial:30d, until:DATE, perpetual")
	flags.Int64VarP(&o.body.Quantity, "quantity", "q", 0, "`number` to buy; with --serial it is that of the devices")
	flags.StringArrayVar(&o.body.Serials, "serial", nil, "serial `number` of a device; may be repeated")
	flags.StringVar(&o.body.Like, "like", "", "buy more of this `license`: what no flag says is as with it")
	flags.StringVar(&o.body.Name, "name", "", "`name` to find the license by")
	flags.StringVar(&o.body.Note, "note", "", "`text` about the license")
	flags.StringVar(&o.body.OrderNote, "order-note", "", "`text` about the order")
	flags.StringVar(&o.body.InvoiceReference, "invoice-reference", "", "`reference` that returns on the invoice")
	flags.StringVar(&o.body.Key, "key", "", "let this activation key unlock what is bought: id or `code`")
	flags.StringVar(&o.body.Distributor, "distributor", "", "distribution `company` it goes through; the contract's when left out")
	o.bindStock(cmd)
	bindPay(cmd, &o.body.Pay)
	flags.BoolVar(&o.saveQuote, "save-quote", false, "with --dry-run: save the preview as a quote, to be bought later")
	flags.StringVar(&o.body.Quote, "quote", "", "buy this `quote`, exactly as it was saved")
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Name != "quote" && f.Name != "pay" {
			cmd.MarkFlagsMutuallyExclusive("quote", f.Name) // a quote says everything
		}
	})
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.Bind(cmd)
	o.bulk.Bind(cmd)
	for _, name := range []string{"quote", "save-quote"} {
		cmd.MarkFlagsMutuallyExclusive(name, "from")
		cmd.MarkFlagsMutuallyExclusive(name, "resume")
	}
}

func (o *addOptions) check(cmd *cobra.Command) error {
	if err := o.bulk.Check(cmd, addColumns(), nil); err != nil || o.bulk.Many() {
		return err
	}
	if o.saveQuote && !o.DryRun {
		return command.Usage("--save-quote goes with --dry-run: it saves the preview, and buys nothing")
	}
	if o.body.Quote == "" {
		if err := o.checkPurchase(cmd); err != nil {
			return err
		}
	}
	if err := o.checkStock(); err != nil {
		return err
	}
	return o.NeedYes(o.ConfirmFlags, "this spends money or credits")
}

func (o *addOptions) checkPurchase(cmd *cobra.Command) error {
	changed := cmd.Flags().Changed
	if changed("company") && o.body.Company == "" {
		return command.Usage("--company is empty: give --unassigned to buy for stock")
	}
	if changed("quantity") && o.body.Quantity == 0 {
		o.body.Quantity = -1 // the server refuses it, as it does every other wrong quantity
	}
	if o.body.Like != "" {
		o.body.Unassigned = o.unassigned
		return nil
	}
	for _, name := range []string{"product", "term"} {
		if !changed(name) {
			return command.Usage("--%s is needed, or --like or --quote instead", name)
		}
	}
	// With serials 0 means "as many as there are"; given, it is a quantity like any other.
	if !changed("quantity") && len(o.body.Serials) == 0 {
		return command.Usage("--quantity is needed, or --serial for each device")
	}
	return o.takeSaved()
}

// takeSaved takes the company and the contract that are saved where none is named.
func (o *addOptions) takeSaved() error {
	c, err := o.Config()
	if err != nil {
		return err
	}
	if saved := c.Get("company"); saved != "" && o.body.Company == "" && !o.unassigned {
		o.body.Company = saved
		o.Note("For %s, the saved company.", saved)
	}
	o.body.Contract = cmp.Or(o.body.Contract, c.Get("contract"))
	return nil
}

func addRun(ctx context.Context, o *addOptions) error {
	if o.saveQuote {
		return saveQuote(ctx, o)
	}
	if o.DryRun || !o.Yes {
		preview, err := command.Call(ctx, o.Factory, api.LicensePreview, api.LicensePreviewInput{Body: o.body})
		if err != nil {
			return err
		}
		if o.DryRun {
			return o.Show(preview, previewColumns)
		}
		if o.body.Quote == "" { // which takes nothing from stock
			if preview, err = o.offerStock(ctx, preview); err != nil {
				return err
			}
		}
		if err := confirm(o.Factory, o.ConfirmFlags, preview); err != nil {
			return err
		}
		if o.body.Quote == "" { // which is bought as it is anyway
			o.body.ExpectedAmount, o.body.ExpectedCredits = &preview.Amount, &preview.Credits
		}
	}
	bought, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseAdd, api.LicenseAddInput{Body: o.body})
	if err != nil {
		return err
	}
	return o.showBought(bought)
}

func saveQuote(ctx context.Context, o *addOptions) error {
	quote, err := command.Write(ctx, o.Factory, o.WriteFlags, api.QuoteCreate, api.QuoteCreateInput{Body: o.body})
	if err != nil {
		return err
	}
	return o.Show(quote, quoteColumns)
}
