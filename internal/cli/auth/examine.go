package auth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// States of a profile.
const (
	stateSignedIn  = "signed_in"
	stateExpiring  = "expiring"
	stateSignedOut = "signed_out"
	stateFailed    = "failed"
)

// soon is how long before its end a token is warned of.
const soon = 14 * 24 * time.Hour

// settings is what there is to know of the profiles.
type settings interface {
	Profile() string
	Profiles() []string
	Stored(profile, key string) string
	Lookup(key string) (value, origin string, ok bool)
}

// examine looks at every profile. The error is what is wrong with the one in use; where
// that is the only one, and has no host, there are no rows.
func examine(ctx context.Context, f *command.Factory) ([]status, error) {
	c, err := f.Config()
	if err != nil {
		return nil, err
	}
	names := c.Profiles()
	if !slices.Contains(names, c.Profile()) {
		names = slices.Insert(names, 0, c.Profile())
	}
	rows, found := make([]status, len(names)), make([]command.Identity, len(names))
	failures := make([]error, len(names))
	for i, name := range names { // one by one: each may ask the keyring, or run a program
		rows[i] = newStatus(name, c)
		found[i], failures[i] = f.IdentityOf(ctx, name)
	}
	if len(names) == 1 && errors.Is(failures[0], command.ErrNoHost) {
		return nil, failures[0]
	}
	var looking sync.WaitGroup
	for i := range rows {
		if failures[i] != nil {
			continue
		}
		look := func() { failures[i] = rows[i].look(ctx, f, found[i]) }
		if f.Debug {
			look() // one after the other, so that their lines do not mix
			continue
		}
		looking.Go(look)
	}
	looking.Wait()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	var ofActive error
	for i := range rows {
		if failures[i] != nil {
			rows[i].failed(failures[i])
		}
		if rows[i].Active {
			ofActive = failures[i]
		}
	}
	return rows, ofActive
}

func newStatus(profile string, c settings) status {
	row := status{Profile: profile, Host: c.Stored(profile, "host")}
	row.Scopes, row.Contracts = []string{}, []string{}
	if profile == c.Profile() {
		row.Active = true
		_, row.ChosenBy, _ = c.Lookup("profile")
		row.Host, _, _ = c.Lookup("host")
	}
	return row
}

// look asks the server of a profile who is signed in.
func (s *status) look(ctx context.Context, f *command.Factory, id command.Identity) error {
	s.TokenSource = string(id.Source)
	c, err := f.LookAt(id.Host, id.Token)
	if err != nil {
		return err
	}
	defer c.Close()
	session, err := command.CallWith(ctx, c, api.SessionView, api.SessionViewInput{})
	if err != nil {
		return err
	}
	s.signedIn(id, session)
	return nil
}

// signedIn fills in what the server says, and what becomes of the token soon.
func (s *status) signedIn(id command.Identity, session api.Session) {
	s.Host, s.TokenSource, s.Session, s.State = id.Host, string(id.Source), session, stateSignedIn
	if session.ExpiresAt == nil {
		return
	}
	end, endErr := time.Parse(time.RFC3339, *session.ExpiresAt)
	now, nowErr := time.Parse(time.RFC3339, session.Now)
	if left := end.Sub(now); endErr == nil && nowErr == nil && left < soon {
		s.State = stateExpiring
		s.Message = fmt.Sprintf("the token ends in %d days", int(left/(24*time.Hour)))
		s.Fix = s.loginAgain()
		if session.User == nil {
			s.Fix = "resell token create --help" // nobody has signed in for it
		}
	}
}

// failed says what is wrong in a line, and what to do.
func (s *status) failed(err error) {
	s.State, s.Message = stateFailed, err.Error()
	problem, ofServer := errors.AsType[*api.Problem](err)
	switch {
	case errors.Is(err, command.ErrNoHost):
		s.State, s.Message, s.Fix = stateSignedOut, "no host is set", s.loginAgain()+" --host https://licensing.example.com"
	case command.IsSignedOut(err):
		s.State, s.Message, s.Fix = stateSignedOut, "not signed in", s.loginAgain()
	case ofServer && problem.Status == 401:
		s.State, s.Fix = stateSignedOut, cmp.Or(command.TokenAdvice(s.TokenSource), s.loginAgain())
	case errors.Is(err, api.ErrMangledToken):
		s.Fix = cmp.Or(command.TokenAdvice(s.TokenSource), s.loginAgain())
	default:
		s.Fix = s.of("resell doctor")
	}
}

func (s *status) loginAgain() string { return s.of("resell auth login") }

// of makes a command be about this profile.
func (s *status) of(line string) string {
	if s.Active {
		return line
	}
	return line + " --profile " + command.ShellWord(s.Profile)
}
