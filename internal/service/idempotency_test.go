package service_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func TestIdempotency(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		license := f.buy(f.main, f.acme.ID, nil)
		billed := f.buy(f.main, f.acme.ID, nil)
		// Each change, and the same one with other input.
		for _, test := range []struct {
			name string
			run  func(c service.Caller, other bool) (any, error)
		}{
			{"buy", func(c service.Caller, other bool) (any, error) {
				return f.Buy(ctx, c, service.Purchase{Company: f.acme.ID, Product: "edit", Term: "full:1", Quantity: pick(other, int64(2), 1)})
			}},
			{"extend", func(c service.Caller, other bool) (any, error) {
				return f.Extend(ctx, c, service.Extension{License: license.ID, Term: pick(other, "full:2", "full:1")})
			}},
			{"upgrade", func(c service.Caller, other bool) (any, error) {
				return f.Upgrade(ctx, c, service.Upgrade{License: license.ID, Quantity: pick(other, int64(4), 3)})
			}},
			{"pause", func(c service.Caller, other bool) (any, error) {
				return f.PauseLicense(ctx, c, pick(other, billed.ID, license.ID))
			}},
			{"resume", func(c service.Caller, other bool) (any, error) {
				return f.ResumeLicense(ctx, c, pick(other, billed.ID, license.ID))
			}},
			{"keys", func(c service.Caller, other bool) (any, error) {
				return f.GenerateKeys(ctx, c, service.KeyOrder{Count: pick(other, 3, 2), Seats: 1})
			}},
			{"company", func(c service.Caller, other bool) (any, error) {
				return f.CreateCompany(ctx, c, change{Name: new(pick(other, "a", "b"))})
			}},
			{"edit", func(c service.Caller, other bool) (any, error) {
				return f.EditCompany(ctx, c, f.acme.ID, pick(other, int64(9), 0), change{Note: new("changed")})
			}},
			{"invoice", func(c service.Caller, other bool) (any, error) {
				return f.SendInvoices(ctx, c, service.Billing{Licenses: []string{pick(other, license.ID, billed.ID)}})
			}},
		} {
			name, run := test.name, test.run
			caller, replayed := keyed(f.main, name)
			first, err := run(caller, false)
			require.NoError(t, err, name)
			require.False(t, *replayed)
			before := f.dump()
			again, err := run(caller, false)
			require.NoError(t, err, name)
			require.True(t, *replayed, name)
			require.Equal(t, first, again, name)
			_, err = run(caller, true)
			requireCode(t, licensing.CodeKeyReused, err, name)
			require.Equal(t, before, f.dump(), name)
		}

		// The key of one operation is not another's, and each reseller has its own keys.
		caller, _ := keyed(f.main, "buy")
		_, err := f.CreateCompany(ctx, caller, change{Name: new("x")})
		requireCode(t, licensing.CodeKeyReused, err)
		theirs, replayed := keyed(f.stranger, "buy")
		_, err = f.CreateCompany(ctx, theirs, change{Name: new("x")})
		require.NoError(t, err)
		require.False(t, *replayed)

		// A refused request leaves its key to the next.
		caller, replayed = keyed(f.main, "fails")
		_, err = f.CreateCompany(ctx, caller, change{Name: new("")})
		requireCode(t, licensing.CodeInvalidRequest, err)
		_, err = f.CreateCompany(ctx, caller, change{Name: new("fine")})
		require.NoError(t, err)
		require.False(t, *replayed)

		f.at(f.clock.Load().Add(30*24*time.Hour + time.Second))
		require.NoError(t, f.Tidy(ctx))
		require.Equal(t, []int{0}, f.counts("idempotency"))
	})
}

func pick[T any](second bool, other, first T) T {
	if second {
		return other
	}
	return first
}

func TestSameKeyAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		var group errgroup.Group
		var replays atomic.Int64
		licenses := make([]service.Bought, 16)
		for i := range licenses {
			group.Go(func() error {
				caller, replayed := keyed(f.main, "one")
				var err error
				licenses[i], err = f.Buy(context.WithoutCancel(t.Context()), caller, service.Purchase{Company: f.acme.ID, Product: "edit", Term: "full:1", Quantity: 1})
				if *replayed {
					replays.Add(1)
				}
				return err
			})
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, 15, replays.Load())
		for _, license := range licenses {
			require.Equal(t, licenses[0], license)
		}
		require.Equal(t, []int{1, 1, 1}, f.counts("orders", "licenses", "idempotency"))
		require.EqualValues(t, 1_000_000-12000, f.balance(f.main))
	})
}
