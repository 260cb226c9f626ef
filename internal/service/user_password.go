package service

import (
	"context"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// MailWelcome is the job template of the mail that brings a person their password.
const MailWelcome = "welcome"

// mailPassword asks for the mail that brings a person their password. The password is
// made by the worker that writes the mail, a moment before it is sent: neither the
// database nor the queue ever holds it, not even encrypted. The nonce tells whether
// this mail is still wanted by then.
func (s *Service) mailPassword(ctx context.Context, tx *store.Tx, user licensing.User) error {
	return s.queue.Mail(ctx, tx.Tx.Tx, job.MailArgs{Template: MailWelcome, ResourceID: user.ID, Nonce: user.PasswordMail})
}

// Welcome is what the mail with a password says.
type Welcome struct {
	ID       string // of this very message: another attempt brings another password
	User     licensing.User
	Reseller licensing.Reseller // none for the vendor's own people
	Vendor   licensing.Vendor
	Password string
	At       licensing.Time
}

// WelcomeMail makes a new password for a person, for the mail with this nonce. Where
// the mail is tried again it makes another one: the last that was sent is the one that
// counts. It fails with store.ErrNotFound where the password has been used, changed or
// asked for anew since.
func (s *Service) WelcomeMail(ctx context.Context, id, nonce string) (Welcome, error) {
	out := Welcome{ID: s.newID(prefixMessage), Password: newPassword(), At: licensing.At(s.now())}
	hash, err := s.passwords.hash(ctx, out.Password)
	if err != nil {
		return out, err
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		if out.User, err = tx.UserForUpdate(ctx, id); err != nil {
			return err
		}
		if out.User.PasswordMail != nonce || !out.User.DisabledAt.IsZero() {
			return store.ErrNotFound
		}
		if out.Vendor, err = tx.Vendor(ctx); err != nil {
			return err
		}
		if out.User.ResellerID != "" {
			if out.Reseller, err = tx.Reseller(ctx, string(out.User.ResellerID)); err != nil {
				return err
			}
		}
		out.User.PasswordHash = hash
		return tx.UpdateUser(ctx, out.User)
	})
	return out, err
}

// WelcomeMailed notes in the audit log that the mail with a password could not be
// delivered; one that was needs no note.
func (s *Service) WelcomeMailed(ctx context.Context, id string, failure error) error {
	if failure == nil {
		return nil
	}
	return s.store.Update(ctx, func(tx *store.Tx) error {
		user, err := tx.User(ctx, id)
		if err != nil {
			return err
		}
		c := Caller{Reseller: licensing.Reseller{ID: string(user.ResellerID)}, Token: licensing.Token{Name: "mail"}}
		return s.record(ctx, tx, c, "user.mail_failed", user.ID, nil, map[string]string{"email": user.Email, "error": failure.Error()})
	})
}

// ResetPassword has a new password mailed to a person of the caller's reseller, or of
// the vendor. The old one is worth nothing at once, and so is every token that they
// signed in for.
func (s *Service) ResetPassword(ctx context.Context, c Caller, ref string) (licensing.User, error) {
	return once(ctx, s, c, "user-password", ref, func(tx *store.Tx) (licensing.User, error) {
		before, err := ownUser(ctx, tx, c, ref)
		if err != nil {
			return before, err
		}
		if !before.DisabledAt.IsZero() {
			return before, licensing.Errorf(licensing.CodeInvalidRequest, "%s is disabled", before.Login).WithHint("enable the user first")
		}
		user := before
		user.PasswordHash, user.PasswordMail = "", newNonce()
		if _, err := tx.RevokeTokensOf(ctx, user.ID, c.Token.ID, licensing.At(s.now())); err != nil {
			return user, err
		}
		return s.keepUser(ctx, tx, c, before, user, "user.password_reset")
	})
}

// ChangePassword changes the caller's own password, and signs them out everywhere
// else. It fails with invalid_login where the old one is wrong, and with
// weak_password.
func (s *Service) ChangePassword(ctx context.Context, c Caller, old, password string) (licensing.User, error) {
	if c.User.ID == "" {
		return c.User, licensing.Errorf(licensing.CodeScopeMissing, "nobody signed in for this token: it has no password").
			WithHint("sign in with the login whose password is to change")
	}
	same, err := s.passwords.match(ctx, old, c.User.PasswordHash)
	if err != nil {
		return c.User, err
	}
	if !same {
		return c.User, licensing.Errorf(licensing.CodeInvalidLogin, "the old password is wrong").
			WithHint("an owner of your reseller can have a new password mailed to you")
	}
	if err := licensing.CheckPassword(password, c.User.Login); err != nil {
		return c.User, err
	}
	hash, err := s.passwords.hash(ctx, password)
	if err != nil {
		return c.User, err
	}
	return once(ctx, s, c, "session-password", nil, func(tx *store.Tx) (licensing.User, error) {
		before, err := tx.UserForUpdate(ctx, c.User.ID)
		if err != nil {
			return before, err
		}
		if before.PasswordHash != c.User.PasswordHash {
			return before, licensing.Errorf(licensing.CodeVersionConflict, "the password was changed meanwhile").
				WithHint("sign in again")
		}
		user := before
		user.PasswordHash, user.PasswordMail = hash, ""
		if _, err := tx.RevokeTokensOf(ctx, user.ID, c.Token.ID, licensing.At(s.now())); err != nil {
			return user, err
		}
		return s.keepUser(ctx, tx, c, before, user, "user.password_changed")
	})
}
