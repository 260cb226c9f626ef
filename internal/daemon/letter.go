package daemon

import (
	"context"
	"errors"
	"fmt"

	"github.com/resell-cli/resell/internal/invoice"
	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/letter"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
	"github.com/resell-cli/resell/internal/server"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// render writes the message that a job asks for.
func (i *Instance) render(ctx context.Context, a job.MailArgs) (mail.Message, error) {
	message, err := i.letter(ctx, a)
	if errors.Is(err, store.ErrNotFound) {
		return message, fmt.Errorf("%s of %s: %w", a.Template, a.ResourceID, job.ErrGone)
	}
	return message, err
}

func (i *Instance) letter(ctx context.Context, a job.MailArgs) (mail.Message, error) {
	switch a.Template {
	case service.MailInvoice:
		m, err := i.Service.InvoiceMail(ctx, a.ResourceID)
		if err != nil {
			return mail.Message{}, err
		}
		return invoice.Message(m.Invoice, invoice.Mailing{From: m.MailFrom, Nonce: a.Nonce, Resent: i.config.Now()})
	case service.MailOrder:
		m, err := i.Service.OrderMail(ctx, a.ResourceID, a.Nonce)
		return letter.Order(m).Message(), err
	case service.MailWelcome:
		m, err := i.Service.WelcomeMail(ctx, a.ResourceID, a.Nonce)
		return letter.Welcome{
			ID: m.ID, Vendor: m.Vendor, Reseller: m.Reseller, User: m.User, Password: m.Password, Host: i.config.PublicURL, At: m.At.Time,
		}.Message(), err
	case service.MailLink:
		m, err := i.Service.LinkMail(ctx, a.ResourceID)
		if err != nil {
			return mail.Message{}, err
		}
		zone := i.Service.Zone(service.Caller{Vendor: m.Vendor})
		return letter.Link{
			Link: m.Link, License: m.License, Company: m.Company, Seller: m.Seller, Vendor: m.Vendor,
			URL: server.ActivationURL(i.config.PublicURL, m.Secret), Until: licensing.Today(m.ExpiresAt.Time, zone),
		}.Message(), nil
	case service.MailActivated:
		m, err := i.Service.ActivatedMail(ctx, a.ResourceID)
		return letter.Activated{License: m.License, Company: m.Company, Seller: m.Seller, Vendor: m.Vendor}.Message(), err
	case service.MailRenewalFailed:
		m, err := i.Service.RenewalMail(ctx, a.ResourceID)
		return letter.RenewalFailed{License: m.License, Reseller: m.Reseller, Vendor: m.Vendor, Reason: m.Reason}.Message(), err
	}
	return mail.Message{}, fmt.Errorf("unknown mail template: %w", job.ErrGone)
}

// delivered notes what became of a message.
func (i *Instance) delivered(ctx context.Context, a job.MailArgs, failure error) error {
	switch a.Template {
	case service.MailInvoice:
		return i.Service.InvoiceMailed(ctx, a.ResourceID, failure)
	case service.MailOrder:
		return i.Service.OrderMailed(ctx, a.ResourceID, failure)
	case service.MailWelcome:
		return i.Service.WelcomeMailed(ctx, a.ResourceID, failure)
	}
	return nil
}
