package doctor

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// soon is how long before its end a token or a certificate is warned of.
const soon = 14 * 24 * time.Hour

// reach calls the host as a stranger would, and looks at its certificate.
func reach(ctx context.Context, f *command.Factory, host string) (command.Inspection, []check) {
	seen, err := f.Inspect(ctx, host)
	problem, foreign := errors.AsType[*api.Problem](err)
	switch {
	case command.IsTLSFault(err):
		return seen, []check{bad("tls", err, "have the certificate of "+host+" mended; where your company has an authority of its own, install its certificate on this computer")}
	case foreign:
		return seen, []check{bad("host", problem, login(f)+" --host https://licensing.example.com")}
	case err != nil:
		return seen, []check{bad("host", err, "check the address and the network: resell config get host")}
	}
	checks := []check{good("host", "%s answers in %s", host, seen.Took.Round(time.Millisecond))}
	switch {
	case seen.TLS != nil:
		checks = append(checks, certificate(f, seen.TLS))
	case strings.HasPrefix(host, "http:"):
		checks = append(checks, good("tls", "not used: the server is on this computer"))
	}
	return seen, checks
}

// certificate tells of one that was accepted: whose it is, and until when.
func certificate(f *command.Factory, state *tls.ConnectionState) check {
	if len(state.PeerCertificates) == 0 {
		return good("tls", "%s", tls.VersionName(state.Version))
	}
	leaf := state.PeerCertificates[0]
	detail := fmt.Sprintf("%s, the certificate for %s is valid until %s",
		tls.VersionName(state.Version), strings.Join(leaf.DNSNames, ", "), leaf.NotAfter.UTC().Format(time.DateOnly))
	if leaf.NotAfter.Sub(f.Now()) < soon {
		return doubtful("tls", detail, "have the certificate renewed by whoever runs the server")
	}
	return good("tls", "%s", detail)
}

// token finds the token, looks whether it is whole and, where the server was reached,
// whether it is accepted and for how long.
func token(ctx context.Context, f *command.Factory, host string, reached bool) ([]check, *api.Session) {
	id, err := f.Identity(ctx)
	if err == nil {
		err = api.CheckToken(id.Token)
	}
	switch {
	case command.IsSignedOut(err):
		return []check{bad("token", err, login(f))}, nil
	case errors.Is(err, api.ErrMangledToken):
		return []check{bad("token", fmt.Errorf("from %s: %w", id.Source, err), renew(f))}, nil
	case err != nil:
		return []check{bad("token", err, renew(f))}, nil
	case !reached:
		return []check{good("token", "from %s; whether the server takes it was not seen", id.Source)}, nil
	}
	c, err := f.LookAt(host, id.Token)
	if err != nil {
		return []check{bad("token", err, renew(f))}, nil
	}
	defer c.Close()
	session, err := command.CallWith(ctx, c, api.SessionView, api.SessionViewInput{})
	if err != nil {
		return []check{bad("token", err, renew(f))}, nil
	}
	found := good("token", "from %s, accepted by %s", id.Source, session.Vendor)
	return []check{found, expiry(f, session)}, &session
}

// renew is how to come by another token, in place of the one in use.
func renew(f *command.Factory) string { return cmp.Or(command.TokenAdvice(f.TokenFrom()), login(f)) }

// expiry looks at when the token ends, by the server's clock.
func expiry(f *command.Factory, session api.Session) check {
	if session.ExpiresAt == nil {
		return good("expiry", "the token does not expire")
	}
	end, endErr := time.Parse(time.RFC3339, *session.ExpiresAt)
	now, nowErr := time.Parse(time.RFC3339, session.Now)
	detail := "the token expires at " + *session.ExpiresAt
	if endErr == nil && nowErr == nil && end.Sub(now) < soon {
		fix := login(f)
		if session.User == nil {
			fix = "resell token create --help"
		}
		return doubtful("expiry", detail, fix)
	}
	return good("expiry", "%s", detail)
}

// serverClock is what the server's clock says: its own word where it was signed in to,
// since that of a sandbox can be moved, else the date of its answer.
func serverClock(session *api.Session, seen command.Inspection) time.Time {
	if session == nil {
		return seen.Date
	}
	at, err := time.Parse(time.RFC3339, session.Now)
	if err != nil {
		return seen.Date
	}
	return at
}

// clock compares this machine's clock with the server's: signatures and links depend on
// them.
func clock(f *command.Factory, server time.Time) check {
	const tolerated = time.Minute
	apart := f.Now().Sub(server)
	if apart.Abs() <= tolerated {
		return good("clock", "with the server's")
	}
	side := "ahead of"
	if apart < 0 {
		side = "behind"
	}
	return doubtful("clock", fmt.Sprintf("%s %s the server's: license files and links may seem expired, or not valid yet", apart.Abs().Round(time.Second), side),
		"set this computer's clock by the network; a sandbox may have a clock of its own")
}
