package invoice

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/licensing"
)

// sample is an invoice with something of everything.
func sample() Document {
	return Document{
		Kind: licensing.KindInvoice, Number: "INV-2026-000042",
		IssuedOn: licensing.NewDate(2026, 11, 21), DueOn: licensing.NewDate(2026, 12, 21),
		Seller: licensing.Party{
			Name: "Nordlicht Software GmbH", Address: "Große Elbstraße 14", PostalCode: "22767", City: "Hamburg",
			Country: "DE", VATID: "DE812345678", Email: "billing@nordlicht.example",
		},
		Buyer: licensing.Party{
			Name: "Żółć i Synowie Sp. z o.o.", Address: "Dział księgowości\nul. Świętego Jana 7/3", PostalCode: "31-017",
			City: "Kraków", Country: "pl", VATID: "PL6762438901", Email: "faktury@zolc.example",
		},
		Currency: "EUR",
		Lines: []Line{
			{
				Description: "Editor Pro, 25 seats, 3 years", Quantity: 25, UnitPrice: 14900, Per: licensing.PerYear, Amount: 1117500,
				From: licensing.NewDate(2026, 11, 21), To: licensing.NewDate(2029, 11, 21), Reference: "PO 4711/a",
			},
			{
				Description: "Мониторинг — Ελληνική έκδοση", Quantity: 1, UnitPrice: 4999, Per: licensing.PerMonth, Amount: 4999,
				From: licensing.NewDate(2026, 11, 21), To: licensing.NewDate(2026, 12, 21),
			},
			{
				Description: "Archive Server, perpetual", Quantity: 1, UnitPrice: 250000, Per: licensing.Once, Amount: 250000,
				From: licensing.NewDate(2026, 11, 21),
			},
		},
		Net: 1372499, TaxRate: 1900, Tax: 260775, Total: 1633274,
		References: []string{"Order 2026-118", "Cost centre 77"},
		Note:       "Nordbank Hamburg\nIBAN DE02 1203 0000 0000 2020 51, BIC BYLADEM1001",
		Language:   "en",
	}
}

// long is the sample with n lines, one in ten of them with a long description.
func long(n int) Document {
	d := sample()
	d.Lines, d.Net = nil, 0
	for i := range n {
		l := Line{
			Description: fmt.Sprintf("Product %04d", i+1), Quantity: int64(i + 1), UnitPrice: 1000, Amount: int64(i+1) * 1000,
			From: licensing.NewDate(2026, 11, 21), To: licensing.NewDate(2027, 11, 21),
		}
		if i%10 == 9 {
			l.Description += " with all that is said of it: every module, support by telephone on working days, the archive of the years before, and training for two"
		}
		d.Lines = append(d.Lines, l)
		d.Net += l.Amount
	}
	d.Tax = d.Net * 19 / 100
	d.Total = d.Net + d.Tax
	return d
}

// creditNote takes the sample back.
func creditNote() Document {
	d := sample()
	d.Kind, d.Number, d.Cancels, d.DueOn = licensing.KindCreditNote, "CRN-2026-000003", d.Number, licensing.Date{}
	return d
}

func TestValidate(t *testing.T) {
	t.Parallel()

	require.NoError(t, sample().Validate())
	require.NoError(t, long(500).Validate())
	require.NoError(t, creditNote().Validate())

	tests := map[string]func(*Document){
		"unknown kind \"\"":                    func(d *Document) { d.Kind = "" },
		"number is missing":                    func(d *Document) { d.Number = " " },
		"date is missing":                      func(d *Document) { d.IssuedOn = licensing.Date{} },
		"seller's name is missing":             func(d *Document) { d.Seller.Name = "" },
		"buyer's name is missing":              func(d *Document) { d.Buyer.Name = "\n" },
		"\"eur\" is no currency code":          func(d *Document) { d.Currency = "eur" },
		"\"EURO\" is no currency code":         func(d *Document) { d.Currency = "EURO" },
		"names the invoice that it cancels":    func(d *Document) { d.Kind = licensing.KindCreditNote },
		"there are no lines":                   func(d *Document) { d.Lines = nil },
		"tax rate is negative":                 func(d *Document) { d.TaxRate = -1 },
		"line 2 has no description":            func(d *Document) { d.Lines[1].Description = "" },
		"line 1 ends on 2026-11-21":            func(d *Document) { d.Lines[0].To = d.Lines[0].From },
		"lines add up to 1372500, not":         func(d *Document) { d.Lines[0].Amount++ },
		"not to the net amount 1372498":        func(d *Document) { d.Net-- },
		"add up to 1633274, not":               func(d *Document) { d.Total++ },
		"add up to 1633275, not":               func(d *Document) { d.Tax++ },
		"a tax of 260777 is not":               func(d *Document) { d.Tax, d.Total = d.Tax+2, d.Total+2 },
		"a rate of 0 makes":                    func(d *Document) { d.TaxRate = 0 },
		"lines add up to 18446744073709551614": func(d *Document) { overflow(d, 2) },
		"lines add up to 36893488147419103228": func(d *Document) { overflow(d, 4) },
		"add up to 9223372036854775808, not":   func(d *Document) { overflow(d, 1); d.Net, d.Tax, d.Total = math.MaxInt64, 1, math.MinInt64 },
		"of 9223372036854775807 is not what a ra": func(d *Document) {
			d.Lines = []Line{{Description: "x"}}
			d.Net, d.Tax, d.Total = 0, math.MaxInt64, math.MaxInt64
		},
	}
	for want, change := range tests {
		t.Run(want, func(t *testing.T) {
			t.Parallel()

			d := sample()
			change(&d)
			err := d.Validate()
			require.ErrorIs(t, err, ErrInvalid)
			require.ErrorContains(t, err, want)
		})
	}
}

// overflow makes lines whose sum an int64 would get wrong.
func overflow(d *Document, n int) {
	d.Lines = nil
	for range n {
		d.Lines = append(d.Lines, Line{Description: "x", Amount: math.MaxInt64})
	}
}

func TestValidateTaxRounding(t *testing.T) {
	t.Parallel()

	// Three lines of 0.33 at 19%: 0.0627 each, 0.06 rounded; 0.1881 together, 0.19.
	for tax, ok := range map[int64]bool{17: false, 18: true, 19: true, 20: true, 21: false} {
		d := sample()
		for i := range d.Lines {
			d.Lines[i].Amount = 33
		}
		d.Net, d.Tax, d.Total = 99, tax, 99+tax
		require.Equal(t, ok, d.Validate() == nil, "%d", tax)
	}
}

// stored is a document as the database has it.
func stored(d Document) licensing.Invoice {
	i := licensing.Invoice{
		ID: "inv_1", SellerID: "rsl_1", Kind: d.Kind, Number: d.Number, State: licensing.InvoiceSent, Currency: d.Currency,
		Net: d.Net, TaxRate: d.TaxRate, Tax: d.Tax, Amount: d.Total, Language: d.Language, Email: d.Buyer.Email,
		Seller: d.Seller, Buyer: d.Buyer, Note: d.Note, IssuedOn: d.IssuedOn, DueOn: d.DueOn, PaidOn: d.PaidOn,
		CreatedAt: licensing.At(time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)), CancelsNumber: licensing.Ref(d.Cancels),
	}
	for _, l := range d.Lines {
		i.Lines = append(i.Lines, licensing.InvoiceLine{
			Description: l.Description, Quantity: l.Quantity, UnitPrice: l.UnitPrice, Interval: l.Per, Amount: l.Amount,
			StartsOn: l.From, EndsOn: l.To, InvoiceReference: l.Reference,
		})
	}
	return i
}

func TestNewDocument(t *testing.T) {
	t.Parallel()

	want := creditNote()
	want.References = nil
	want.PaidOn, want.DueOn = licensing.NewDate(2026, 11, 30), licensing.NewDate(2026, 12, 1)
	got := NewDocument(stored(want))
	require.Equal(t, want, got)
	require.NoError(t, got.Validate())

	void := stored(sample())
	void.State, void.OrderNumber = licensing.InvoiceVoid, "ORD-2026-000007"
	got = NewDocument(void)
	require.True(t, got.DueOn.IsZero(), "nothing is left to pay")
	require.Equal(t, []string{"ORD-2026-000007"}, got.References)
}

// A tax that is part of the total is off by more than half a unit of what the rate
// makes of the net amount; as far as its own rounding takes it, and no further.
func TestValidateIncludedTax(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		d := sample()
		d.TaxRate = rapid.Int64Range(0, licensing.MaxTaxRate).Draw(rt, "rate")
		d.Total = rapid.Int64Range(1, 1<<50).Draw(rt, "total")
		d.Tax = licensing.IncludedTax(d.Total, d.TaxRate)
		d.Net = d.Total - d.Tax
		d.Lines = []Line{{Description: "x", Quantity: 1, UnitPrice: d.Net, Amount: d.Net}}
		require.NoError(rt, d.Validate())
		d.Tax, d.Total = d.Tax+2, d.Total+2
		require.ErrorIs(rt, d.Validate(), ErrInvalid)
	})
}

func TestValidateNegativeAmounts(t *testing.T) {
	t.Parallel()

	d := creditNote()
	for i := range d.Lines {
		d.Lines[i].Amount *= -1
	}
	d.Net, d.Tax, d.Total = -d.Net, -d.Tax, -d.Total
	require.NoError(t, d.Validate())
	require.Equal(t, "-16,332.74\u00a0EUR", newSheet(d).Total.Value)
	d.Tax *= -1
	d.Total = d.Net + d.Tax
	require.ErrorIs(t, d.Validate(), ErrInvalid)
}
