package license

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func addColumns() []command.BulkColumn {
	return []command.BulkColumn{
		{Name: "company", Doc: "id, domain or exact name; needed unless unassigned", Example: "example.edu"},
		{Name: "unassigned", Doc: "true for stock, for no company yet"},
		{Name: "product", Doc: "id or SKU; needed without like", Example: "office-suite"},
		{Name: "contract", Doc: "id or number; not needed where only one fits"},
		{Name: "term", Doc: "full:1, calendar:2, yearly:1, monthly:6, trial:30d, until:DATE, perpetual; needed without like", Example: "full:1"},
		{Name: "quantity", Doc: "how many; needed without like and serials", Example: "30"},
		{Name: "serials", Flag: "serial", Doc: "serial numbers of devices, with spaces between them"},
		{Name: "like", Doc: "buy more of this license: what the row leaves empty is as with it"},
		{Name: "name", Doc: "name to find the license by"},
		{Name: "note", Doc: "text about the license"},
		{Name: "order_note", Doc: "text about the order"},
		{Name: "invoice_reference", Doc: "reference that returns on the invoice", Example: "PO-2027-003"},
		{Name: "key", Doc: "let this activation key unlock what is bought: id or code"},
		{Name: "distributor", Doc: "distribution company; the contract's when empty"},
		{Name: "stock", Doc: "use takes stock of the same product and term first; skip buys everything"},
		{Name: "pay", Doc: "balance, card, invoice or credits"},
	}
}

// addMany buys a license for each row.
func (o *addOptions) addMany(ctx context.Context, cmd *cobra.Command) error {
	c, err := o.Config()
	if err != nil {
		return err
	}
	return addBulk(c.Get("contract")).Run(ctx, o.Factory, cmd, &o.bulk, o.ConfirmFlags)
}

// addBulk buys under the saved contract where a row names none.
func addBulk(contract string) command.Bulk[api.LicenseAddInput, api.Purchase] {
	return command.Bulk[api.LicenseAddInput, api.Purchase]{
		Op:      api.LicenseAdd,
		Columns: addColumns(),
		Input: func(row *command.BulkRow) api.LicenseAddInput {
			return api.LicenseAddInput{Body: purchaseOf(row, contract)}
		},
		Preview: func(ctx context.Context, f *command.Factory, in api.LicenseAddInput) (command.BulkPreview, error) {
			p, err := command.Call(ctx, f, api.LicensePreview, api.LicensePreviewInput{Body: in.Body})
			return command.BulkPreview{Costs: []api.Preview{p}, Message: fmt.Sprintf("%d × %s", p.Quantity+fromStock(p), p.Product.SKU)}, err
		},
		Share: share,
		Same: func(in api.LicenseAddInput) any {
			b := in.Body // what is bought, for whom, and not how
			b.Company, b.Product, b.Term = strings.ToLower(b.Company), strings.ToLower(b.Product), strings.ToLower(b.Term)
			b.Like = strings.ToLower(b.Like)
			b.Note, b.OrderNote, b.Contract, b.Distributor, b.Pay, b.Stock = "", "", "", "", "", ""
			return b
		},
		Agree: func(in *api.LicenseAddInput, p command.BulkPreview) {
			in.Body.ExpectedAmount, in.Body.ExpectedCredits = &p.Costs[0].Amount, &p.Costs[0].Credits
		},
		Outcome: outcome,
		Deed:    func(n int) string { return "Make " + counted(n, "purchase") },
		Spends:  true,
	}
}

// share leaves a row what the rows before it do not take from stock. A serial number, and
// the trial of a company, is there once.
func share(in *api.LicenseAddInput, p command.BulkPreview, taken map[string]int64) (bool, *command.RefusedError) {
	cost := p.Costs[0]
	for _, serial := range in.Body.Serials {
		if !takeOnce(taken, "serial", cost.Product.SKU, serial) {
			return false, &command.RefusedError{Code: "serial_in_use", Message: fmt.Sprintf("a row before it is for the serial number %s of %s", serial, cost.Product.SKU)}
		}
	}
	if strings.HasPrefix(cost.Term, "trial") && !takeOnce(taken, "trial", cost.Product.SKU, cost.Company.ID) {
		return false, &command.RefusedError{Code: "trial_used", Message: fmt.Sprintf("a row before it is the trial of %s for %s", cost.Product.SKU, cost.Company.Name)}
	}
	stock, wanted := strings.Join([]string{"stock", cost.Product.SKU, cost.Term}, " "), fromStock(cost)
	if wanted == 0 {
		return false, nil
	}
	take := min(wanted, cost.StockAvailable-taken[stock])
	taken[stock] += take
	if in.Body.StockLimit = take; take == 0 {
		in.Body.Stock = stockSkip
	}
	return take < wanted, nil
}

func takeOnce(taken map[string]int64, what ...string) (first bool) {
	name := strings.Join(what, " ")
	taken[name]++
	return taken[name] == 1
}

func purchaseOf(row *command.BulkRow, contract string) api.LicenseAddBody {
	body := api.LicenseAddBody{
		Company: row.Text("company"), Unassigned: row.Bool("unassigned"), Product: row.Text("product"), Contract: row.Text("contract"),
		Term: row.Text("term"), Quantity: row.Number("quantity"), Serials: row.List("serials"), Like: row.Text("like"),
		Name: row.Text("name"), Note: row.Text("note"), OrderNote: row.Text("order_note"), InvoiceReference: row.Text("invoice_reference"),
		Key: row.Text("key"), Distributor: row.Text("distributor"), Stock: row.Word("stock", stockUse, stockSkip), Pay: payOf(row),
	}
	if row.Text("quantity") != "" && body.Quantity < 1 {
		row.Refuse("quantity", "quantity is not 1 or more")
	}
	if body.Company != "" && body.Unassigned {
		row.Refuse("company", "a company, and unassigned as well")
	}
	if body.Like != "" {
		return body
	}
	if body.Company == "" && !body.Unassigned {
		row.Refuse("company", "company is needed; for stock, unassigned is true")
	}
	for _, name := range []string{"product", "term"} {
		if row.Text(name) == "" {
			row.Refuse(name, "%s is needed", name)
		}
	}
	if row.Text("quantity") == "" && len(body.Serials) == 0 {
		row.Refuse("quantity", "quantity is needed")
	}
	if body.Contract == "" {
		body.Contract = contract
	}
	body.Unassigned = false // which is only said of what it is like
	return body
}
