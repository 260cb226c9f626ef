package credential

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	testHost  = "https://api.example.com"
	testToken = "rs_test_0123456789abcdefghij"
)

func setup(t *testing.T, change func(*Options)) *Store {
	t.Helper()
	options := Options{
		Getenv:    func(string) string { return "" },
		ConfigDir: t.TempDir(),
	}
	if change != nil {
		change(&options)
	}
	return New(options)
}

func environment(token string) func(string) string {
	return func(name string) string { return map[string]string{"RESELL_TOKEN": token}[name] }
}

func TestTokenFromEnvironment(t *testing.T) {
	t.Parallel()
	s := setup(t, func(o *Options) {
		o.Getenv = environment(" " + testToken + "\n")
		o.TokenCommand = "exit 1"
	})

	token, source, err := s.Token(t.Context(), "default", testHost)

	require.NoError(t, err)
	require.Equal(t, testToken, token)
	require.Equal(t, SourceEnvironment, source)
}

func TestTokenFromEnvironmentIsChecked(t *testing.T) {
	t.Parallel()
	for _, token := range []string{testToken + " x", testToken + "\r\nHost: x", testToken + "\x1b", testToken + "é"} {
		s := setup(t, func(o *Options) { o.Getenv = environment(token) })

		_, _, err := s.Token(t.Context(), "default", testHost)

		require.ErrorContains(t, err, "RESELL_TOKEN: the token holds")
		require.NotContains(t, err.Error(), testToken)
	}
}

func TestTokenFromCommand(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the commands are written for sh")
	}
	tests := []struct{ name, command, token, stderr, err string }{
		{name: "one line", command: "echo " + testToken, token: testToken},
		{name: "first of many lines, trimmed", command: "printf '  " + testToken + "  \\r\\nuser: me\\n'", token: testToken},
		{name: "no line end", command: "printf " + testToken, token: testToken},
		{name: "shell syntax", command: "printf '%s\n' no " + testToken + " | tail -n 1", token: testToken},
		{name: "more output than is kept", command: "echo " + testToken + "; head -c 1000000 /dev/zero", token: testToken},
		{name: "complains and succeeds", command: "echo oh >&2; echo " + testToken, token: testToken, stderr: "oh\n"},
		{name: "leaves a program behind", command: "sleep 5 & echo " + testToken, token: testToken},
		{name: "fails", command: "echo " + testToken + "; echo locked >&2; exit 3", stderr: "locked\n", err: "run token_command: exit status 3"},
		{name: "prints nothing", command: "true", err: "run token_command: it printed nothing on its first line"},
		{name: "empty first line", command: "echo; echo " + testToken, err: "printed nothing on its first line"},
		{name: "prints a sentence", command: "echo the token is " + testToken, err: "the token holds a space"},
		{name: "does not read what the CLI is given", command: "cat", err: "printed nothing on its first line"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			var stderr bytes.Buffer
			s := setup(t, func(o *Options) {
				o.TokenCommand = test.command
				o.Stderr = &stderr
			})

			token, source, err := s.Token(t.Context(), "default", testHost)

			require.Equal(t, test.token, token)
			require.Equal(t, test.stderr, stderr.String())
			if test.err != "" {
				require.ErrorContains(t, err, test.err)
				require.NotContains(t, err.Error(), testToken)
				return
			}
			require.NoError(t, err)
			require.Equal(t, SourceCommand, source)
		})
	}
}

func TestTokenCommandThatIsSlow(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the command is written for sh")
	}
	// The second sleep outlives the shell and holds its output open.
	s := setup(t, func(o *Options) {
		o.TokenCommand = "echo " + testToken + "; sleep 5; sleep 5"
		o.CommandTimeout = 100 * time.Millisecond
	})

	_, _, err := s.Token(t.Context(), "default", testHost)

	require.EqualError(t, err, "run token_command: it did not end within 100ms")
}

func TestTokenCommandIsCancelled(t *testing.T) {
	t.Parallel()
	s := setup(t, func(o *Options) { o.TokenCommand = "echo " + testToken })
	ctx, cancel := context.WithCancel(t.Context())
	cancel()

	_, _, err := s.Token(ctx, "default", testHost)

	require.ErrorIs(t, err, context.Canceled)
}

func TestFile(t *testing.T) {
	t.Parallel()
	s := setup(t, nil)
	save := func(profile, host, token string) {
		source, err := s.Save(t.Context(), profile, host, token, true)
		require.NoError(t, err)
		require.Equal(t, SourceFile, source)
	}
	save("default", testHost, "old")
	save("default", testHost, testToken)
	save("Default", testHost, "cased")
	save("default", "https://eu.example.com", "other")

	for _, test := range []struct{ profile, host, want string }{
		{"default", testHost, testToken},
		{"default", "HTTPS://API.example.com/", testToken},
		{"Default", testHost, "cased"},
		{"default", "https://eu.example.com", "other"},
	} {
		token, source, err := s.Token(t.Context(), test.profile, test.host)
		require.NoError(t, err)
		require.Equal(t, test.want, token)
		require.Equal(t, SourceFile, source)
	}
	if runtime.GOOS != "windows" {
		info, err := os.Stat(s.file.path)
		require.NoError(t, err)
		require.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
}

func TestFileThatOthersMayReadIsRefused(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no permission bits")
	}
	for _, mode := range []os.FileMode{0o640, 0o604, 0o620, 0o610} {
		s := setup(t, nil)
		_, err := s.Save(t.Context(), "default", testHost, testToken, true)
		require.NoError(t, err)
		require.NoError(t, os.Chmod(s.file.path, mode))

		_, _, tokenErr := s.Token(t.Context(), "default", testHost)
		_, saveErr := s.Save(t.Context(), "default", testHost, "another", true)
		_, deleteErr := s.Delete(t.Context(), "default", testHost)

		for _, err := range []error{tokenErr, saveErr, deleteErr} {
			require.ErrorContains(t, err, `run: chmod 600 "`+s.file.path+`"`)
			require.NotContains(t, err.Error(), testToken)
		}
		require.NoError(t, os.Chmod(s.file.path, 0o600))
		token, _, err := s.Token(t.Context(), "default", testHost)
		require.NoError(t, err)
		require.Equal(t, testToken, token)
	}
}

func TestFileThatIsNoJSONIsRefused(t *testing.T) {
	t.Parallel()
	s := setup(t, nil)
	require.NoError(t, os.WriteFile(s.file.path, []byte(`{"hosts": `+testToken), 0o600))

	_, _, err := s.Token(t.Context(), "default", testHost)

	require.ErrorContains(t, err, filepath.Base(s.file.path)+" is not the JSON it should be")
	require.NotContains(t, err.Error(), testToken)
}

func TestSaveRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, host, token, want string }{
		{"no token", testHost, "", "save token: the token is empty"},
		{"two lines", testHost, testToken + "\nx", "save token: the token holds"},
		{"no host", "", testToken, "save token: no host is given"},
	}
	for _, test := range tests {
		for _, insecure := range []bool{false, true} {
			s := setup(t, nil)

			_, err := s.Save(t.Context(), "default", test.host, test.token, insecure)

			require.ErrorContains(t, err, test.want, test.name)
			require.NotContains(t, err.Error(), testToken)
			require.NoFileExists(t, s.file.path)
		}
	}
}

func TestTokenWithoutHost(t *testing.T) {
	t.Parallel()

	_, _, err := setup(t, nil).Token(t.Context(), "default", "")

	require.ErrorIs(t, err, ErrNotFound)
}

func TestUnavailableErrorNamesTheWaysOut(t *testing.T) {
	t.Parallel()
	for _, err := range []*UnavailableError{unavailable("x"), absent("x"), locked(), headless(), refused(), late(time.Second)} {
		for _, way := range []string{"RESELL_TOKEN", "token_command", "--insecure-storage"} {
			require.ErrorContains(t, err, way)
		}
	}
}

func TestClassifyKeepsTheSecretOut(t *testing.T) {
	t.Parallel()

	err := classify(os.NewSyscallError("store "+testToken, os.ErrInvalid), testToken)

	var unavailable *UnavailableError
	require.ErrorAs(t, err, &unavailable)
	require.Equal(t, "store [token]: invalid argument", unavailable.Reason)
	require.NotContains(t, err.Error(), testToken)
}
