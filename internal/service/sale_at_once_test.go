package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// Many who buy, take from stock, split and refund at once: money and quantities are
// whole afterwards, and no stock was sold twice.
func TestSalesAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.pays("K-1", "balance", "credits")
		f.grant(f.main, "edit", 40)
		deposit := f.balance(f.main)
		var stock []licensing.License
		for _, n := range []int64{9, 4, 6} {
			stock = append(stock, f.buyMany(f.main, "", n))
		}
		expected := map[licensing.Code]bool{
			licensing.CodeInsufficientFunds: true, licensing.CodeInsufficientCredit: true, licensing.CodeNotAssignable: true,
			licensing.CodeOrderNotRefundable: true,
		}
		var group errgroup.Group
		for worker := range 8 {
			group.Go(func() error {
				for round := range 4 {
					l := stock[(worker+round)%len(stock)]
					var err error
					switch (worker + round) % 4 {
					case 0:
						_, err = f.Buy(ctx, f.main, purchaseOf("acme", 3))
					case 1:
						in := purchaseOf("acme", 2)
						in.Pay = licensing.PayCredits
						_, err = f.Buy(ctx, f.main, in)
					case 2:
						_, err = f.AssignLicense(ctx, f.main, service.Assignment{License: l.ID, Company: "acme", Quantity: 2})
					case 3:
						_, err = f.RefundOrder(ctx, f.main, service.Refunding{Order: l.OrderID})
					}
					if err != nil && !expected[licensing.CodeOf(err)] {
						return err
					}
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())

		orders, err := f.Orders(ctx, f.main, service.OrderQuery{}, service.Page{Limit: 500})
		require.NoError(t, err)
		spent, credits := int64(0), int64(0)
		bought := map[string]int64{}
		for _, l := range stock {
			bought[l.OrderID] = l.Quantity
		}
		for _, o := range orders.Rows {
			var units, lines, lineAmount, paid int64
			for _, l := range o.Licenses {
				units, paid = units+l.Quantity, paid+l.Amount
				require.Equal(t, o.State == licensing.OrderRefunded, l.State(f.Today(f.main)) == licensing.StateRefunded, "every part of it, or none")
			}
			for _, line := range o.Lines {
				lines, lineAmount = lines+line.Quantity, lineAmount+line.Amount
			}
			require.Equal(t, units, lines)
			require.Equal(t, o.Amount, lineAmount)
			if quantity, ok := bought[o.ID]; ok {
				require.Equal(t, quantity, units, "what was bought for stock is there once")
			}
			if o.State == licensing.OrderRefunded {
				require.Zero(t, paid)
				continue
			}
			require.Equal(t, o.Amount, paid)
			spent, credits = spent+o.Amount, credits+o.Credits
		}
		require.Equal(t, deposit-spent, f.balance(f.main))
		require.Equal(t, 40-credits, f.credits(f.main, "edit"))
		require.GreaterOrEqual(t, f.balance(f.main), int64(-500))
	})
}
