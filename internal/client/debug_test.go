package client

import (
	"bytes"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

func TestMask(t *testing.T) {
	t.Parallel()
	const id = "lic_01JD7W8Q6M3N4P5R6S7T8V9W0X"
	for target, want := range map[string]string{
		"/v1/session":                            "/v1/session",
		"/v1/licenses/" + id + "/extend/preview": "/v1/licenses/" + id + "/extend/preview",
		"/v1/licenses/ABCD2345":                  "/v1/licenses/***",
		"/v1/keys/ABCD-EFGH-JKMN-PQRS":           "/v1/keys/***",
		"/v1/companies/acme.example":             "/v1/companies/***",
		"/v1/licenses/lic_ABCD2345":              "/v1/licenses/***",
		"/v1/keys?license=ABCD2345&limit=50":     "/v1/keys?license=***&limit=50",
		"/v1/keys?license=" + id:                 "/v1/keys?license=" + id,
		"/v1/companies?email=a%40b.example&x":    "/v1/companies?email=***&x=***",
		"/v1/licenses?search=ABCD2345":           "/v1/licenses?search=***",
		"/rs_live_abc?rs_live_abc=1":             "/***?rs_live_abc=***",
	} {
		require.Equal(t, want, mask(target))
	}
}

func TestDebugAndErrorsHoldNoSecrets(t *testing.T) {
	t.Parallel()
	log := &bytes.Buffer{}
	f := setup(t, func(n int, w http.ResponseWriter, r *http.Request) {
		switch n {
		case 0: // on a new connection: on a used one net/http repeats a read by itself
			drop()
		case 1:
			answerProblem(w, 503, "x")
		case 2:
			answer(w, 404, "text/html", r.Header.Get("Authorization"))
		default:
			w.Header().Set("X-Request-ID", "req_9")
			answer(w, 200, "text/csv", "id\n#end rows=0 sha256=0\n")
		}
	}, func(o *Options) { o.Debug = log })

	_, keyErr := Call(t.Context(), f.Client, api.KeyView, api.KeyViewInput{Key: "ABCD-EFGH-JKMN-PQRS"})
	requireProblem(t, keyErr, 404, "unexpected_response")
	add := api.KeyGenerateInput{Body: api.KeyGenerateBody{Key: "OWN0-OWN0-OWN0-OWN0"}}
	_, addErr := Call(t.Context(), f.Client, api.KeyGenerate, add)
	require.Error(t, addErr)
	in := api.ExportKeysInput{}
	in.License = "ABCD2345"
	_, streamErr := Stream(t.Context(), f.Client, api.ExportKeys, in, &bytes.Buffer{}, StreamOptions{})
	require.Error(t, streamErr)

	lines := strings.Split(strings.ReplaceAll(log.String(), f.url, "HOST"), "\n")
	require.Equal(t, []string{
		"GET HOST/v1/keys/*** the connection was closed before the answer was complete in 0s",
		"  connect 0s",
		"GET HOST/v1/keys/*** 503 req_1 in 0s, attempt 2",
		"  connect 0s, first byte after 0s",
		`  < {"code":"x","detail":"***"}`,
		"GET HOST/v1/keys/*** 404 req_1 in 0s, attempt 3",
		"  connection kept, first byte after 0s",
		"  < " + strconv.Itoa(len("Bearer "+f.token)) + " bytes of text/html",
		"POST HOST/v1/keys 200 req_1 in 0s",
		"  connection kept, first byte after 0s",
		`  > {"key":"***"}`,
	}, lines[:11])
	require.Contains(t, lines, "GET HOST/v1/exports/keys?end_marker=true&license=*** 200 req_1 in 0s")
	require.Contains(t, lines, "  < a stream of text/csv")
	for _, text := range []string{log.String(), keyErr.Error(), addErr.Error(), streamErr.Error()} {
		require.NotContains(t, text, f.token)
		require.NotContains(t, text, "ABCD")
		require.NotContains(t, text, "OWN0")
		require.NotContains(t, text, "Bearer")
	}
}

func TestMaskBody(t *testing.T) {
	t.Parallel()
	const id = "lic_01JD7W8Q6M3N4P5R6S7T8V9W0X"
	long := `["` + strings.Repeat(`","`, 2000) + `"]`
	tests := []struct{ body, kind, want string }{
		{
			`{"id":"` + id + `","coupon":"ABCD2345","quantity":3,"price":12.50,"paid":true,"note":null}`, "application/json",
			`{"id":"` + id + `","coupon":"***","quantity":3,"price":12.50,"paid":true,"note":null}`,
		},
		{
			`{"product":"mdm-device","term":"full:1","state":"active","currency":"EUR","ends_on":"2027-01-01"}`, "application/json; charset=utf-8",
			`{"product":"mdm-device","term":"full:1","state":"active","currency":"EUR","ends_on":"2027-01-01"}`,
		},
		{`{"product":"ABCD2345","state":"rs live"}`, "application/json", `{"product":"***","state":"***"}`},
		{
			`{"login":"ann","password":"hunter22","email":"ann@example.com","name":""}`, "application/json",
			`{"login":"***","password":"***","email":"***","name":""}`,
		},
		{
			`{"scopes":["company:read"],"codes":["ABCD-EFGH-JKMN-PQRS"],"a":[[],{}]}`, "application/json",
			`{"scopes":["company:read"],"codes":["***"],"a":[[],{}]}`,
		},
		{`{"code":"abcdefgh"}`, "application/json", `{"code":"***"}`},
		{
			`{"code":"not_found","detail":"no key ABCD-EFGH","errors":[{"field":"body.name","message":"x"}]}`, api.ProblemType,
			`{"code":"not_found","detail":"***","errors":[{"field":"body.name","message":"***"}]}`,
		},
		{`{"ABCD2345":1}`, "application/json", `{"***":1}`},
		{`"secret"`, "application/json", `"***"`},
		{`{"a":`, "application/json", "5 bytes that are no JSON"},
		{"secret", "text/plain", "6 bytes of text/plain"},
		{"secret", "", "6 bytes of data of no type"},
	}
	for _, test := range tests {
		require.Equal(t, test.want, maskBody([]byte(test.body), mediaType(http.Header{"Content-Type": {test.kind}})), test.body)
	}
	require.Contains(t, maskBody([]byte(long), "application/json"), "… ("+strconv.Itoa(len(long))+" bytes)")
	require.Less(t, len(maskBody([]byte(strings.Repeat("[", 1<<20)), "application/json")), 3<<10)
}

func TestPrintable(t *testing.T) {
	t.Parallel()
	require.Equal(t, "a?[31mb?", printable("a\x1b[31mb\u00e9"))
	require.Len(t, printable(strings.Repeat("x", 500)), 100)
}

func TestWordsOfTheAPI(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"paid": true, "full:1": true, "mdm-device": true, "license:read": true, "a": true, "EUR": false,
		"": false, "1a": false, "-a": false, "Name": false, "a b": false, "é": false, strings.Repeat("a", 40): true, strings.Repeat("a", 41): false,
	} {
		require.Equal(t, want, isWord(text, "_:.-"), text)
	}
	for text, want := range map[string]bool{"EUR": true, "RU": true, "EURO": false, "E": false, "eu": false} {
		require.Equal(t, want, isCountryOrCurrency(text), text)
	}
}
