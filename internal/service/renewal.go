package service

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

const (
	renewalBatch = 200
	renewalActor = "auto-renew"
)

// Renewals is what a run of renewals came to.
type Renewals struct {
	Renewed int
	Failed  int // could not be paid, or not be bought any more
}

// Renew buys again what is due for it: each license in a transaction of its own, so
// that any number of runs may go on at once. What fails through no rule is left for
// the next run.
func (s *Service) Renew(ctx context.Context) (Renewals, error) {
	var all Renewals
	var failures []error
	for after := ""; ; {
		ids, err := s.dueRenewals(ctx, after)
		if err != nil {
			return all, errors.Join(append(failures, err)...)
		}
		for _, id := range ids {
			if err := s.renew(ctx, id, &all); err != nil {
				failures = append(failures, fmt.Errorf("renew %s: %w", id, err))
			}
			if ctx.Err() != nil {
				return all, ctx.Err()
			}
		}
		if len(ids) < renewalBatch {
			return all, errors.Join(failures...)
		}
		after = ids[len(ids)-1]
	}
}

func (s *Service) dueRenewals(ctx context.Context, after string) ([]string, error) {
	return view(ctx, s, func(tx *store.Tx) ([]string, error) {
		vendor, err := tx.Vendor(ctx)
		if store.IsNotFound(err) {
			return nil, nil // nothing is set up yet
		}
		if err != nil {
			return nil, err
		}
		return tx.DueRenewals(ctx, s.today(Caller{Vendor: vendor}), after, renewalBatch)
	})
}

// renew renews one license if it is still due once nobody else can change it.
func (s *Service) renew(ctx context.Context, id string, all *Renewals) error {
	var done Renewals
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		done = Renewals{}
		license, err := tx.LicenseForUpdate(ctx, id)
		if err != nil {
			return err
		}
		c, err := s.renewer(ctx, tx, license)
		if err != nil || !license.RenewalDue(s.today(c)) {
			return err
		}
		err = tx.Nested(ctx, func() error { return s.renewLicense(ctx, tx, c, license) })
		refusal, refused := errors.AsType[*licensing.Error](err)
		switch {
		case err == nil:
			done.Renewed = 1
			return nil
		case refused && refusal.Code.Kind() != licensing.KindInternal:
			done.Failed = 1
			return s.renewalFailed(ctx, tx, c, license, refusal)
		}
		return err
	})
	if err == nil {
		all.Renewed += done.Renewed
		all.Failed += done.Failed
	}
	return err
}

// renewer is the caller that a license is renewed for: its reseller.
func (s *Service) renewer(ctx context.Context, tx *store.Tx, license licensing.License) (Caller, error) {
	return s.onBehalf(ctx, tx, licensing.Order{ResellerID: license.ResellerID, Buyer: renewalActor})
}

// renewLicense buys a further term of a locked license, as it was paid for last:
// where that was by card, from the balance, since nobody is there to pay.
func (s *Service) renewLicense(ctx context.Context, tx *store.Tx, c Caller, license licensing.License) error {
	if !c.Reseller.DisabledAt.IsZero() {
		return licensing.Errorf(licensing.CodeResellerDisabled, "%s is disabled since %s", c.Reseller.Name, c.Reseller.DisabledAt)
	}
	if err := license.CheckOwnTerm(); err != nil {
		return err
	}
	payment, err := tx.LastPayment(ctx, license.ID)
	if err != nil {
		return err
	}
	if payment == licensing.PayCard {
		payment = licensing.PayBalance
	}
	deal, err := s.extensionDeal(ctx, tx, c, license, Extension{License: license.ID, Term: license.Term, Pay: payment})
	if err != nil {
		return err
	}
	if deal.Payment == licensing.PayCard {
		return licensing.Errorf(licensing.CodePaymentNotAllowed, "contract %s is paid by card, and nobody is there to do so", deal.Contract.Number).
			WithHint("extend the license by hand")
	}
	deal.Kind = licensing.OrderRenewal
	_, err = s.place(ctx, tx, c, intent{Deal: deal})
	return err
}

// renewalFailure is what the audit log keeps of a renewal that was refused.
type renewalFailure struct {
	RenewalFailedOn licensing.Date `db:"renewal_failed_on"`
	Code            licensing.Code `db:"code"`
	Reason          string         `db:"reason"`
}

// renewalFailed leaves a license to expire, until it is tried again on the next day.
// The reseller is told of the first day by mail.
func (s *Service) renewalFailed(ctx context.Context, tx *store.Tx, c Caller, license licensing.License, why *licensing.Error) error {
	before, today := license, s.today(c)
	license.RenewalFailedOn, license.UpdatedAt = today, s.Now()
	license.Version++
	if err := tx.UpdateLicense(ctx, license); err != nil {
		return err
	}
	err := s.record(ctx, tx, c, eventRenewalFailed, license.ID, before, renewalFailure{today, why.Code, why.Detail})
	if err != nil || !before.RenewalFailedOn.IsZero() || c.Reseller.Email == "" {
		return err
	}
	return s.queue.Mail(ctx, tx.Tx.Tx, job.MailArgs{Template: MailRenewalFailed, ResourceID: license.ID})
}

const eventRenewalFailed = "license.renewal_failed"

// MailRenewalFailed is the job template of the mail about a renewal that was refused.
const MailRenewalFailed = "renewal-failed"

// RenewalMail is what the mail about a refused renewal is made of.
type RenewalMail struct {
	License  licensing.License
	Reseller licensing.Reseller
	Vendor   licensing.Vendor
	Reason   string
}

// RenewalMail gives what the mail about a refused renewal is made of. It fails with
// store.ErrNotFound where it has become pointless: the license was renewed since, or
// is not to be any more.
func (s *Service) RenewalMail(ctx context.Context, id string) (RenewalMail, error) {
	return view(ctx, s, func(tx *store.Tx) (RenewalMail, error) {
		var m RenewalMail
		var err error
		if m.License, err = tx.License(ctx, id); err != nil {
			return m, err
		}
		if m.License.RenewalFailedOn.IsZero() {
			return m, fmt.Errorf("license %s was renewed meanwhile: %w", id, store.ErrNotFound)
		}
		if m.Reseller, err = tx.Reseller(ctx, m.License.ResellerID); err != nil {
			return m, err
		}
		if m.Vendor, err = tx.Vendor(ctx); err != nil {
			return m, err
		}
		m.Reason, err = renewalReason(ctx, tx, id)
		return m, err
	})
}

// renewalReason is why the last renewal of a license was refused.
func renewalReason(ctx context.Context, tx *store.Tx, license string) (string, error) {
	events, err := tx.Events(ctx, license)
	if err != nil {
		return "", err
	}
	for _, e := range slices.Backward(events) {
		if e.Type != eventRenewalFailed {
			continue
		}
		var data struct{ After struct{ Reason string } }
		if err := json.Unmarshal([]byte(e.Data), &data); err != nil {
			return "", fmt.Errorf("read event %s: %w", e.ID, err)
		}
		return data.After.Reason, nil
	}
	return "", nil
}
