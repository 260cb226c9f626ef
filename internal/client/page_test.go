package client

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

// companies answers with a list of total companies.
func companies(total int) func(int, http.ResponseWriter, *http.Request) {
	return func(_ int, w http.ResponseWriter, r *http.Request) {
		from, _ := strconv.Atoi(r.URL.Query().Get("cursor"))
		limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
		var rows []string
		to := min(from+limit, total)
		for i := from; i < to; i++ {
			rows = append(rows, fmt.Sprintf(`{"id":"com_%d"}`, i))
		}
		next := ""
		if to < total {
			next = strconv.Itoa(to)
		}
		answer(w, 200, "application/json", fmt.Sprintf(`{"data":[%s],"next_cursor":%q}`, strings.Join(rows, ","), next))
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		total, limit int
		sizes        []string
	}{
		{0, 0, []string{"500"}},
		{3, 0, []string{"500"}},
		{1200, 0, []string{"500", "500", "500"}},
		{1200, 700, []string{"500", "200"}},
		{1200, 500, []string{"500"}},
		{1200, 20, []string{"20"}},
		{5, 20, []string{"20"}},
	} {
		f := setup(t, companies(test.total))
		in := api.CompanyListInput{}
		in.Country = "NL"
		got := 0
		for row, err := range Pages(t.Context(), f.Client, api.CompanyList, in, test.limit) {
			require.NoError(t, err)
			require.Equal(t, fmt.Sprintf("com_%d", got), row.ID)
			got++
		}
		want := test.total
		if test.limit > 0 {
			want = min(want, test.limit)
		}
		require.Equal(t, want, got)
		require.Len(t, f.requests(), len(test.sizes))
		for i, r := range f.requests() {
			require.Contains(t, r.Query, "limit="+test.sizes[i])
			require.Contains(t, r.Query, "country=NL")
		}
	}
}

func TestPagesStopEarly(t *testing.T) {
	t.Parallel()
	f := setup(t, companies(2000))
	in := api.CompanyListInput{}
	in.Cursor = "1000"
	list := Pages(t.Context(), f.Client, api.CompanyList, in, 0)
	for range 2 { // an iterator begins anew
		for row, err := range list {
			require.NoError(t, err)
			require.Equal(t, "com_1000", row.ID)
			break
		}
	}
	require.Len(t, f.requests(), 2)
}

func TestPagesErrors(t *testing.T) {
	t.Parallel()
	f := setup(t, func(n int, w http.ResponseWriter, r *http.Request) {
		if n == 1 {
			answerProblem(w, 400, "cursor_invalid")
			return
		}
		companies(2000)(n, w, r)
	})
	rows, failures := drain(f)
	require.Equal(t, 500, rows)
	require.Len(t, failures, 1)
	requireProblem(t, failures[0], 400, "cursor_invalid")

	f = setup(t, func(_ int, w http.ResponseWriter, _ *http.Request) {
		answer(w, 200, "application/json", `{"data":[{}],"next_cursor":"again"}`)
	})
	_, failures = drain(f)
	require.Len(t, failures, 1)
	require.ErrorContains(t, failures[0], "does not end")
	require.Len(t, f.requests(), 2)
}

func drain(f *fixture) (rows int, failures []error) {
	for _, err := range Pages(f.t.Context(), f.Client, api.CompanyList, api.CompanyListInput{}, 0) {
		if err != nil {
			failures = append(failures, err)
			continue
		}
		rows++
	}
	return rows, failures
}
