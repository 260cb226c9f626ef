package service_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

func TestOrderMail(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.takeCards()
		license := f.buy(f.main, f.acme.ID, nil)
		require.Equal(t, 1, f.confirmations())
		pending := f.order(card(nil))
		require.Equal(t, 1, f.confirmations(), "not before it is paid")
		done, err := f.CompleteOrder(ctx, paid(pending))
		require.NoError(t, err)
		require.Equal(t, 2, f.confirmations())

		mail, err := f.OrderMail(ctx, license.OrderID, "")
		require.NoError(t, err)
		require.Equal(t, []any{license.OrderID, "Main Ltd", date(2026, 11, 21)}, []any{mail.ID, mail.Buyer.Name, mail.BoughtOn})
		require.Len(t, mail.Order.Lines, 1)
		require.Equal(t, license.Coupon, mail.Licenses[0].Coupon)
		require.NoError(t, f.OrderMailed(ctx, license.OrderID, nil))
		kept, err := f.Order(ctx, f.main, license.OrderID)
		require.NoError(t, err)
		require.Equal(t, f.Now(), kept.MailedAt)
		require.NoError(t, f.OrderMailed(ctx, done.ID, errors.New("no such mailbox")))
		events := f.events(done.ID)
		require.Equal(t, "order.mail_failed", events[len(events)-1].Type)

		caller, replayed := keyed(f.main, "resend")
		_, err = f.ResendOrder(ctx, caller, license.OrderNumber)
		require.NoError(t, err)
		_, err = f.ResendOrder(ctx, caller, license.OrderNumber)
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, 3, f.confirmations())
		again, err := f.OrderMail(ctx, license.OrderID, "once more")
		require.NoError(t, err)
		require.NotEqual(t, mail.ID, again.ID)

		waiting, below := f.order(card(nil)), f.buy(f.sub, f.below.ID, nil)
		nowhere := f.main
		nowhere.Reseller.Email = ""
		for _, test := range []struct {
			code   licensing.Code
			caller service.Caller
			order  string
		}{
			{licensing.CodeOrderNotResendable, f.main, waiting.ID},
			{licensing.CodeOrderNotResendable, nowhere, license.OrderID},
			{licensing.CodeReadOnly, f.main, below.OrderID},
			{licensing.CodeNotFound, f.stranger, license.OrderID},
		} {
			before := f.dump()
			_, err := f.ResendOrder(ctx, test.caller, test.order)
			requireCode(t, test.code, err)
			require.Equal(t, before, f.dump())
		}
		for _, id := range []string{waiting.ID, "ord_none"} {
			_, err = f.OrderMail(ctx, id, "")
			require.ErrorIs(t, err, store.ErrNotFound)
		}
		f.buy(nowhere, "", nil)
	})
}
