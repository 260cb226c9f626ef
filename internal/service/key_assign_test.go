package service_test

import (
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// makeKey makes one key with seats, for a license where one is named.
func (f *fixture) makeKey(c service.Caller, license string, seats int64) licensing.Key {
	f.t.Helper()
	batch, err := f.GenerateKeys(f.t.Context(), c, service.KeyOrder{License: license, Count: 1, Seats: seats})
	require.NoError(f.t, err)
	return batch.Keys[0]
}

func (f *fixture) buyMany(c service.Caller, company string, quantity int64) licensing.License {
	f.t.Helper()
	return f.buy(c, company, func(in *service.Purchase) { in.Quantity = quantity })
}

func TestAssignKey(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		first, second, stock := f.buyMany(f.main, f.acme.ID, 5), f.buyMany(f.main, f.acme.ID, 3), f.buyMany(f.main, "", 3)
		key := f.makeKey(f.main, "", 3)

		got, err := f.AssignKey(ctx, f.main, service.KeyAssignment{Key: key.Code, Licenses: []string{first.Coupon}})
		require.NoError(t, err)
		require.EqualValues(t, first.ID, got.LicenseID, "the first license of a key is its own")
		got, err = f.AssignKey(ctx, f.main, service.KeyAssignment{Key: key.ID, Licenses: []string{stock.ID, second.ID, first.ID, second.Coupon}})
		require.NoError(t, err)
		kept, err := f.Key(ctx, f.main, key.ID)
		require.NoError(t, err)
		var unlocked []string
		for i, license := range got.Licenses {
			unlocked = append(unlocked, license.ID)
			require.EqualValues(t, 3, license.KeySeats, "a license of the key already takes no seats again")
			require.Contains(t, kept.Licenses, license, i)
		}
		require.Equal(t, []string{first.ID, stock.ID, second.ID}, unlocked)
		require.Len(t, kept.Licenses, 3)

		events := f.events(key.ID)
		require.Len(t, events, 4) // made, and assigned three times
		require.Equal(t, "key.assigned", events[1].Type)
		require.Equal(t, licensing.Ref(first.ID), events[1].LicenseID, "it is part of the license's history")
		require.EqualValues(t, f.acme.ID, events[1].CompanyID)
		require.JSONEq(t, `{"key_id":"`+key.ID+`","license_id":"`+first.ID+`","company_id":"`+f.acme.ID+`","seats":3}`, part(t, events[1], "after"))
	})
}

func TestAssignKeyRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		second := f.company(f.main, "second")
		license, roomy, small := f.buyMany(f.main, f.acme.ID, 5), f.buyMany(f.main, f.acme.ID, 5), f.buyMany(f.main, f.acme.ID, 2)
		others, below := f.buyMany(f.main, second.ID, 5), f.buyMany(f.sub, f.below.ID, 5)
		expired := f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "until:2026-11-22" })
		key, belows := f.makeKey(f.main, license.ID, 3), f.makeKey(f.sub, below.ID, 1)
		f.makeKey(f.main, roomy.ID, 3)
		f.at(day(2026, 11, 22))
		for name, test := range map[string]struct {
			code     licensing.Code
			key      string
			licenses []string
		}{
			"no such key":            {licensing.CodeNotFound, "key_none", []string{small.ID}},
			"not a key":              {licensing.CodeInvalidKey, "none", []string{small.ID}},
			"no such license":        {licensing.CodeNotFound, key.ID, []string{"none"}},
			"a sub-reseller's key":   {licensing.CodeReadOnly, belows.ID, []string{small.ID}},
			"a sub-reseller's":       {licensing.CodeReadOnly, key.ID, []string{below.ID}},
			"too few":                {licensing.CodeSeatsExceeded, key.ID, []string{small.ID}},
			"too few left":           {licensing.CodeSeatsExceeded, key.ID, []string{roomy.ID}},
			"one of several too few": {licensing.CodeSeatsExceeded, key.ID, []string{license.ID, small.ID}},
			"over":                   {licensing.CodeLicenseNotUsable, key.ID, []string{expired.ID}},
			"another customer's":     {licensing.CodeNotAssignable, key.ID, []string{others.ID}},
		} {
			before := f.dump()
			caller, _ := keyed(f.main, "key")
			_, err := f.AssignKey(ctx, caller, service.KeyAssignment{Key: test.key, Licenses: test.licenses})
			requireCode(t, test.code, err, name)
			require.Equal(t, before, f.dump(), name)
		}
	})
}

// However many keys are assigned at once, the seats of a license stay within its
// quantity, and several licenses at once do not wait for each other for ever.
func TestAssignKeysAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		one, two := f.buyMany(f.main, f.acme.ID, 5), f.buyMany(f.main, f.acme.ID, 5)
		var done atomic.Int64
		var group errgroup.Group
		for i := range 12 {
			key := f.makeKey(f.main, "", 1)
			licenses := []string{one.ID, two.Coupon}
			if i%2 == 0 {
				licenses = []string{two.ID, one.Coupon}
			}
			group.Go(func() error {
				_, err := f.AssignKey(ctx, f.main, service.KeyAssignment{Key: key.ID, Licenses: licenses})
				if err == nil {
					done.Add(1)
				} else if licensing.CodeOf(err) != licensing.CodeSeatsExceeded {
					return err
				}
				return nil
			})
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, 5, done.Load())
		for _, id := range []string{one.ID, two.ID} {
			license, err := f.License(ctx, f.main, id)
			require.NoError(t, err)
			require.EqualValues(t, 5, license.KeySeats)
		}
		require.Equal(t, []int{5}, f.counts("key_licenses"))
	})
}

func TestCheckCode(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buyMany(f.main, f.acme.ID, 5)
		key := f.makeKey(f.main, license.ID, 1)
		own, err := f.GenerateKeys(ctx, f.main, service.KeyOrder{Count: 1, Seats: 1, Key: "ABCD-EFGH-IJKL-MNOP"})
		require.NoError(t, err)

		got, err := f.CheckCode(ctx, f.main, " "+key.Code[:4]+key.Code[5:])
		require.NoError(t, err)
		require.Equal(t, service.CodeKey, got.Kind)
		require.True(t, got.HasCheck)
		require.Equal(t, []string{key.Code, key.ID, license.ID}, []string{got.Code, got.Key.ID, got.Key.Licenses[0].ID})
		got, err = f.CheckCode(ctx, f.main, license.Coupon[:4]+"-"+license.Coupon[4:])
		require.NoError(t, err)
		require.Equal(t, service.CodeCoupon, got.Kind)
		require.Equal(t, []string{license.Coupon, license.ID}, []string{got.Code, got.License.ID})
		got, err = f.CheckCode(ctx, f.main, "abcdefghijklmnop")
		require.NoError(t, err)
		require.False(t, got.HasCheck)
		require.Equal(t, own.FirstID, got.Key.ID)

		for code, refs := range map[licensing.Code][]string{
			licensing.CodeNotFound:     {"0000-0000-0000-0000", "00000000"},
			licensing.CodeCodeMistyped: {swapped(key.Code), swapped(license.Coupon), "UUUU-UUUU-UUUU-UUUU", "0000-0000-0000-0001"},
			licensing.CodeInvalidKey:   {"", "?", "ÄÄÄÄ", "0000-0000-0000-000", "com_1234567890123"},
		} {
			for _, ref := range refs {
				_, err := f.CheckCode(ctx, f.main, ref)
				requireCode(t, code, err, ref)
				if ref != "" && ref != "?" {
					require.NotContains(t, err.Error(), ref)
				}
			}
		}
		// Another's code is like one that nobody has.
		_, unknown := f.CheckCode(ctx, f.stranger, "0000-0000-0000-0000")
		for _, ref := range []string{key.Code, license.Coupon} {
			_, err := f.CheckCode(ctx, f.stranger, ref)
			require.Equal(t, unknown, err)
		}
	})
}

// swapped exchanges two characters that differ, as people do.
func swapped(code string) string {
	b := []byte(code)
	for i := range b[1:] {
		if b[i] != '-' && b[i+1] != '-' && b[i] != b[i+1] {
			b[i], b[i+1] = b[i+1], b[i]
			break
		}
	}
	return string(b)
}
