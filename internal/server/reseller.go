package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) resellerCreate(ctx context.Context, c service.Caller, in *api.ResellerCreateInput) (api.Reseller, error) {
	reseller, err := s.service.CreateReseller(ctx, c, service.NewReseller{
		Login: in.Body.Login, Person: in.Body.Person, ResellerChange: resellerChange(in.Body.ResellerFields),
	})
	return wireReseller(reseller), err
}

func (s *Server) resellerList(ctx context.Context, c service.Caller, in *api.ResellerListInput) (api.List[api.Reseller], error) {
	rows, err := s.service.Resellers(ctx, c, service.ResellerQuery{
		Parent: in.Parent, State: licensing.ResellerState(in.State), Search: in.Search,
	}, page(in.Page))
	return listing(rows, err, wireReseller)
}

func (s *Server) resellerView(ctx context.Context, c service.Caller, in *api.ResellerViewInput) (api.Reseller, error) {
	reseller, err := s.service.Reseller(ctx, c, in.Reseller)
	return wireReseller(reseller), err
}

func (s *Server) resellerEdit(ctx context.Context, c service.Caller, in *api.ResellerEditInput) (api.Reseller, error) {
	version, err := versionOf(in.IfMatch, "a reseller")
	if err != nil {
		return api.Reseller{}, err
	}
	change := resellerChange(in.Body.ResellerFields)
	change.Disabled = in.Body.Disabled
	reseller, err := s.service.EditReseller(ctx, c, in.Reseller, version, change)
	return wireReseller(reseller), err
}

func (s *Server) resellerInvite(ctx context.Context, c service.Caller, in *api.ResellerInviteInput) (api.Reseller, error) {
	reseller, err := s.service.InviteReseller(ctx, c, in.Reseller)
	return wireReseller(reseller), err
}

func (s *Server) resellerGrant(ctx context.Context, c service.Caller, in *api.ResellerGrantInput) (api.Grant, error) {
	grant, err := s.service.GrantCredits(ctx, c, service.NewGrant{
		Reseller: in.Reseller, Product: in.Body.Product, Quantity: in.Body.Quantity, Note: in.Body.Note,
	})
	out := api.Grant{
		ID: grant.Received.ID, Reseller: grant.Reseller.Login, Product: grant.Received.ProductSKU, Quantity: grant.Received.Amount,
		Credits: grant.Received.Balance, Note: grant.Received.Note, CreatedAt: grant.Received.CreatedAt.String(),
	}
	if grant.Given != nil {
		out.Remaining = &grant.Given.Balance
	}
	return out, err
}

func (s *Server) resellerDeposit(ctx context.Context, c service.Caller, in *api.ResellerDepositInput) (api.LedgerEntry, error) {
	entry, err := s.service.Deposit(ctx, c, service.Deposit{
		Reseller: in.Reseller, Currency: in.Body.Currency, Amount: in.Body.Amount, Note: in.Body.Note,
	})
	return wireLedgerEntry(entry), err
}

func resellerChange(f api.ResellerFields) service.ResellerChange {
	return service.ResellerChange{
		Name: f.Name, Email: f.Email, Address: f.Address, PostalCode: f.PostalCode, City: f.City, Country: f.Country, VATID: f.VATID,
		Language: f.Language, TaxRate: f.TaxRate, Note: f.Note, Products: f.Products,
	}
}

func wireReseller(r service.Profile) api.Reseller {
	out := api.Reseller{
		ID: r.ID, Login: r.Login, Name: r.Name, Email: r.Email, State: string(r.State()),
		Products: mapped(r.Products, func(p licensing.Product) string { return p.SKU }),
		Credits: mapped(r.Credits, func(x licensing.Credits) api.CreditAmount {
			return api.CreditAmount{Product: x.ProductSKU, Amount: x.Amount}
		}),
		Address: r.Address, PostalCode: r.PostalCode, City: r.City, Country: r.Country, VATID: r.VATID, Language: r.Language,
		TaxRate: r.TaxRate, Note: r.Note, DisabledAt: some(r.DisabledAt.String()), Version: r.Version,
		CreatedAt: r.CreatedAt.String(), UpdatedAt: r.UpdatedAt.String(),
	}
	if r.ParentID != "" {
		out.Parent = &api.ResellerParent{ID: string(r.ParentID), Login: string(r.ParentLogin)}
	}
	return out
}
