package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// What a purchase does with stock of the same product and term.
const (
	stockAsk  = "ask"
	stockUse  = "use"
	stockSkip = "skip"
)

func (o *addOptions) bindStock(cmd *cobra.Command) {
	command.BindWord(cmd, &o.stock, "stock", "what to do with stock of the same product and term, when left out to ask where there is somebody to ask", stockAsk, stockUse, stockSkip)
}

// checkStock takes the flag, and refuses to ask where there is nobody.
func (o *addOptions) checkStock() error {
	switch {
	case o.stock != stockAsk:
		o.body.Stock = o.stock
	case !o.DryRun && (o.Yes || !o.CanAsk()):
		return command.Usage("--stock ask: there is nobody to ask; give --stock use or --stock skip")
	}
	return nil
}

// offerStock asks whether to take what is in stock first, and gives the preview of
// what was chosen.
func (o *addOptions) offerStock(ctx context.Context, buying api.Preview) (api.Preview, error) {
	if o.body.Stock != "" || buying.StockAvailable == 0 {
		noteStock(o.Factory, buying)
		return buying, nil
	}
	body := o.body
	body.Stock = stockUse
	using, err := command.Call(ctx, o.Factory, api.LicensePreview, api.LicensePreviewInput{Body: body})
	if err != nil {
		return buying, err
	}
	o.Note("%d of %s for %s are in stock:", buying.StockAvailable, buying.Product.Name, buying.Term)
	noteStock(o.Factory, using)
	use, err := o.YesNo("Take these first?")
	if err != nil {
		return buying, err
	}
	if !use {
		o.body.Stock = stockSkip
		return buying, nil
	}
	o.body.Stock = stockUse
	return using, nil
}

// noteStock tells what is taken from stock.
func noteStock(f *command.Factory, p api.Preview) {
	for _, piece := range p.FromStock {
		f.Note("  from stock: %d of %s, %s", piece.Quantity, piece.Coupon, whenEnds(f, piece.EndsOn))
	}
}

func whenEnds(f *command.Factory, on *string) string {
	if on == nil {
		return "never ends"
	}
	return "ends on " + f.Date(*on)
}

// fromStock is how many are taken from stock.
func fromStock(p api.Preview) int64 {
	var sum int64
	for _, piece := range p.FromStock {
		sum += piece.Quantity
	}
	return sum
}

// showBought prints what was bought: with what came from stock, it is a list.
func (o *addOptions) showBought(p api.Purchase) error {
	if o.body.Stock != stockUse {
		if o.body.Stock == "" && o.body.Quote == "" && p.StockAvailable > 0 {
			o.Note("%d of the same product and term are in stock: --stock use takes them first.", p.StockAvailable)
		}
		return show(o.Factory, p, o.body.Pay, "Added")
	}
	if p.Order != nil && p.Order.PaymentURL != "" {
		o.Note("Order %s waits for its payment: %s", p.Order.Number, p.Order.PaymentURL)
	}
	return o.ShowAll(p.Licenses, columns)
}
