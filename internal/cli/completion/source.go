package completion

import (
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

const (
	// patience is how long completion takes at most: longer is felt as a hang.
	patience = 300 * time.Millisecond
	// most is how many are offered; who has more types on.
	most = 100
)

// candidate is something that may be named, by any of its names.
type candidate struct {
	Names []string `json:"names"` // the best first
	About string   `json:"about"`
}

// answer is what a source has found: all that there is, or the first of it.
type answer struct {
	Candidates []candidate `json:"candidates"`
	All        bool        `json:"all"`
}

// source asks the API for things of one kind.
type source struct {
	kind string
	// ask looks for what has the text in it; everything where that is empty.
	ask func(ctx context.Context, f *command.Factory, text string) (answer, error)
	// secret names are codes, and not kept in a file.
	secret bool
	// forgiving tells that the API does not mind small letters.
	forgiving bool
}

func sources() map[string]*source {
	return map[string]*source{
		"company": from("company", api.CompanyList, func(text string) api.CompanyListInput {
			return api.CompanyListInput{CompanyFilter: api.CompanyFilter{Search: text}}
		}, func(c api.Company) candidate { return candidate{[]string{c.Domain, c.Name, c.ID}, c.Name} }),
		"product": from("product", api.ProductList, func(text string) api.ProductListInput {
			return api.ProductListInput{ProductFilter: api.ProductFilter{Search: text}}
		}, func(p api.Product) candidate { return candidate{[]string{p.SKU, p.ID}, p.Name} }),
		"contract": from("contract", api.ContractList, func(string) api.ContractListInput { return api.ContractListInput{} },
			func(c api.Contract) candidate {
				return candidate{[]string{c.Number, c.ID}, about(c.Name, c.State)}
			}),
		"license": codes(from("license", api.LicenseList, func(text string) api.LicenseListInput {
			return api.LicenseListInput{LicenseFilter: api.LicenseFilter{Search: text}}
		}, func(l api.License) candidate {
			company := "stock"
			if l.Company != nil {
				company = l.Company.Name
			}
			return candidate{[]string{l.Coupon, l.ID}, about(l.Product.Name, company, l.State)}
		})),
		"key": from("key", api.KeyList, func(text string) api.KeyListInput {
			return api.KeyListInput{KeyFilter: api.KeyFilter{Search: text}}
		}, func(k api.Key) candidate { return candidate{[]string{k.ID}, k.Name} }),
		"device": from("device", api.DeviceList, func(text string) api.DeviceListInput {
			return api.DeviceListInput{DeviceFilter: api.DeviceFilter{Search: text}}
		}, func(d api.Device) candidate { return candidate{[]string{d.ID}, about(d.Serial, d.Name, d.State)} }),
		"order": from("order", api.OrderList, func(text string) api.OrderListInput {
			return api.OrderListInput{OrderFilter: api.OrderFilter{Search: text}}
		}, func(o api.Order) candidate {
			company := ""
			if o.Company != nil {
				company = o.Company.Name
			}
			return candidate{[]string{o.Number, o.ID}, about(o.Product, company, o.State)}
		}),
		"invoice": from("invoice", api.InvoiceList, func(text string) api.InvoiceListInput {
			return api.InvoiceListInput{InvoiceFilter: api.InvoiceFilter{Search: text}}
		}, func(i api.Invoice) candidate {
			return candidate{[]string{i.Number, i.ID}, about(i.Buyer.Name, i.State)}
		}),
		"user": from("user", api.UserList, func(text string) api.UserListInput {
			return api.UserListInput{UserFilter: api.UserFilter{Search: text}}
		}, func(u api.User) candidate { return candidate{[]string{u.Login, u.ID}, about(u.Name, u.Role)} }),
		"reseller": from("reseller", api.ResellerList, func(text string) api.ResellerListInput {
			return api.ResellerListInput{ResellerFilter: api.ResellerFilter{Search: text}}
		}, func(r api.Reseller) candidate { return candidate{[]string{r.Login, r.ID}, r.Name} }),
		"token": from("token", api.TokenList, func(string) api.TokenListInput { return api.TokenListInput{} },
			func(t api.Token) candidate { return candidate{[]string{t.ID}, about(t.Name, t.State)} }),
	}
}

// locations are those of a company.
func locations(company string) *source {
	return from("location of "+company, api.LocationList, func(string) api.LocationListInput {
		return api.LocationListInput{Company: company}
	}, func(l api.Location) candidate { return candidate{[]string{l.Name, l.ID}, l.City} })
}

// from makes the source of a list.
func from[I, T any, P interface {
	*I
	Turn(cursor string)
	SetLimit(rows int)
}](kind string, op api.Op[I, api.List[T]], input func(text string) I, describe func(T) candidate) *source {
	return &source{kind: kind, ask: func(ctx context.Context, f *command.Factory, text string) (answer, error) {
		rows, all, err := command.Glimpse[I, T, P](ctx, f, op, input(text), most)
		found := answer{Candidates: make([]candidate, len(rows)), All: all && text == ""}
		for i, row := range rows {
			found.Candidates[i] = describe(row)
		}
		return found, err
	}}
}

// codes marks a source whose names are codes: forgiven small letters, and kept nowhere.
func codes(s *source) *source {
	s.secret, s.forgiving = true, true
	return s
}

// find gives what may begin with what was typed, from the cache where that has it.
func (s *source) find(ctx context.Context, f *command.Factory, typed string) []candidate {
	text := typed
	if regexp.MustCompile(`^[a-z]{3}_`).MatchString(typed) {
		text = "" // the beginning of an id is found here, not by a search
	}
	cache := f.Cache()
	var found answer
	// All of them hold those with the text as well.
	if cache.Get(s.kind, &found) && found.All || text != "" && cache.Get(s.kind+" "+text, &found) {
		return found.Candidates
	}
	found, err := s.ask(ctx, f, text)
	if err != nil {
		return nil
	}
	if !s.secret {
		_ = cache.Put(strings.TrimSpace(s.kind+" "+text), found) // without it the API is asked again
	}
	return found.Candidates
}

// about joins what there is to say.
func about(facts ...string) string {
	var said []string
	for _, fact := range facts {
		if fact != "" {
			said = append(said, fact)
		}
	}
	return strings.Join(said, ", ")
}
