package service_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// Whatever refuses a purchase refuses its preview alike, and leaves no trace.
func TestBuyRefused(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		f.buy(f.main, f.acme.ID, func(in *service.Purchase) { in.Term = "trial" })
		f.buy(f.main, f.acme.ID, func(in *service.Purchase) {
			in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 0, []string{"SN-1"}
		})
		first, err := f.Contract(ctx, f.main, "K-1")
		require.NoError(t, err)
		limited := f.main
		limited.Token.Contracts = licensing.List{first.Contract.ID}
		elsewhere := f.main
		elsewhere.Token.Contracts = licensing.List{"con_elsewhere"}
		twin := service.CompanyChange{Name: new("Twin")}
		for range 2 {
			_, err := f.CreateCompany(ctx, f.main, twin)
			require.NoError(t, err)
		}

		type purchase = service.Purchase
		for _, test := range []struct {
			code   licensing.Code
			caller service.Caller
			change func(*service.Purchase)
		}{
			{licensing.CodeNotFound, f.main, func(in *purchase) { in.Product = "none" }},
			{licensing.CodeNotFound, f.main, func(in *purchase) { in.Company = "none" }},
			{licensing.CodeNotFound, f.main, func(in *purchase) { in.Contract = "none" }},
			{licensing.CodeNotFound, f.main, func(in *purchase) { in.Contract = "K-S" }},
			{licensing.CodeNotFound, f.main, func(in *purchase) { in.Contract = "K-SUB" }},
			{licensing.CodeNotFound, f.main, func(in *purchase) { in.Company = f.other.ID }},
			{licensing.CodeNotFound, f.main, func(in *purchase) { in.Company = "other" }},
			{licensing.CodeReadOnly, f.main, func(in *purchase) { in.Company = f.below.ID }},
			{licensing.CodeNotFound, f.sub, func(in *purchase) { in.Company = f.acme.ID }},
			{licensing.CodeAmbiguous, f.main, func(in *purchase) { in.Company = "Twin" }},
			{licensing.CodeInvalidRequest, f.main, func(in *purchase) { in.Term = "" }},
			{licensing.CodeInvalidTerm, f.main, func(in *purchase) { in.Term = "full:4" }},
			{licensing.CodeInvalidTerm, f.main, func(in *purchase) { in.Term = "until:2026-11-21" }},
			{licensing.CodeInvalidQuantity, f.main, func(in *purchase) { in.Quantity = 0 }},
			{licensing.CodeInvalidQuantity, f.main, func(in *purchase) { in.Quantity = -1 }},
			{licensing.CodeInvalidQuantity, f.main, func(in *purchase) { in.Quantity = licensing.MaxQuantity + 1 }},
			{licensing.CodeInvalidQuantity, f.main, func(in *purchase) {
				in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 3, []string{"A", "B"}
			}},
			{licensing.CodeTermNotOffered, f.main, func(in *purchase) { in.Product, in.Term = "care", "trial" }},
			{licensing.CodeTermNotOffered, f.main, func(in *purchase) { in.Product, in.Term = "care", "monthly:1" }}, // offered, without a price
			{licensing.CodeTrialUsed, f.main, func(in *purchase) { in.Term = "trial:1d" }},
			{licensing.CodeCompanyRequired, f.main, func(in *purchase) { in.Term, in.Company = "trial", "" }},
			{licensing.CodeSerialRequired, f.main, func(in *purchase) { in.Product, in.Term = "cam", "perpetual" }},
			{licensing.CodeSerialNotAllowed, f.main, func(in *purchase) { in.Serials = []string{"A"} }},
			{licensing.CodeSerialNotAllowed, f.main, func(in *purchase) { in.Product, in.Serials = "cam", []string{"A"} }},
			{licensing.CodeSerialInUse, f.main, func(in *purchase) {
				in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 0, []string{"SN-0", "SN-1"}
			}},
			{licensing.CodeInvalidRequest, f.main, func(in *purchase) {
				in.Product, in.Term, in.Quantity, in.Serials = "cam", "perpetual", 0, []string{"A", "A"}
			}},
			{licensing.CodeInvalidRequest, f.main, func(in *purchase) { in.Company = "a\x00b" }},
			{licensing.CodeNoContract, f.empty, func(in *purchase) { in.Company = "" }},
			{licensing.CodeContractRequired, f.main, func(in *purchase) { in.Product = "both" }},
			{licensing.CodeContractClosed, f.main, func(in *purchase) { in.Contract = "K-CLOSED" }},
			{licensing.CodeContractClosed, f.main, func(in *purchase) { in.Contract = "K-NEXT" }},
			{licensing.CodeProductNotInContr, f.main, func(in *purchase) { in.Product = "old" }},
			{licensing.CodeProductNotInContr, f.main, func(in *purchase) { in.Contract = "K-2" }},
			{licensing.CodeProductNotInContr, limited, func(in *purchase) { in.Product = "rare" }},
			{licensing.CodeProductNotInContr, elsewhere, func(*purchase) {}},
			{licensing.CodeContractNotPermitted, limited, func(in *purchase) { in.Product, in.Contract = "rare", "K-2" }},
			{licensing.CodeInsufficientFunds, f.main, func(in *purchase) { in.Quantity = 84 }},
			{licensing.CodeAmountTooLarge, f.main, func(in *purchase) { in.Product, in.Quantity = "dear", 1_000_000 }},
			{licensing.CodePriceChanged, f.main, func(in *purchase) { in.ExpectedAmount = new(int64(11999)) }},
			{licensing.CodeScopeMissing, f.vendor, func(*purchase) {}},
		} {
			in := service.Purchase{Company: f.acme.ID, Product: "edit", Term: "full:1", Quantity: 1}
			test.change(&in)
			before := f.dump()
			caller, _ := keyed(test.caller, "key")
			_, err := f.Buy(ctx, caller, in)
			requireCode(t, test.code, err, in)
			require.Equal(t, before, f.dump(), in)
			if in.Company != "a\x00b" && test.code != licensing.CodeScopeMissing {
				_, err = f.PreviewPurchase(ctx, test.caller, in)
				requireCode(t, test.code, err, in)
			}
		}
	})
}

func TestContractChoice(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		ctx := t.Context()
		chosen := func(c service.Caller, product, contract string) string {
			deal, err := f.PreviewPurchase(ctx, c, service.Purchase{Product: product, Contract: contract, Term: "full:1", Quantity: 1})
			require.NoError(t, err)
			return deal.Contract.Number
		}
		second, err := f.Contract(ctx, f.main, "K-2")
		require.NoError(t, err)
		require.Equal(t, []string{"both", "rare"}, second.Products)
		limited := f.main
		limited.Token.Contracts = licensing.List{second.Contract.ID}
		require.Equal(t, "K-1", chosen(f.main, "edit", ""))
		require.Equal(t, "K-2", chosen(f.main, "rare", ""))
		require.Equal(t, "K-2", chosen(f.main, "both", "K-2"))
		require.Equal(t, "K-1", chosen(f.main, "both", "K-1"))
		require.Equal(t, "K-2", chosen(f.main, "both", second.Contract.ID))
		require.Equal(t, "K-2", chosen(limited, "both", ""))
		require.Equal(t, "K-SUB", chosen(f.sub, "edit", ""))

		_, err = f.PreviewPurchase(ctx, f.main, service.Purchase{Product: "both", Term: "full:1", Quantity: 1})
		var refusal *licensing.Error
		require.ErrorAs(t, err, &refusal)
		require.Contains(t, refusal.Hint, "K-1")
		require.Contains(t, refusal.Hint, "K-2")
	})
}

// A balance may go down to its limit and no further.
func TestBalanceLimit(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		f.buy(f.main, "", func(in *service.Purchase) { in.Quantity = 83 }) // 996 000 of 1 000 000, and 500 of credit
		for range 6 {
			f.buy(f.main, "", func(in *service.Purchase) { in.Product = "care" }) // 700
		}
		require.EqualValues(t, -200, f.balance(f.main))
		_, err := f.Buy(t.Context(), f.main, service.Purchase{Product: "care", Term: "full:1", Quantity: 1})
		requireCode(t, licensing.CodeInsufficientFunds, err)
		f.buy(f.main, "", func(in *service.Purchase) { in.Product = "gift" })
	})
}
