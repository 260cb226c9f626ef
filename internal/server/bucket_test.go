package server

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

func TestGuesses(t *testing.T) {
	t.Parallel()
	wrong := licensing.Errorf(licensing.CodeInvalidLogin, "wrong")
	slow := func() *guesses { return newGuesses(time.Now, time.Hour, 3) }

	// Wrong ones are counted, each family and each who apart; right ones and accidents are not.
	g, h := slow(), http.Header{}
	for range 10 {
		end, err := g.begin(h, "ann", "login")
		require.NoError(t, err)
		end(nil)
		end, err = g.begin(h, "ann", "login")
		require.NoError(t, err)
		end(errors.New("the database is away"))
	}
	for range 3 {
		require.NoError(t, g.check(h, "ann", "login"))
		g.failed("ann", "login", wrong)
	}
	require.Empty(t, h)
	err := g.check(h, "ann", "login")
	require.Equal(t, licensing.CodeRateLimited, licensing.CodeOf(err))
	require.NotEmpty(t, h.Get("Retry-After"))
	require.NoError(t, g.check(h, "bob", "login"))
	require.NoError(t, g.check(h, "ann", "coupon"))

	// Guesses that are under way count as if they were wrong.
	g = slow()
	var ends []func(error)
	for range 3 {
		end, err := g.begin(h, "ann", "login")
		require.NoError(t, err)
		ends = append(ends, end)
	}
	_, err = g.begin(h, "ann", "login")
	require.Equal(t, licensing.CodeRateLimited, licensing.CodeOf(err))
	ends[0](nil)
	end, err := g.begin(h, "ann", "login")
	require.NoError(t, err)
	end(wrong)
	ends[1](wrong)
	ends[2](wrong)
	require.Error(t, g.check(h, "ann", "login"))
	require.Empty(t, g.underWay)
}
