package output_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/output"
)

func TestCard(t *testing.T) {
	t.Parallel()
	card := output.Card{Title: "Acme\x1b[31m", Sections: []output.Section{
		{Item: licenses()[0], Columns: []output.Column{{Field: "id"}, {Field: "company.name", Header: "COMPANY"}, {Field: "ends_on"}}},
		{Heading: "Licenses", Rows: licenses(), Columns: []output.Column{{Field: "id"}, {Field: "quantity", Right: true}}},
		{Heading: "Invoices", Rows: []license{}, Note: "none"},
		{Heading: "Can be done now", Lines: []string{"resell license view lic_1", "resell license pause lic_1"}},
	}}
	show := func(o output.Options) string {
		var buf bytes.Buffer
		require.NoError(t, output.New(&buf, o).Card(card))
		return buf.String()
	}
	require.Equal(t, `Acme\u001b[31m

Id:      lic_1
Company: Acme | <Sons> & Co
Ends on: 2027-01-01

Licenses:
          QUANTITY  ID
  9007199254740993  lic_1
                 2  lic_2

Invoices:
  none

Can be done now:
  resell license view lic_1
  resell license pause lic_1
`, show(output.Options{Terminal: true}))
	require.Equal(t, `Acme\u001b[31m

Id: lic_1
Company: Acme | <Sons> & Co
Ends on: 2027-01-01

Licenses:
Quantity: 9007199254740993
Id: lic_1

Quantity: 2
Id: lic_2

Invoices:
none

Can be done now: resell license view lic_1
Can be done now: resell license pause lic_1
`, show(output.Options{Terminal: true, Accessible: true}))
	colored := show(output.Options{Terminal: true, Color: true})
	require.Contains(t, colored, "\x1b[1mAcme\\u001b[31m\x1b[0m")
	require.Equal(t, show(output.Options{Terminal: true}), strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(colored))
}

func TestShare(t *testing.T) {
	t.Parallel()
	p := output.New(nil, output.Options{})
	for _, c := range []struct {
		part, whole int64
		want        string
	}{
		{0, 5, "[--------------------] x"},
		{2, 5, "[########------------] x"},
		{99, 100, "[###################-] x"}, // full is full, and nothing else
		{5, 5, "[####################] x"},
		{7, 5, "[####################] x"},
		{-1, 5, "[--------------------] x"},
		{1, 0, "x"},
	} {
		require.Equal(t, c.want, p.Share(c.part, c.whole, "x"))
	}
	require.Equal(t, "x", output.New(nil, output.Options{Accessible: true}).Share(2, 5, "x"))
}

func TestGlances(t *testing.T) {
	t.Parallel()
	require.True(t, output.New(nil, output.Options{Terminal: true, Accessible: true}).Glances())
	for _, o := range []output.Options{
		{},
		{Terminal: true, Format: output.Table},
		{Terminal: true, Fields: []string{"id"}},
		{Terminal: true, Columns: []string{"id"}},
		{Terminal: true, JQ: "."},
		{Terminal: true, Template: "x"},
	} {
		require.False(t, output.New(nil, o).Glances())
	}
}
