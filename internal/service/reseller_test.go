package service_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// reseller makes one below the caller's, and gives a caller that owns it.
func (f *fixture) reseller(c service.Caller, login string, products ...string) service.Caller {
	f.t.Helper()
	in := service.NewReseller{Login: login, ResellerChange: service.ResellerChange{Name: new(login), Email: new(login + "@example.com")}}
	if len(products) > 0 {
		in.Products = &products
	}
	_, err := f.CreateReseller(f.t.Context(), c, in)
	require.NoError(f.t, err)
	return f.ownerOf(login)
}

func (f *fixture) give(c service.Caller, to, product string, quantity int64) error {
	_, err := f.GrantCredits(f.t.Context(), c, service.NewGrant{Reseller: to, Product: product, Quantity: quantity})
	return err
}

// creditsOf is what the caller has of a product; the sums of its ledger must be the same.
func (f *fixture) creditsOf(c service.Caller, product string) int64 {
	f.t.Helper()
	accounts, err := f.Credits(f.t.Context(), c, "")
	require.NoError(f.t, err)
	for _, a := range accounts {
		var sum int64
		for _, amount := range a.Sums {
			sum += amount
		}
		require.Equal(f.t, sum, a.Amount, "the ledger adds up to the credits")
		if a.ProductSKU == product {
			return a.Amount
		}
	}
	return 0
}

// Grants, purchases and grants onwards at once never take what is not there, and lose
// nothing.
func TestGrantAtOnce(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		vendor, main := f.ownerOf(""), f.ownerOf("main")
		child := f.reseller(main, "child")
		leaf := f.reseller(child, "leaf")
		main, child = f.ownerOf("main"), f.ownerOf("child")
		require.NoError(t, f.give(vendor, "main", "edit", 100))

		var refused, granted atomic.Int64
		var group errgroup.Group
		for range 8 {
			for _, give := range []func() error{
				func() error { return f.give(main, "child", "edit", 9) },
				func() error { return f.give(main, "leaf", "edit", 4) },
				func() error { return f.give(child, "leaf", "edit", 7) },
				func() error { return f.give(vendor, "child", "edit", 1) },
			} {
				group.Go(func() error {
					err := give()
					switch {
					case err == nil:
						granted.Add(1)
					case licensing.CodeOf(err) == licensing.CodeInsufficientCredit:
						refused.Add(1)
						return nil
					}
					return err
				})
			}
		}
		require.NoError(t, group.Wait())
		require.EqualValues(t, 32, granted.Load()+refused.Load())
		require.Positive(t, refused.Load())
		has := map[string]int64{"main": f.creditsOf(main, "edit"), "child": f.creditsOf(child, "edit"), "leaf": f.creditsOf(leaf, "edit")}
		var total int64
		for name, n := range has {
			require.GreaterOrEqual(t, n, int64(0), name)
			total += n
		}
		require.EqualValues(t, 100+8, total)
		for _, c := range []service.Caller{main, child, leaf} {
			entries, err := f.CreditEntries(t.Context(), c, service.CreditQuery{}, service.Page{Limit: 100})
			require.NoError(t, err)
			for _, e := range entries.Rows {
				require.GreaterOrEqual(t, e.Balance, int64(0))
			}
		}
	})
}

// Each grant is an entry on either side that names the other.
func TestGrant(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx, vendor, main := t.Context(), f.ownerOf(""), f.ownerOf("main")
		child := f.reseller(main, "child", "edit")
		main = f.ownerOf("main")
		require.NoError(t, f.give(vendor, "main", "edit", 10))
		require.NoError(t, f.give(vendor, "main", "cam", 10))

		c, replayed := keyed(main, "once")
		in := service.NewGrant{Reseller: "child", Product: "edit", Quantity: 4, Note: "first"}
		first, err := f.GrantCredits(ctx, c, in)
		require.NoError(t, err)
		again, err := f.GrantCredits(ctx, c, in)
		require.NoError(t, err)
		require.True(t, *replayed)
		require.Equal(t, first, again)
		require.EqualValues(t, 6, f.creditsOf(main, "edit"))
		require.EqualValues(t, 4, f.creditsOf(child, "edit"))

		before := f.dump()
		requireCode(t, licensing.CodeInsufficientCredit, f.give(main, "child", "edit", 7))
		requireCode(t, licensing.CodeInvalidQuantity, f.give(main, "child", "edit", 0))
		requireCode(t, licensing.CodeInvalidQuantity, f.give(main, "child", "edit", -1))
		requireCode(t, licensing.CodeInvalidQuantity, f.give(vendor, "child", "edit", service.MaxGrant+1))
		requireCode(t, licensing.CodeNotPermittedPr, f.give(main, "child", "cam", 1))
		requireCode(t, licensing.CodeNotPermittedPr, f.give(vendor, "child", "cam", 1))
		requireCode(t, licensing.CodeReadOnly, f.give(main, "main", "edit", 1))
		requireCode(t, licensing.CodeNotFound, f.give(child, "main", "edit", 1))
		requireCode(t, licensing.CodeNotFound, f.give(main, "stranger", "edit", 1))
		requireCode(t, licensing.CodeNotFound, f.give(f.ownerOf("stranger"), "child", "edit", 1))
		after := f.dump()
		delete(before, "tokens") // ownerOf has made one
		delete(after, "tokens")
		require.Equal(t, before, after)

		entries := func(c service.Caller) []licensing.CreditEntry {
			l, err := f.CreditEntries(ctx, c, service.CreditQuery{Product: "edit"}, service.Page{Limit: 10})
			require.NoError(t, err)
			return l.Rows
		}
		given, received := entries(main)[0], entries(child)[0]
		require.Equal(t, licensing.CreditGiven, given.Kind)
		require.EqualValues(t, -4, given.Amount)
		require.EqualValues(t, "child", given.PeerLogin)
		require.Equal(t, licensing.CreditGrant, received.Kind)
		require.EqualValues(t, 4, received.Amount)
		require.EqualValues(t, "main", received.PeerLogin)
		require.Equal(t, "first", received.Note)
		require.Empty(t, entries(main)[1].PeerID)
		events := f.events(child.Reseller.ID)
		require.Equal(t, "credits.granted", events[len(events)-1].Type)
	})
}

func TestDeposit(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx, vendor := t.Context(), f.ownerOf("")
		had := f.balance(f.main)
		deposit := func(c service.Caller, to, currency string, amount int64) error {
			_, err := f.Deposit(ctx, c, service.Deposit{Reseller: to, Currency: currency, Amount: amount})
			return err
		}
		require.NoError(t, deposit(vendor, "main", "EUR", 250))
		require.Equal(t, had+250, f.balance(f.main))
		accounts, err := f.Accounts(ctx, f.main, "")
		require.NoError(t, err)
		require.EqualValues(t, 500, accounts[0].CreditLimit, "a deposit leaves the limit alone")
		require.NoError(t, deposit(vendor, "empty", "CHF", 1))
		require.EqualValues(t, 1, f.balance(f.empty))

		for _, c := range []service.Caller{f.ownerOf("main"), f.ownerOf("stranger")} {
			requireCode(t, licensing.CodeScopeMissing, deposit(c, "main", "EUR", 1))
			requireCode(t, licensing.CodeScopeMissing, deposit(c, "sub", "EUR", 1))
		}
		requireCode(t, licensing.CodeNotFound, deposit(vendor, "nobody", "EUR", 1))
		requireCode(t, licensing.CodeInvalidRequest, deposit(vendor, "main", "EURO", 1))
		requireCode(t, licensing.CodeInvalidRequest, deposit(vendor, "main", "EUR", 0))
		requireCode(t, licensing.CodeInvalidRequest, deposit(vendor, "main", "EUR", service.MaxDeposit+1))
		require.Equal(t, had+250, f.balance(f.main))
	})
}

// Whoever is above changes what is below; nobody else does.
func TestEditReseller(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx, vendor, main := t.Context(), f.ownerOf(""), f.ownerOf("main")
		child := f.reseller(main, "child", "edit", "cam")
		f.reseller(child, "leaf", "edit")
		main, child = f.ownerOf("main"), f.ownerOf("child")
		leaf := f.ownerOf("leaf")
		edit := func(c service.Caller, ref string, in service.ResellerChange) error {
			_, err := f.EditReseller(ctx, c, ref, 0, in)
			return err
		}
		name := service.ResellerChange{Name: new("New")}
		for _, c := range []service.Caller{vendor, main, child, leaf} {
			require.NoError(t, edit(c, "leaf", name))
		}
		off := service.ResellerChange{Disabled: new(true)}
		requireCode(t, licensing.CodeReadOnly, edit(leaf, "leaf", off))
		requireCode(t, licensing.CodeReadOnly, edit(leaf, "leaf", service.ResellerChange{Products: &[]string{}}))
		requireCode(t, licensing.CodeNotFound, edit(leaf, "child", name))
		requireCode(t, licensing.CodeNotFound, edit(f.ownerOf("sub"), "child", name))
		requireCode(t, licensing.CodeNotFound, edit(f.ownerOf("stranger"), "child", name))
		requireCode(t, licensing.CodeNotPermittedPr, edit(child, "leaf", service.ResellerChange{Products: &[]string{"care"}}))
		requireCode(t, licensing.CodeNotPermittedPr, edit(vendor, "leaf", service.ResellerChange{Products: &[]string{"care"}}))
		requireCode(t, licensing.CodeInvalidRequest, edit(child, "leaf", service.ResellerChange{TaxRate: new(int64(10_001))}))
		requireCode(t, licensing.CodeInvalidRequest, edit(child, "leaf", service.ResellerChange{Name: new(" ")}))

		require.NoError(t, edit(child, "leaf", service.ResellerChange{Products: &[]string{"cam", "edit", "cam"}, Note: new("secret note")}))
		seen, err := f.Reseller(ctx, child, "leaf")
		require.NoError(t, err)
		require.Len(t, seen.Products, 2)
		require.Equal(t, "secret note", seen.Note)
		own, err := f.Reseller(ctx, leaf, "leaf")
		require.NoError(t, err)
		require.Empty(t, own.Note)
		events := f.events(seen.ID)
		last := events[len(events)-1]
		require.Equal(t, "reseller.edited", last.Type)
		require.Contains(t, last.Data, `"note":"secret note"`)
		require.Contains(t, last.Data, `"login":"leaf"`)

		// What changes nothing is no change.
		before := f.dump()
		require.NoError(t, edit(child, "leaf", service.ResellerChange{Note: new("secret note"), Products: &[]string{"edit", "cam"}}))
		require.Equal(t, before, f.dump())

		// A disabled one is shut out, and its own are not.
		require.NoError(t, edit(vendor, "child", off))
		_, err = f.Authenticate(ctx, child.Token.Hash)
		requireCode(t, licensing.CodeResellerDisabled, err)
		_, err = f.Authenticate(ctx, leaf.Token.Hash)
		require.NoError(t, err)
	})
}

func TestResellers(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		main := f.ownerOf("main")
		for n := range 5 {
			f.reseller(main, fmt.Sprintf("child%d", n))
		}
		f.reseller(f.ownerOf("child0"), "leaf")
		list := func(c service.Caller, q service.ResellerQuery) string {
			var logins []string
			for cursor := ""; ; {
				l, err := f.Resellers(t.Context(), c, q, service.Page{Cursor: cursor, Limit: 2})
				require.NoError(t, err)
				for _, r := range l.Rows {
					logins = append(logins, r.Login)
				}
				if cursor = l.Next; cursor == "" {
					return strings.Join(logins, " ")
				}
			}
		}
		require.Equal(t, "leaf child4 child3 child2 child1 child0 sub", list(f.ownerOf("main"), service.ResellerQuery{}))
		require.Equal(t, "leaf", list(f.ownerOf("main"), service.ResellerQuery{Parent: "child0"}))
		require.Equal(t, "leaf", list(f.ownerOf("child0"), service.ResellerQuery{}))
		require.Equal(t, "leaf", list(f.ownerOf("child0"), service.ResellerQuery{Parent: "child0"}))
		require.Empty(t, list(f.ownerOf("leaf"), service.ResellerQuery{}))
		require.Empty(t, list(f.ownerOf("stranger"), service.ResellerQuery{}))
		require.Equal(t, "child2", list(f.ownerOf(""), service.ResellerQuery{Search: "CHILD2@"}))
		require.Len(t, strings.Fields(list(f.ownerOf(""), service.ResellerQuery{State: licensing.ResellerActive})), 10)
		_, err := f.Resellers(t.Context(), f.ownerOf("child0"), service.ResellerQuery{Parent: "main"}, service.Page{Limit: 2})
		requireCode(t, licensing.CodeNotFound, err)
	})
}
