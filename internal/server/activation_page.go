package server

import (
	"context"
	"strings"

	web "github.com/resell-cli/resell/internal/page"
	"github.com/resell-cli/resell/internal/service"
)

// ActivationURL is the address of the page on which a license is activated, below the
// address at which others reach the API.
func ActivationURL(public, secret string) string {
	return strings.TrimRight(public, "/") + "/activate/" + secret
}

// activations is what the activation page does.
type activations struct{ service *service.Service }

var _ web.Activation = activations{}

// View gives what a link is for.
func (a activations) View(ctx context.Context, token string) (web.Link, error) {
	c, err := a.service.Anyone(ctx)
	if err != nil {
		return web.Link{}, err
	}
	p, err := a.service.OpenLink(ctx, c, token)
	return a.link(c, p), err
}

// ForExisting activates for a customer that the reseller knows.
func (a activations) ForExisting(ctx context.Context, at web.Attempt, email string) (web.Done, error) {
	return a.use(ctx, at, service.CustomerActivation{Email: email})
}

// ForNew adds a customer and activates for it.
func (a activations) ForNew(ctx context.Context, at web.Attempt, customer web.Customer) (web.Done, error) {
	note := ""
	if customer.Contact != "" {
		note = "Contact: " + customer.Contact
	}
	return a.use(ctx, at, service.CustomerActivation{New: &service.CompanyChange{
		Name: &customer.Name, Email: &customer.Email, Phone: &customer.Phone, Address: &customer.Address, PostalCode: &customer.PostalCode,
		City: &customer.City, Country: &customer.Country, VATID: &customer.VATID, Language: &customer.Language, Note: &note,
	}})
}

func (a activations) use(ctx context.Context, at web.Attempt, in service.CustomerActivation) (web.Done, error) {
	c, err := a.service.Anyone(ctx)
	if err != nil {
		return web.Done{}, err
	}
	c.IdempotencyKey, c.RequestID = at.Key, requestID(ctx)
	used, err := a.service.UseLink(ctx, c, at.Token, in)
	return web.Done{Link: a.link(c, used.LinkPurpose), Email: used.Email}, err
}

func (a activations) link(c service.Caller, p service.LinkPurpose) web.Link {
	return web.Link{
		Vendor: c.Vendor.Name, Reseller: p.Seller.Name, Product: p.License.ProductName, Quantity: p.License.Quantity, Metric: p.Product.Metric,
		StartsOn: p.License.StartsOn, EndsOn: p.License.EndsOn, ExpiresAt: p.Link.ExpiresAt.In(a.service.Zone(c)),
	}
}
