package licensing_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

func TestCheckPassword(t *testing.T) {
	t.Parallel()
	for password, strong := range map[string]bool{
		"correct horse battery": true, "123456789abc": true, "пароль длинный": true, strings.Repeat("abcdefgh", 32): true,
		"":                                   false,
		"brief":                              false,
		"12345678901":                        false,
		"aaaaaaaaaaaaaaaa":                   false,
		"abababababab":                       false,
		"Ann.Lee is my name":                 false,
		" leading and long":                  false,
		"trailing and long ":                 false,
		"a line\nbreak in it":                false,
		"not utf-8 \xff\xfe!!":               false,
		strings.Repeat("abcdefgh", 32) + "!": false,
	} {
		err := licensing.CheckPassword(password, "ann.lee")
		if strong {
			require.NoError(t, err, password)
			continue
		}
		require.Equal(t, licensing.CodeWeakPassword, licensing.CodeOf(err), password)
		if password != "" {
			require.NotContains(t, err.Error(), password)
		}
	}
	require.NoError(t, licensing.CheckPassword("no login at all", ""))
	require.NoError(t, licensing.CheckPassword("the plan of bo", "bo"))
}

func TestCheckLogin(t *testing.T) {
	t.Parallel()
	for login, good := range map[string]bool{
		"ann": true, "ann.lee-2_x": true, "42": true, strings.Repeat("a", 64): true,
		"": false, "a": false, "Ann": false, "ann@example.com": false, "ann lee": false, ".ann": false, "-a": false, "ünn": false,
		"ann\n": false, strings.Repeat("a", 65): false,
	} {
		require.Equal(t, good, licensing.CheckLogin(login) == nil, login)
	}
}
