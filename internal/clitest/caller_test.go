package clitest_test

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/clitest"
)

// caller calls the API without the CLI.
type caller struct {
	t      *testing.T
	server *clitest.Server
}

func (c caller) call(token, method, path string, a attempt) (status int, body string) {
	c.t.Helper()
	var sent io.Reader
	if a.body != nil {
		text, err := json.Marshal(a.body)
		require.NoError(c.t, err)
		sent = strings.NewReader(string(text))
	}
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.server.URL+path, sent)
	require.NoError(c.t, err)
	r.URL.RawQuery = a.query.Encode()
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	if method == http.MethodPost {
		r.Header.Set("Idempotency-Key", rand.Text())
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(c.t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	require.NoError(c.t, err)
	return answer.StatusCode, string(text)
}

// make posts a body and reads the answer into out.
func (c caller) make(token, path string, body, out any) {
	c.t.Helper()
	status, text := c.call(token, http.MethodPost, path, attempt{body: body})
	require.Less(c.t, status, http.StatusMultipleChoices, text)
	require.NoError(c.t, json.Unmarshal([]byte(text), out))
}

// buy buys a license that is paid at once.
func (c caller) buy(token string, body api.LicenseAddBody) api.License {
	c.t.Helper()
	var bought api.Purchase
	c.make(token, "/v1/licenses", body, &bought)
	require.Len(c.t, bought.Licenses, 1)
	return bought.Licenses[0]
}

// furnish gives a reseller one thing of every kind.
func (c caller) furnish(token string) tenant {
	c.t.Helper()
	name, domain, email := "Owner's University", "owner.example", "office@owner.example"
	var company api.Company
	c.make(token, "/v1/companies", api.CompanyFields{Name: &name, Domain: &domain, Email: &email}, &company)
	var location api.Location
	c.make(token, "/v1/companies/"+company.ID+"/locations", api.LocationFields{Name: "North campus"}, &location)
	license := c.buy(token, api.LicenseAddBody{
		Company: company.ID, Product: "signage", Term: "yearly:1", Quantity: 5, InvoiceReference: "PO-OWNER",
	})
	// What may be resumed.
	paused := c.buy(token, api.LicenseAddBody{Company: company.ID, Product: "signage", Term: "yearly:1", Quantity: 1})
	c.make(token, "/v1/licenses/"+paused.ID+"/pause", nil, &paused)
	var quote api.Quote
	c.make(token, "/v1/quotes", api.LicenseAddBody{Like: license.ID, OrderNote: "Owner's plan"}, &quote)
	var keys api.KeyGenerateResult
	c.make(token, "/v1/keys", api.KeyGenerateBody{License: license.ID, Name: "Owner's key"}, &keys)
	var device api.Device
	c.make(token, "/v1/devices", api.DeviceActivateBody{Key: keys.FirstID, Serial: "OWNER-SN", Name: "Owner's desk"}, &device)
	var invoices api.InvoiceBatch
	c.make(token, "/v1/invoices", api.InvoiceSendBody{Licenses: []string{license.ID}}, &invoices)
	var received api.List[api.Invoice]
	c.view(token, "/v1/invoices?direction=received", &received)
	bill := received.Data[0]
	var product api.Product
	c.view(token, "/v1/products/remote-desk", &product) // the rival's contract does not sell it
	var contract api.Contract
	c.view(token, "/v1/contracts/K-2026-01", &contract)
	var user api.User
	c.make(token, "/v1/users", api.UserCreateBody{
		Login: "owners-clerk", Email: "clerk@owner.example", Name: "Owner's Clerk", Role: "owner", Password: "of the owner's clerk",
	}, &user)
	var issued api.IssuedToken
	c.make(token, "/v1/tokens", api.TokenCreateBody{Name: "Owner's machine", Scopes: []string{"company:read"}}, &issued)
	below, mail := "Owner's sub-reseller", "sub@owner.example"
	var reseller api.Reseller
	c.make(token, "/v1/resellers", api.ResellerCreateBody{
		Login: "owners-sub", ResellerFields: api.ResellerFields{Name: &below, Email: &mail},
	}, &reseller)
	invoice, key := invoices.Invoices[0], keys.Keys[0]
	return tenant{
		company:  []string{company.ID, company.Domain, company.Name},
		location: []string{location.ID, location.Name},
		license:  []string{license.ID, license.Coupon, paused.ID, paused.Coupon},
		key:      []string{key.ID, key.Code, strings.ToLower(key.Code)},
		device:   []string{device.ID},
		quote:    []string{quote.ID},
		order:    []string{license.OrderID, license.OrderNumber},
		invoice:  []string{invoice.ID, invoice.Number, bill.ID, bill.Number},
		product:  []string{product.ID, product.SKU}, contract: []string{contract.ID, contract.Number},
		user:  []string{user.ID, user.Login},
		token: []string{issued.Token.ID}, reseller: []string{reseller.ID, reseller.Login},
		secrets: []string{
			reseller.ID, reseller.Name, reseller.Email, user.ID, user.Email, user.Name, issued.Token.ID, issued.Secret, issued.Token.Name,
			company.ID, company.Name, company.Email, license.ID, license.Coupon, paused.ID, paused.Coupon, license.OrderID,
			key.ID, key.Code, key.Name, location.ID, location.Name, invoice.ID, contract.ID, contract.Number, "PO-OWNER", "Demo Reseller",
			device.ID, device.Name, bill.ID, bill.Number,
		},
	}
}

func (c caller) view(token, path string, out any) {
	c.t.Helper()
	path, query, _ := strings.Cut(path, "?")
	values, err := url.ParseQuery(query)
	require.NoError(c.t, err)
	status, text := c.call(token, http.MethodGet, path, attempt{query: values})
	require.Equal(c.t, http.StatusOK, status, text)
	require.NoError(c.t, json.Unmarshal([]byte(text), out))
}

// counts sums up what the demo reseller has.
func (c caller) counts() string {
	c.t.Helper()
	var all []string
	for table, sum := range map[string]string{
		"companies": "version", "licenses": "version", "orders": "amount", "ledger": "amount", "balances": "amount",
		"credits": "amount", "invoices": "version", "keys": "seats", "users": "version", "tokens": "length(coalesce(revoked_at, ''))",
	} {
		var rows, total int64
		err := c.server.DB.QueryRowContext(c.t.Context(), fmt.Sprintf(
			"SELECT count(*), sum(%s) FROM %s WHERE reseller_id = (SELECT id FROM resellers WHERE login = 'demo')", sum, table)).Scan(&rows, &total)
		require.NoError(c.t, err)
		all = append(all, fmt.Sprintf("%s %d %d", table, rows, total))
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}
