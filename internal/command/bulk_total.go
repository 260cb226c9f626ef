package command

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/output"
)

// bulkTotal is what all rows cost together.
type bulkTotal struct {
	money   map[string]map[string]int64 // by how it is paid and currency, minor units
	credits map[string]int64            // by product
	balance map[string]int64            // before it, by currency
	left    map[string]int64            // credits before it, by product
}

func (l bulkLook) total() bulkTotal {
	t := bulkTotal{make(map[string]map[string]int64), make(map[string]int64), make(map[string]int64), make(map[string]int64)}
	for row, p := range l.previews {
		if _, no := l.problems[row]; no {
			continue
		}
		for _, cost := range p.Costs {
			t.add(cost)
		}
	}
	return t
}

func (t bulkTotal) add(cost api.Preview) {
	switch {
	case cost.Payment == "credits":
		t.credits[cost.Product.SKU] += cost.Credits
		t.left[cost.Product.SKU] = cost.CreditsBefore
	case cost.Amount > 0:
		if t.money[cost.Payment] == nil {
			t.money[cost.Payment] = make(map[string]int64)
		}
		t.money[cost.Payment][cost.Currency] += cost.Amount
		t.balance[cost.Currency] = cost.BalanceBefore
	}
}

// afford refuses what the balance or the credits do not cover as a whole: the server
// looks at each row alone.
func (r *bulkRunner[I, O]) afford(ctx context.Context, look bulkLook) error {
	t := look.total()
	for _, sku := range slices.Sorted(maps.Keys(t.credits)) {
		if missing := t.credits[sku] - t.left[sku]; missing > 0 {
			return &RefusedError{
				Code:    "insufficient_credits",
				Message: fmt.Sprintf("all rows together cost %d credits of %s, and there are %d: %d are missing; nothing was done", t.credits[sku], sku, t.left[sku], missing),
				Hint:    "ask for more credits, or give fewer rows",
			}
		}
	}
	for _, currency := range slices.Sorted(maps.Keys(t.money["balance"])) {
		sum, has := t.money["balance"][currency], t.balance[currency]
		if sum <= has {
			continue
		}
		limit, err := r.creditLimit(ctx, currency)
		if err != nil {
			return err
		}
		if missing := sum - has - limit; missing > 0 {
			return &RefusedError{
				Code: "insufficient_balance",
				Message: fmt.Sprintf("all rows together cost %s, and the balance is %s: %s are missing; nothing was done",
					output.FormatMoney(sum, currency), output.FormatMoney(has, currency), output.FormatMoney(missing, currency)),
				Hint: "ask for a deposit, or give fewer rows",
			}
		}
	}
	return nil
}

func (r *bulkRunner[I, O]) creditLimit(ctx context.Context, currency string) (int64, error) {
	balances, err := client.Call(ctx, r.c, api.BalanceView, api.BalanceViewInput{})
	if err != nil {
		return 0, fmt.Errorf("look up the credit limit: %w", err)
	}
	for _, b := range balances.Data {
		if b.Currency == currency {
			return b.CreditLimit, nil
		}
	}
	return 0, nil
}

// words are the price, "" where it is nothing.
func (t bulkTotal) words(f *Factory) string {
	words := map[string]string{"card": " by card", "invoice": " on account"}
	var parts []string
	for _, payment := range []string{"", "balance", "invoice", "card"} {
		for _, currency := range slices.Sorted(maps.Keys(t.money[payment])) {
			parts = append(parts, f.Money(t.money[payment][currency], currency)+words[payment])
		}
	}
	for _, sku := range slices.Sorted(maps.Keys(t.credits)) {
		parts = append(parts, fmt.Sprintf("%d credits of %s", t.credits[sku], sku))
	}
	return strings.Join(parts, " and ")
}
