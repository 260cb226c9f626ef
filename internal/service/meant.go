package service

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/nearest"
	"github.com/resell-cli/resell/internal/store"
)

const (
	fewEnough     = 10  // how many names a hint lists when none of them is near
	mostProducts  = 500 // among how many the near ones are looked for
	mostCompanies = 200 // the same, of those that begin or end like what was asked for
)

// parseTerm reads a term as parse does, and fails with what may have been meant, and with
// the field that it is of.
func parseTerm(text string, parse func(string) (licensing.Term, error)) (licensing.Term, error) {
	term, err := parse(text)
	meant := meantTerm(strings.ToLower(strings.TrimSpace(text)))
	refusal, ok := errors.AsType[*licensing.Error](err)
	if !ok {
		return term, err
	}
	refusal.Fields = []licensing.FieldError{{Field: "term", Message: refusal.Detail}}
	if meant != "" {
		refusal = refusal.WithHint("did you mean %s? %s", meant, refusal.Hint)
	}
	return term, refusal
}

// meantTerm is the term that people may mean who write full3, 2years, 2027-06-30 or
// calender:2; empty where nothing is near.
func meantTerm(text string) string {
	kinds := map[string]licensing.TermKind{
		"full": licensing.TermFull, "calendar": licensing.TermCalendar,
		"yearly": licensing.TermYearly, "years": licensing.TermYearly, "y": licensing.TermYearly, "annual": licensing.TermYearly,
		"monthly": licensing.TermMonthly, "months": licensing.TermMonthly, "m": licensing.TermMonthly,
		"trial": licensing.TermTrial, "days": licensing.TermTrial, "d": licensing.TermTrial,
		"perpetual": licensing.TermPerpetual, "forever": licensing.TermPerpetual, "lifetime": licensing.TermPerpetual,
	}
	word, count := text, ""
	if parts := regexp.MustCompile(`^([a-z]*)[ :=-]*(\d{1,3})[ :-]*([a-z]*)$`).FindStringSubmatch(text); parts != nil {
		word, count = parts[1]+parts[3], parts[2]
	}
	guesses := []string{"until:" + text}
	for _, near := range nearest.Words(word, slices.Sorted(maps.Keys(kinds)), len(kinds)) {
		switch kind := kinds[near]; kind {
		case licensing.TermPerpetual, licensing.TermTrial:
			guesses = append(guesses, strings.Trim(string(kind)+":"+count, ":"), string(kind))
		default:
			guesses = append(guesses, string(kind)+":"+cmp.Or(count, "1"))
		}
	}
	for _, guess := range guesses {
		if term, err := licensing.ParseTerm(guess); err == nil {
			return term.String()
		}
	}
	return ""
}

// noProduct is not_found of a product, with those that a caller may buy and may have meant.
func (s *Service) noProduct(ctx context.Context, tx *store.Tx, c Caller, ref string) error {
	skus, err := s.skusFor(ctx, tx, c)
	if err != nil {
		return err
	}
	return suggest(notFound(named("product", ref)), ref, skus)
}

// noOffer refuses a product that none of the open contracts sells to the caller, with what
// they do sell.
func (s *Service) noOffer(ctx context.Context, tx *store.Tx, c Caller, sku string, open []ContractTerms) error {
	refusal := licensing.Errorf(licensing.CodeProductNotInContr, "no active contract sells %s to this token", sku).
		WithHint("list the products of your contracts")
	skus, err := s.skusFor(ctx, tx, c)
	if err != nil {
		return err
	}
	skus = slices.DeleteFunc(skus, func(other string) bool {
		return !slices.ContainsFunc(open, func(k ContractTerms) bool {
			return c.permits(k.Contract) == nil && slices.Contains(k.Products, other)
		})
	})
	return suggest(refusal, sku, skus)
}

// skusFor are the products that a caller may buy.
func (s *Service) skusFor(ctx context.Context, tx *store.Tx, c Caller) ([]string, error) {
	contracts, err := s.contractsOffered(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(contracts))
	for i, k := range contracts {
		ids[i] = k.ID
	}
	products, err := tx.Products(ctx, store.ProductFilter{Contracts: ids, Seller: c.Reseller.ID}, store.Page{Limit: mostProducts})
	skus := make([]string, len(products))
	for i, p := range products {
		skus[i] = p.SKU
	}
	return skus, err
}

// noContract is not_found of a contract, with those of the caller's own that it may have
// meant.
func noContract(c Caller, ref string, all []ContractTerms) error {
	var numbers []string
	for _, k := range all {
		if c.reads(k.Contract.ResellerID) && c.permits(k.Contract) == nil {
			numbers = append(numbers, k.Contract.Number)
		}
	}
	return suggest(notFound(named("contract", ref)), ref, numbers)
}

// noCompany is not_found of a company, with those that the caller sees and may have meant.
func noCompany(ctx context.Context, tx *store.Tx, c Caller, ref string) error {
	var names []string
	for _, piece := range ends(ref) {
		some, err := tx.Companies(ctx, store.CompanyFilter{Resellers: c.Visible, Search: piece}, store.Page{Limit: mostCompanies})
		if err != nil {
			return err
		}
		for _, company := range some {
			names = append(names, string(company.Domain), company.Name)
		}
	}
	refusal := notFound(named("company", ref))
	if near := nearest.Words(ref, names, 3); len(near) > 0 {
		return refusal.WithHint("did you mean %s?", strings.Join(near, " or "))
	}
	return refusal
}

// ends are how a name or domain begins and, without what is behind the last dot, ends: a
// slip is in one of them at most. There are none of what is too short to be searched for.
func ends(name string) []string {
	body := name
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		body = name[:dot]
	}
	const piece = 3 // runes
	runes := []rune(body)
	if len(runes) < piece {
		return nil
	}
	return []string{string(runes[:piece]), string(runes[len(runes)-piece:])}
}

// suggest gives a refusal of a name the hint of what was meant: the nearest names, or all
// of them where they are few.
func suggest(err error, name string, names []string) error {
	refusal, ok := errors.AsType[*licensing.Error](err)
	if !ok {
		return err
	}
	slices.Sort(names)
	if near := nearest.Words(name, names, 3); len(near) > 0 {
		return refusal.WithHint("did you mean %s?", strings.Join(near, " or "))
	}
	if len(names) > 0 && len(names) <= fewEnough {
		return refusal.WithHint("there are: %s", strings.Join(names, ", "))
	}
	return err
}
