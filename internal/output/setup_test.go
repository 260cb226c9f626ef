package output_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/output"
)

type company struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type license struct {
	ID       string            `json:"id"`
	Company  *company          `json:"company"`
	Quantity int64             `json:"quantity"`
	Price    int64             `json:"price"`
	Currency string            `json:"currency"`
	EndsOn   string            `json:"ends_on,omitempty"`
	Tags     []string          `json:"tags"`
	Meta     map[string]string `json:"meta,omitempty"`
	AutoRen  bool              `json:"auto_renew"`
}

func now() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }

func licenses() []license {
	return []license{
		{
			ID: "lic_1", Company: &company{ID: "com_1", Name: "Acme | <Sons> & Co"}, Quantity: 9007199254740993,
			Price: 123450, Currency: "EUR", EndsOn: "2027-01-01", Tags: []string{"eu", "vip"}, AutoRen: true,
		},
		{ID: "lic_2", Company: &company{ID: "com_2", Name: "日本商事"}, Quantity: 2, Price: -500, Currency: "JPY"},
	}
}

func licenseColumns() []output.Column {
	return []output.Column{
		{Field: "id"},
		{Field: "company.name", Header: "COMPANY"},
		{Field: "quantity", Right: true},
		{Field: "price", Format: output.New(nil, output.Options{}).Money("currency"), Right: true},
		{Field: "ends_on", Format: output.Day(now())},
	}
}

// list returns what a Printer with options o writes for rows.
func list(t *testing.T, o output.Options, rows any, cols []output.Column) string {
	t.Helper()
	var buf bytes.Buffer
	require.NoError(t, output.New(&buf, o).List(rows, cols))
	return buf.String()
}

func item(t *testing.T, o output.Options, v any, cols []output.Column) string {
	t.Helper()
	var buf bytes.Buffer
	require.NoError(t, output.New(&buf, o).Item(v, cols))
	return buf.String()
}
