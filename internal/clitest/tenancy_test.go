package clitest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/clitest"
)

// tenant is what a reseller has, by the names that its things can be called.
type tenant struct {
	company, location, license, key, order, invoice, product, contract []string
	device, user, token, reseller, quote                               []string
	secrets                                                            []string // what no other reseller may ever be told
}

// attempt is one request of a stranger, on every path that the owner's names make of
// the endpoint's.
type attempt struct {
	query  url.Values
	body   any
	status int
	bare   bool // the answer is a list, or an export, without a row
	spare  bool // with a token that is of no use after it
}

// Another reseller's token reaches nothing of the owner's, on any endpoint, by any
// name. An endpoint that is added needs its attempts here.
func TestTenancy(t *testing.T) {
	t.Parallel()
	s := clitest.Start(t, clitest.Options{MailDir: filepath.Join(t.TempDir(), "mail")})
	caller := caller{t: t, server: s}
	owner, stranger := s.Token(t, "demo", noExpiry()), s.Token(t, clitest.Rival, noExpiry())
	has := caller.furnish(owner)
	attempts := has.attempts()
	before := caller.counts()
	endpoints := api.Endpoints()
	require.Len(t, attempts, len(endpoints), "an endpoint that is gone still has attempts")
	for _, m := range endpoints {
		tries, ok := attempts[m.ID]
		require.True(t, ok && len(tries) > 0, "%s: try it with another reseller's token", m.ID)
		for _, path := range has.paths(t, m.Path) {
			for _, try := range tries {
				token := stranger
				if try.spare {
					token = s.Token(t, clitest.Rival, noExpiry())
				}
				status, body := caller.call(token, m.Method, path, try)
				require.Equal(t, try.status, status, "%s %s: %s", m.Method, path, body)
				for _, secret := range has.secrets {
					// A refusal repeats what was asked for, which the caller knew.
					told := strings.ReplaceAll(body, fmt.Sprintf(` \"%s\"`, secret), "")
					told = regexp.MustCompile(`"subject":\{"kind":"[a-z ]+","name":"`+regexp.QuoteMeta(secret)+`"\}`).ReplaceAllString(told, "")
					require.NotContains(t, told, secret, "%s %s", m.Method, path)
				}
				if try.bare {
					requireBare(t, body)
				}
				if m.Method == http.MethodGet && status == http.StatusNotFound {
					status, body = caller.call(owner, m.Method, path, try)
					require.Equal(t, http.StatusOK, status, "the owner itself: %s %s: %s", m.Method, path, body)
				}
			}
		}
	}
	require.Equal(t, before, caller.counts(), "the owner's things have changed")
	_, broken := s.Gate.Violations()
	require.NoError(t, broken)
}

// attempts are those of each endpoint, by its id.
func (has tenant) attempts() map[string][]attempt {
	gone := []attempt{{status: http.StatusNotFound}}
	bare := attempt{status: http.StatusOK, bare: true}
	allowed := []attempt{{status: http.StatusOK}}
	filtered := func(parameter string, names []string) []attempt {
		var all []attempt
		for _, name := range names {
			all = append(all, attempt{query: url.Values{parameter: {name}}, status: http.StatusNotFound})
		}
		return all
	}
	bodies := func(names []string, body func(name string) any) []attempt {
		var all []attempt
		for _, name := range names {
			all = append(all, attempt{body: body(name), status: http.StatusNotFound})
		}
		return all
	}
	buying := append(
		bodies(has.company, func(name string) any {
			return api.LicenseAddBody{Company: name, Product: "signage", Term: "yearly:1", Quantity: 1}
		}),
		bodies(has.contract, func(name string) any {
			return api.LicenseAddBody{Contract: name, Product: "signage", Term: "yearly:1", Quantity: 1}
		})...)
	buying = append(buying, bodies(has.license, func(name string) any { return api.LicenseAddBody{Like: name} })...)
	quoted := bodies(has.quote, func(name string) any { return api.LicenseAddBody{Quote: name} })
	extending := []attempt{{body: api.LicenseExtendBody{Term: "yearly:1"}, status: http.StatusNotFound}}
	upgrading := []attempt{{body: api.LicenseUpgradeBody{Quantity: 1000, Edition: "pro"}, status: http.StatusNotFound}}
	trial := url.Values{"dry_run": {"true"}}
	invoicing := bodies(has.license, func(name string) any { return api.InvoiceSendBody{Licenses: []string{name}} })
	byLicense, byCompany := filtered("license", has.license), filtered("company", has.company)
	searched := attempt{query: url.Values{"search": {"owner"}}, status: http.StatusOK, bare: true}
	code, domain, name, email := has.key[1], has.company[1], "Stranger", "me@rival.example"
	unknown := api.ActivationBody{Code: "0000-0000-0000-0000", Serial: "OWNER-SN"}

	return map[string][]attempt{
		"session-view":     allowed,
		"session-create":   {{body: api.SessionCreateBody{Login: has.user[1], Password: "a wild guess at it"}, status: http.StatusUnauthorized}},
		"session-delete":   {{status: http.StatusOK, spare: true}},
		"session-password": {{body: api.SessionPasswordBody{Old: "a wild guess at it", New: "another password"}, status: http.StatusForbidden}},
		"user-create": append(
			bodies(has.contract, func(name string) any {
				return api.UserCreateBody{Login: "mine", Email: "me@rival.example", Name: "Me", Role: "viewer", Contracts: []string{name}}
			}),
			attempt{body: api.UserCreateBody{Login: has.user[1], Email: "me@rival.example", Name: "Me", Role: "viewer"}, status: http.StatusConflict}),
		"user-list":     {bare, {query: url.Values{"reseller": {has.reseller[0]}}, status: http.StatusNotFound}, {query: url.Values{"reseller": {"demo"}}, status: http.StatusNotFound}},
		"user-view":     gone,
		"user-edit":     {{body: api.UserFields{Email: &email}, status: http.StatusNotFound}},
		"user-delete":   gone,
		"user-password": gone,
		"token-create": bodies(has.contract, func(name string) any {
			return api.TokenCreateBody{Name: "mine", Scopes: []string{"company:read"}, Contracts: []string{name}}
		}),
		"token-list":   append([]attempt{{query: url.Values{"user": {has.user[1]}}, status: http.StatusNotFound}}, allowed...),
		"token-revoke": gone,

		"reseller-create": {
			{body: api.ResellerCreateBody{Login: has.reseller[1], ResellerFields: api.ResellerFields{Name: &name, Email: &email}}, status: http.StatusConflict},
			{body: api.ResellerCreateBody{Login: has.user[1], ResellerFields: api.ResellerFields{Name: &name, Email: &email}}, status: http.StatusConflict},
		},
		"reseller-list":    append([]attempt{bare}, filtered("parent", has.reseller)...),
		"reseller-view":    gone,
		"reseller-edit":    {{body: api.ResellerEditBody{ResellerFields: api.ResellerFields{Email: &email}}, status: http.StatusNotFound}},
		"reseller-invite":  gone,
		"reseller-grant":   {{body: api.ResellerGrantBody{Product: "signage", Quantity: 1}, status: http.StatusNotFound}},
		"reseller-deposit": {{body: api.ResellerDepositBody{Currency: "EUR", Amount: 1}, status: http.StatusForbidden}},
		"credit-view":      append(filtered("reseller", has.reseller), allowed...),
		"credit-history":   append(filtered("reseller", has.reseller), allowed...),

		"company-create": {{body: api.CompanyFields{Name: &name, Domain: new(string)}, status: http.StatusCreated}},
		"company-list": {
			{query: url.Values{"search": {"owner"}}, status: http.StatusOK, bare: true},
			{query: url.Values{"domain": {domain}}, status: http.StatusOK, bare: true},
		},
		"company-view": gone,
		"company-edit": {{body: api.CompanyFields{Name: &name}, status: http.StatusNotFound}, {query: trial, body: api.CompanyFields{Name: &name}, status: http.StatusNotFound}},
		// It would be the stranger's own company of that domain.
		"company-import":  {{body: api.CompanyImportBody{DryRun: true, Companies: []api.CompanyFields{{Name: &name, Domain: &domain}}}, status: http.StatusOK}},
		"location-add":    {{body: api.LocationFields{Name: "Here"}, status: http.StatusNotFound}},
		"location-list":   gone,
		"location-remove": gone,
		"product-list":    append(filtered("contract", has.contract), attempt{query: url.Values{"search": {"remote"}}, status: http.StatusOK, bare: true}),
		"product-view":    gone,
		"contract-list":   allowed,
		"contract-view":   gone,

		"catalog-apply": {{body: api.CatalogApplyBody{Catalog: api.Catalog{
			Vendor: api.CatalogVendor{Name: "Mine", MailFrom: "me@rival.example"},
		}}, status: http.StatusForbidden}},
		"catalog-view": {{status: http.StatusForbidden}},

		"license-preview":         append(quoted, buying...),
		"license-add":             append(quoted, buying...),
		"quote-create":            buying,
		"quote-view":              gone,
		"license-list":            append([]attempt{bare, searched}, byCompany...),
		"license-view":            gone,
		"license-extend-preview":  extending,
		"license-extend":          extending,
		"license-upgrade-preview": upgrading,
		"license-upgrade":         upgrading,
		"license-assign":          {{body: api.LicenseAssignBody{Company: "Stranger"}, status: http.StatusNotFound}},
		"license-pause":           gone,
		"license-resume":          gone,
		"license-edit":            {{body: api.LicenseFields{Note: &name}, status: http.StatusNotFound}, {query: trial, body: api.LicenseFields{Note: &name}, status: http.StatusNotFound}},
		"license-delete":          gone,
		"clock-view":              allowed,
		"clock-advance":           {{body: api.ClockAdvanceBody{By: "1h"}, status: http.StatusOK}},
		"license-history":         gone,
		"company-history":         gone,
		"license-auto-renew":      {{body: api.LicenseAutoRenewBody{Enabled: true}, status: http.StatusNotFound}},

		// A code is taken wherever it is; no more than that is told.
		"key-generate": append(bodies(has.license, func(name string) any { return api.KeyGenerateBody{License: name} }),
			attempt{body: api.KeyGenerateBody{Key: code}, status: http.StatusConflict}),
		"key-list": append([]attempt{bare}, append(append(byLicense, byCompany...), filtered("order", has.order)...)...),
		"key-view": gone,
		// With a key of the stranger's own it would be the license that is not found.
		"key-assign": bodies(has.license, func(name string) any { return api.KeyAssignBody{Licenses: []string{name}} }),
		"key-check":  gone,

		"device-list":       append([]attempt{bare, searched}, append(append(byLicense, byCompany...), filtered("key", has.key)...)...),
		"device-view":       gone,
		"device-deactivate": gone,
		"device-activate": append(
			bodies(has.license, func(name string) any { return api.DeviceActivateBody{License: name, Serial: "OWNER-SN"} }),
			bodies(has.key, func(name string) any { return api.DeviceActivateBody{Key: name, Serial: "OWNER-SN"} })...),
		"license-file":        {{body: api.LicenseFileBody{Serial: "OWNER-SN"}, status: http.StatusNotFound}},
		"public-key-view":     allowed,
		"license-link":        {{body: api.LicenseLinkBody{}, status: http.StatusNotFound}},
		"license-link-revoke": gone,
		"license-activate":    {{body: api.LicenseActivateBody{Email: "office@owner.example"}, status: http.StatusNotFound}},
		"license-transfer":    {{body: api.LicenseTransferBody{FromSerial: "OWNER-SN", ToSerial: "SN"}, status: http.StatusNotFound}},
		// The code is all that is asked for here: a stranger has none.
		"activation-create":     {{body: api.ActivationCreateBody{ActivationBody: unknown}, status: http.StatusNotFound}},
		"activation-deactivate": {{body: unknown, status: http.StatusNotFound}},
		"activation-check":      {{body: unknown, status: http.StatusNotFound}},

		"order-list":   append([]attempt{bare, searched}, byCompany...),
		"order-view":   gone,
		"order-pay":    gone,
		"order-cancel": gone,
		"order-resend": gone,

		"order-refund-preview": gone,
		"order-refund":         {{body: api.OrderRefundBody{Reason: "mine"}, status: http.StatusNotFound}},

		"balance-view":    append(filtered("reseller", has.reseller), allowed...),
		"dashboard-view":  append(filtered("reseller", has.reseller), allowed...),
		"balance-history": append(filtered("reseller", has.reseller), allowed...),

		"invoice-preview": invoicing,
		"invoice-send":    invoicing,
		"invoice-list": append([]attempt{bare, searched, {query: url.Values{"direction": {"received"}}, status: http.StatusOK, bare: true}},
			append(byCompany, filtered("order", has.order)...)...),
		"invoice-view":         gone,
		"invoice-document":     gone,
		"invoice-resend":       gone,
		"invoice-pay":          {{body: api.InvoicePayBody{}, status: http.StatusNotFound}},
		"invoice-void-preview": gone,
		"invoice-void":         gone,

		"export-companies": {searched, {query: url.Values{"ids": {has.company[0]}}, status: http.StatusOK, bare: true}},
		"export-licenses":  append([]attempt{bare, {query: url.Values{"ids": {has.license[0]}}, status: http.StatusOK, bare: true}}, byCompany...),
		"export-keys": append([]attempt{bare, {query: url.Values{"after": {"start"}}, status: http.StatusOK, bare: true}},
			byLicense...),
		"export-orders": append([]attempt{bare}, byCompany...),
		"export-invoices": append([]attempt{bare, searched, {query: url.Values{"direction": {"received"}}, status: http.StatusOK, bare: true}},
			append(byCompany, filtered("order", has.order)...)...),
		"export-devices": append([]attempt{bare, searched}, append(append(byLicense, byCompany...), filtered("key", has.key)...)...),
	}
}

// paths fills the parameter of a path with each name of the owner's thing.
func (has tenant) paths(t *testing.T, path string) []string {
	t.Helper()
	before, rest, ok := strings.Cut(path, "{")
	if !ok {
		return []string{path}
	}
	parameter, after, _ := strings.Cut(rest, "}")
	names := map[string][]string{
		"company": has.company, "location": has.location, "license": has.license, "key": has.key, "order": has.order, "invoice": has.invoice,
		"product": has.product, "contract": has.contract, "code": {has.key[1], has.key[2], has.license[1]}, "device": has.device,
		"user": has.user, "token": has.token, "reseller": has.reseller, "quote": has.quote,
	}[parameter]
	require.NotEmpty(t, names, "no names for {%s}", parameter)
	var all []string
	for _, name := range names {
		for _, end := range has.paths(t, after) {
			all = append(all, before+url.PathEscape(name)+end)
		}
	}
	return all
}

// requireBare wants a list, or an export, without rows.
func requireBare(t *testing.T, body string) {
	t.Helper()
	if !strings.HasPrefix(body, "{") {
		require.Equal(t, 1, strings.Count(body, "\n"), "rows: %s", body)
		return
	}
	var list api.List[json.RawMessage]
	require.NoError(t, json.Unmarshal([]byte(body), &list))
	require.Empty(t, list.Data)
	require.Empty(t, list.NextCursor)
}
