package service_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func TestGenerateKeys(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity = 10 })
		batch, err := f.GenerateKeys(ctx, f.main, service.KeyOrder{License: license.Coupon, Count: 3, Seats: 2, Name: "Room {n:3} east"})
		require.NoError(t, err)
		require.Equal(t, license.ID, batch.License.ID)
		require.Equal(t, 3, batch.Count)
		require.Len(t, batch.Keys, 3)
		require.Equal(t, []string{batch.Keys[0].ID, batch.Keys[2].ID}, []string{batch.FirstID, batch.LastID})
		for i, k := range batch.Keys {
			require.Equal(t, "Room 00"+string(rune('1'+i))+" east", k.Name)
			require.True(t, licensing.HasCheck(k.Code), k.Code)
			for _, ref := range []string{k.ID, k.Code, strings.ToLower(strings.ReplaceAll(k.Code, "-", " ")), strings.NewReplacer("0", "O", "1", "l").Replace(k.Code)} {
				got, err := f.Key(ctx, f.main, ref)
				require.NoError(t, err, ref)
				k.Seq = got.Seq
				require.Equal(t, k, got.Key)
				require.Len(t, got.Licenses, 1)
				require.Equal(t, license.ID, got.Licenses[0].ID)
			}
		}
		kept, err := f.License(ctx, f.main, license.ID)
		require.NoError(t, err)
		require.EqualValues(t, 6, kept.KeySeats)
		events := f.events(batch.FirstID)
		require.Len(t, events, 1)
		require.JSONEq(t, `{"license_id":"`+license.ID+`","count":3,"first_id":"`+batch.FirstID+`","last_id":"`+batch.LastID+`"}`, part(t, events[0], "after"))

		own, err := f.GenerateKeys(ctx, f.main, service.KeyOrder{License: license.ID, Count: 1, Seats: 4, Key: "my own key 2026 ab"})
		require.Error(t, err)
		requireCode(t, licensing.CodeInvalidKey, err)
		require.Empty(t, own.FirstID)
		own, err = f.GenerateKeys(ctx, f.main, service.KeyOrder{License: license.ID, Count: 1, Seats: 4, Key: "oooo-oooo-llll-iiii", Name: "own"})
		require.NoError(t, err)
		require.Equal(t, "OOOO-OOOO-LLLL-IIII", own.Keys[0].Code)
		got, err := f.Key(ctx, f.main, "ooooOOOOllllIIII")
		require.NoError(t, err)
		require.Equal(t, own.FirstID, got.ID)

		many, err := f.GenerateKeys(ctx, f.main, service.KeyOrder{Count: 250, Seats: 1, Name: "loose-{n}"})
		require.NoError(t, err)
		require.Len(t, many.Keys, 100)
		page, err := f.Keys(ctx, f.main, service.KeyQuery{Name: "loose-250"}, service.Page{Limit: 10})
		require.NoError(t, err)
		require.Equal(t, many.LastID, page.Rows[0].ID)
		for q, want := range map[service.KeyQuery]int{
			{License: license.Coupon}: 4, {Company: "acme.example.com"}: 4, {Order: license.OrderNumber}: 4, {}: 254, {License: license.ID, Name: "own"}: 1,
		} {
			page, err := f.Keys(ctx, f.main, q, service.Page{Limit: 500})
			require.NoError(t, err)
			require.Len(t, page.Rows, want, q)
		}
	})
}

func TestGenerateKeysRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Quantity = 10 })
		expired := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "until:2026-11-22" })
		below := f.buy(f.sub, f.below.ID, nil)
		other := f.buy(f.stranger, f.other.ID, nil)
		taken, err := f.GenerateKeys(ctx, f.stranger, service.KeyOrder{Count: 1, Seats: 1, Key: "AAAA-BBBB-CCCC-DDDD"})
		require.NoError(t, err)
		require.NotEmpty(t, taken.FirstID)
		_, err = f.GenerateKeys(ctx, f.main, service.KeyOrder{License: license.ID, Count: 1, Seats: 1})
		require.NoError(t, err)
		f.at(day(2026, 11, 22))
		type order = service.KeyOrder
		for _, test := range []struct {
			code licensing.Code
			in   order
		}{
			{licensing.CodeNotFound, order{License: "none", Count: 1, Seats: 1}},
			{licensing.CodeNotFound, order{License: other.ID, Count: 1, Seats: 1}},
			{licensing.CodeReadOnly, order{License: below.ID, Count: 1, Seats: 1}},
			{licensing.CodeLicenseNotUsable, order{License: expired.ID, Count: 1, Seats: 1}},
			{licensing.CodeSeatsExceeded, order{License: license.ID, Count: 10, Seats: 1}},
			{licensing.CodeSeatsExceeded, order{License: license.ID, Count: 5, Seats: 2}},
			{licensing.CodeSeatsExceeded, order{License: license.ID, Count: 1, Seats: 1_000_000}},
			{licensing.CodeInvalidQuantity, order{License: license.ID, Count: 0, Seats: 1}},
			{licensing.CodeInvalidQuantity, order{License: license.ID, Count: -1, Seats: 1}},
			{licensing.CodeInvalidQuantity, order{License: license.ID, Count: service.MaxKeys + 1, Seats: 1}},
			{licensing.CodeInvalidQuantity, order{License: license.ID, Count: 1, Seats: 0}},
			{licensing.CodeInvalidQuantity, order{License: license.ID, Count: 4, Seats: 1<<62 + 1}}, // 4 seats, if it overflowed
			{licensing.CodeInvalidKey, order{License: license.ID, Count: 1, Seats: 1, Key: "short"}},
			{licensing.CodeInvalidKey, order{License: license.ID, Count: 1, Seats: 1, Key: "ÄÄÄÄ-BBBB-CCCC-DDDD"}},
			{licensing.CodeInvalidRequest, order{License: license.ID, Count: 2, Seats: 1, Key: "AAAA-BBBB-CCCC-EEEE"}},
			{licensing.CodeInvalidRequest, order{License: license.ID, Count: 1, Seats: 1, Name: "{n}{n}"}},
			{licensing.CodeInvalidRequest, order{License: license.ID, Count: 1, Seats: 1, Name: "{m}"}},
			{licensing.CodeInvalidRequest, order{License: license.ID, Count: 1, Seats: 1, Name: "{n:0}"}},
			{licensing.CodeKeyTaken, order{License: license.ID, Count: 1, Seats: 1, Key: "aaaabbbbccccdddd"}}, // even by another reseller
		} {
			before := f.dump()
			caller, _ := keyed(f.main, "key")
			_, err := f.GenerateKeys(ctx, caller, test.in)
			requireCode(t, test.code, err, test.in)
			require.Equal(t, before, f.dump(), test.in)
		}
		for ref, code := range map[string]licensing.Code{
			"key_none": licensing.CodeNotFound, taken.FirstID: licensing.CodeNotFound, "AAAA-BBBB-CCCC-DDDD": licensing.CodeNotFound,
			"AAAA-BBBB-CCCC-EEEE": licensing.CodeNotFound, "?": licensing.CodeInvalidKey,
		} {
			_, err := f.Key(ctx, f.main, ref)
			requireCode(t, code, err, ref)
		}
	})
}
