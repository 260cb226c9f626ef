package mail

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func sender(t *testing.T, url string, s *server) Sender {
	t.Helper()

	sender, err := NewSMTP(url)
	require.NoError(t, err)
	if s != nil {
		server, ok := sender.(*smtpSender)
		require.True(t, ok)
		server.tlsConfig.RootCAs = s.roots
	}
	return sender
}

func TestSMTPDelivers(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		scheme, user, query string
		options             []serverOption
		wantTLS             bool
	}{
		"plain":                    {scheme: "smtp://"},
		"login on loopback":        {scheme: "smtp://", user: "ivan:s%2Fcret@", options: []serverOption{withPassword("s/cret")}},
		"opportunistic":            {scheme: "smtp://", options: []serverOption{withTLS}, wantTLS: true},
		"opportunistic, no TLS":    {scheme: "smtp://", query: "?starttls=opportunistic"},
		"none":                     {scheme: "smtp://", query: "?starttls=none", options: []serverOption{withTLS}},
		"required, with a login":   {scheme: "smtp://", user: "ivan:s@", query: "?starttls=required", options: []serverOption{withTLS, withPassword("s")}, wantTLS: true},
		"from the first byte":      {scheme: "smtps://", options: []serverOption{withTLS}, wantTLS: true},
		"from the first, login":    {scheme: "smtps://", user: "ivan:s@", options: []serverOption{withTLS, withPassword("s")}, wantTLS: true},
		"path of a slash accepted": {scheme: "smtp://", query: "/?starttls=none"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s := startServer(t, test.scheme == "smtps://", test.options...)
			sender := sender(t, test.scheme+test.user+s.addr+test.query, s)
			require.NoError(t, sender.Send(t.Context(), welcome()))

			got := <-s.accepted
			require.Equal(t, "billing@acme.example", got.from)
			require.Equal(t, "ivan@example.com", got.to)
			require.Equal(t, test.wantTLS, got.tls)
			if test.user != "" {
				require.Equal(t, "ivan", got.user)
			}
			requireWelcome(t, got.content)
		})
	}
}

func TestSMTPErrors(t *testing.T) {
	t.Parallel()

	always := func(err error) func(int) error { return func(int) error { return err } }
	tests := map[string]struct {
		user, query string
		options     []serverOption
		permanent   bool
		want        string
	}{
		"unknown recipient":   {options: []serverOption{withRcpt(always(answer(550, "no such user")))}, permanent: true, want: "no such user"},
		"refused content":     {options: []serverOption{withData(always(answer(554, "looks like spam")))}, permanent: true, want: "looks like spam"},
		"greylisted":          {options: []serverOption{withRcpt(always(answer(451, "come back later")))}, want: "come back later"},
		"login wanted":        {options: []serverOption{withRcpt(always(answer(530, "log in first")))}, want: "log in first"},
		"full disk":           {options: []serverOption{withData(always(answer(452, "disk full")))}, want: "disk full"},
		"wrong password":      {user: "ivan:hunter2@", options: []serverOption{withPassword("other")}, want: "535"},
		"TLS not offered":     {query: "?starttls=required", want: "STARTTLS"},
		"unknown certificate": {options: []serverOption{withTLS}, want: "certificate"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s := startServer(t, false, test.options...)
			err := sender(t, "smtp://"+test.user+s.addr+test.query, nil).Send(t.Context(), welcome())
			require.ErrorContains(t, err, test.want)
			require.NotContains(t, err.Error(), "hunter2")
			require.Equal(t, test.permanent, IsPermanent(err))
			require.Empty(t, s.accepted)
		})
	}
}

func TestSMTPRetry(t *testing.T) {
	t.Parallel()

	s := startServer(t, false, withRcpt(func(n int) error {
		if n == 1 {
			return answer(451, "greylisted")
		}
		return nil
	}))
	sender := sender(t, "smtp://"+s.addr, nil)

	err := sender.Send(t.Context(), welcome())
	require.ErrorContains(t, err, "greylisted")
	require.False(t, IsPermanent(err))

	require.NoError(t, sender.Send(t.Context(), welcome()))
	requireWelcome(t, (<-s.accepted).content)
}

func TestSMTPInvalidMessage(t *testing.T) {
	t.Parallel()

	s := startServer(t, false)
	m := welcome()
	m.Subject = "hello\r\nBcc: eve@example.com"
	err := sender(t, "smtp://"+s.addr, nil).Send(t.Context(), m)
	require.ErrorIs(t, err, ErrInvalid)
	require.True(t, IsPermanent(err))
}

// startScript answers every line of a client with the next of replies, and
// hangs up after the last. It returns the address.
func startScript(t *testing.T, replies ...string) string {
	t.Helper()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			lines := bufio.NewReader(conn)
			for _, reply := range replies {
				_, _ = io.WriteString(conn, reply+"\r\n")
				line, err := lines.ReadString('\n')
				for inData := strings.HasPrefix(reply, "354"); inData && err == nil && line != ".\r\n"; {
					line, err = lines.ReadString('\n')
				}
				if err != nil {
					break
				}
			}
			_ = conn.Close()
		}
	}()
	return listener.Addr().String()
}

func TestSMTPBrokenConnection(t *testing.T) {
	t.Parallel()

	hello := []string{"220 ready", "250 localhost", "250 ok", "250 ok", "354 go on"}
	tests := map[string][]string{
		"hangs up at once":          {},
		"refuses every connection":  {"554 no service here"},
		"hangs up after EHLO":       hello[:2],
		"hangs up after MAIL":       hello[:3],
		"hangs up before accepting": hello,
	}
	for name, replies := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			err := sender(t, "smtp://"+startScript(t, replies...), nil).Send(t.Context(), welcome())
			require.Error(t, err)
			require.False(t, IsPermanent(err))
		})
	}

	t.Run("hangs up after accepting", func(t *testing.T) {
		t.Parallel()

		replies := append(append([]string{}, hello...), "250 queued")
		require.NoError(t, sender(t, "smtp://"+startScript(t, replies...), nil).Send(t.Context(), welcome()))
	})
}

func TestSMTPUnreachable(t *testing.T) {
	t.Parallel()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	address := listener.Addr().String()
	require.NoError(t, listener.Close())

	err = sender(t, "smtp://ivan:hunter2@"+address, nil).Send(t.Context(), welcome())
	require.ErrorContains(t, err, "refused")
	require.NotContains(t, err.Error(), "hunter2")
	require.False(t, IsPermanent(err))
}

func TestSMTPCancel(t *testing.T) {
	t.Parallel()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })

	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		conn, err := listener.Accept()
		if err == nil {
			cancel()
			_, _ = io.Copy(io.Discard, conn)
		}
	}()

	err = sender(t, "smtp://"+listener.Addr().String(), nil).Send(ctx, welcome())
	require.ErrorIs(t, err, context.Canceled)
	require.False(t, IsPermanent(err))
}
