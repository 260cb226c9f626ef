package service

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// quoteDays is for how many days of the vendor's calendar a quote holds, the day it is
// saved on included.
const quoteDays = 3

// SavedQuote is a quote with what it came to.
type SavedQuote struct {
	licensing.Quote
	Terms Deal
}

// SaveQuote keeps a purchase as it is previewed now, to be bought exactly so until the
// end of the vendor's day after tomorrow. It fails as PreviewPurchase does.
func (s *Service) SaveQuote(ctx context.Context, c Caller, in Purchase) (SavedQuote, error) {
	return write(ctx, s, c, "quote-create", in, func(tx *store.Tx) (SavedQuote, error) {
		switch {
		case in.Quote != "":
			return SavedQuote{}, licensing.Invalid("quote", "is for buying: this saves a new one")
		case in.Stock == StockTake:
			return SavedQuote{}, licensing.Invalid("stock", "may be gone when the quote is bought: a quote is for buying all of it")
		}
		in, deal, err := s.purchaseDeal(ctx, tx, c, in, licensing.Date{}, (*store.Tx).Stock)
		if err != nil {
			return SavedQuote{}, err
		}
		quote := licensing.Quote{
			ID: s.newID(prefixQuote), ResellerID: c.Reseller.ID, CreatedAt: s.Now(),
			ExpiresAt: s.startOf(c, s.today(c).AddDays(quoteDays)),
		}
		asked, err := json.Marshal(in)
		if err != nil {
			return SavedQuote{}, fmt.Errorf("keep a quote: %w", err)
		}
		terms, err := json.Marshal(deal)
		if err != nil {
			return SavedQuote{}, fmt.Errorf("keep a quote: %w", err)
		}
		quote.Purchase, quote.Deal = string(asked), string(terms)
		if err := tx.InsertQuote(ctx, quote); err != nil {
			return SavedQuote{}, err
		}
		return SavedQuote{quote, deal}, s.record(ctx, tx, c, "quote.saved", quote.ID, nil, map[string]any{
			"product": deal.Product.SKU, "quantity": deal.Quantity, "amount": deal.Amount, "credits": deal.Credits,
			"currency": deal.Contract.Currency, "expires_at": quote.ExpiresAt.String(),
		})
	})
}

// Quote gives a quote by its id, as it was saved. It fails with not_found.
func (s *Service) Quote(ctx context.Context, c Caller, id string) (SavedQuote, error) {
	return view(ctx, s, func(tx *store.Tx) (SavedQuote, error) {
		quote, err := tx.Quote(ctx, id)
		if err == nil && !c.reads(quote.ResellerID) {
			err = store.ErrNotFound
		}
		saved := SavedQuote{Quote: quote}
		if saved.Quote, err = found(quote, err, named("quote", id)); err != nil {
			return saved, err
		}
		return saved, json.Unmarshal([]byte(quote.Deal), &saved.Terms)
	})
}

// dealAsked is the deal of a purchase, or of the quote that it names, with what was
// asked for.
func (s *Service) dealAsked(ctx context.Context, tx *store.Tx, c Caller, in Purchase, find finders) (Purchase, Deal, error) {
	if in.Quote == "" {
		return s.purchaseDeal(ctx, tx, c, in, licensing.Date{}, find.stock)
	}
	if !reflect.DeepEqual(in, Purchase{Quote: in.Quote, Pay: in.Pay}) {
		return in, Deal{}, licensing.Invalid("quote", "says everything else: leave the other fields out")
	}
	asked, deal, err := s.quotedDeal(ctx, tx, c, in.Quote, find)
	if err == nil {
		err = checkQuotedPayment(in.Pay, deal.Payment)
	}
	return asked, deal, err
}

// checkQuotedPayment refuses to pay for a quote in another way than it says. By card
// it is for somebody else to pay, so that is asked for once more.
func checkQuotedPayment(asked, quoted licensing.Payment) error {
	if quoted == licensing.PayNothing || asked == quoted || (asked == "" && quoted != licensing.PayCard) {
		return nil
	}
	return licensing.Errorf(licensing.CodePaymentNotAllowed, "the quote is to be paid by %s", quoted).
		WithHint("say so, or save another quote")
}

// finders find what a purchase is of: to look at, or locked to be changed.
type finders struct {
	quote func(tx *store.Tx, ctx context.Context, id string) (licensing.Quote, error)
	stock stockFinder
}

func looking() finders { return finders{(*store.Tx).Quote, (*store.Tx).Stock} }
func locking() finders { return finders{(*store.Tx).QuoteForUpdate, (*store.Tx).StockForUpdate} }

// quotedDeal computes a quote's purchase again, to begin on the day that it was quoted
// to begin on. It fails with not_found, read_only, quote_used, quote_expired, with
// quote_changed where anything differs, or as the purchase itself would.
func (s *Service) quotedDeal(ctx context.Context, tx *store.Tx, c Caller, id string, find finders) (Purchase, Deal, error) {
	var asked Purchase
	var quoted Deal
	quote, err := find.quote(tx, ctx, id)
	if quote, err = found(quote, err, named("quote", id)); err == nil {
		err = c.owns(quote.ResellerID, "quote")
	}
	if err == nil {
		err = s.checkQuote(ctx, tx, quote)
	}
	if err == nil {
		err = json.Unmarshal([]byte(quote.Purchase), &asked)
	}
	if err == nil {
		err = json.Unmarshal([]byte(quote.Deal), &quoted)
	}
	if err != nil {
		return asked, quoted, err
	}
	asked, deal, err := s.purchaseDeal(ctx, tx, c, asked, quoted.Period.StartsOn, (*store.Tx).Stock)
	if err != nil {
		return asked, deal, err
	}
	if end := deal.Period.EndsOn; !end.IsZero() && !end.After(s.today(c)) {
		return asked, deal, licensing.Errorf(licensing.CodeQuoteExpired, "what quote %s is for ended on %s", id, end).WithHint("save a new quote")
	}
	return asked, deal, quoted.checkSame(deal)
}

func (s *Service) checkQuote(ctx context.Context, tx *store.Tx, quote licensing.Quote) error {
	if quote.OrderID != "" {
		order, err := tx.OrderByID(ctx, string(quote.OrderID))
		if err != nil {
			return err
		}
		return licensing.Errorf(licensing.CodeQuoteUsed, "quote %s was bought by order %s", quote.ID, order.Number).
			WithHint("save a new quote to buy it again")
	}
	if !s.Now().Before(quote.ExpiresAt.Time) {
		return licensing.Errorf(licensing.CodeQuoteExpired, "quote %s held until %s", quote.ID, quote.ExpiresAt).WithHint("save a new quote")
	}
	return nil
}

// checkSame refuses a deal that is not the quoted one with quote_changed, which tells
// of each field what it was and is. What there is to pay with is no matter of a quote.
func (d Deal) checkSame(now Deal) error {
	was, is := d.told(), now.told()
	refusal := licensing.Errorf(licensing.CodeQuoteChanged, "").WithHint("look at it again, and save a new quote")
	var changes []string
	for i, field := range was {
		if before, after := field.value, is[i].value; before != after {
			message := fmt.Sprintf("was %s and is %s", cmp.Or(before, "nothing"), cmp.Or(after, "nothing"))
			refusal.Fields = append(refusal.Fields, licensing.FieldError{Field: field.name, Message: message})
			changes = append(changes, field.name+" "+message)
		}
	}
	if len(changes) == 0 {
		return nil
	}
	refusal.Detail = "since the quote, " + strings.Join(changes, "; ")
	return refusal
}

type toldField struct{ name, value string }

// told is what a quote tells of a deal, in words.
func (d Deal) told() []toldField {
	money := func(amount int64) string { return licensing.FormatAmount(amount, d.Contract.Currency) }
	return []toldField{
		{"company", d.Company.ID},
		{"product", d.Product.Name},
		{"contract", d.Contract.Number},
		{"conditions", d.Contract.Conditions},
		{"distributor", d.Distributor},
		{"term", d.Term.String()},
		{"starts_on", d.Period.StartsOn.String()},
		{"ends_on", d.Period.EndsOn.String()},
		{"quantity", strconv.FormatInt(d.Quantity, 10)},
		{"payment", string(d.Payment)},
		{"unit_price", money(d.UnitPrice)},
		{"amount", money(d.Amount)},
		{"credits", strconv.FormatInt(d.Credits, 10)},
		{"list_amount", money(d.ListAmount)},
	}
}
