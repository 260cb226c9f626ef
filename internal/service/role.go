package service

import (
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
)

// ScopesOf gives the scopes of a role, of a reseller's people or of the vendor's own.
// It is the one place where a role becomes rights. Every role sees everything; what
// places an order needs order:write, so that support can change licenses and not buy.
func ScopesOf(role licensing.Role, ofVendor bool) licensing.List {
	writes := map[licensing.Role][]string{
		licensing.RoleOwner:      {"company", "license", "key", "order", "invoice", "reseller", "token"},
		licensing.RoleSeller:     {"company", "license", "key", "order"},
		licensing.RoleSupport:    {"company", "license", "key"},
		licensing.RoleAccountant: {"invoice"},
		licensing.RoleViewer:     {},
	}
	reads := []string{"company", "license", "key", "order", "invoice", "reseller", "token", "event"}
	if ofVendor { // it has no customers of its own
		writes[licensing.RoleOwner] = []string{"reseller", "invoice", "token"}
		writes[licensing.RoleSeller] = []string{"reseller"}
		writes[licensing.RoleSupport] = nil
		reads = []string{"order", "reseller", "invoice", "token", "event"}
	}
	may, ok := writes[role]
	if !ok {
		return nil
	}
	var scopes licensing.List
	for _, noun := range reads {
		scopes = append(scopes, noun+":read")
	}
	for _, noun := range may {
		scopes = append(scopes, noun+":write")
	}
	if ofVendor && role == licensing.RoleOwner {
		scopes = append(scopes, "vendor")
	}
	return scopes
}

// nothing is the only contract of what may buy under none, where none at all would
// mean all.
const nothing = "none"

// bothOf are the contracts that two limits leave: an empty one is no limit.
func bothOf(a, b licensing.List) licensing.List {
	switch {
	case len(a) == 0:
		return b
	case len(b) == 0:
		return a
	}
	both := slices.DeleteFunc(slices.Clone(a), func(id string) bool { return !b.Has(id) })
	if len(both) == 0 {
		return licensing.List{nothing}
	}
	return both
}

// gives refuses, with scope_missing, to hand on scopes that the caller has not got.
func (c Caller) gives(scopes licensing.List) error {
	missing := slices.DeleteFunc(slices.Clone(scopes), c.Token.Scopes.Has)
	if len(missing) == 0 {
		return nil
	}
	return licensing.Errorf(licensing.CodeScopeMissing, "your own token does not carry %s", strings.Join(missing, ", ")).
		WithHint("nobody can give away what they may not do themselves")
}

// givesContracts refuses, with contract_not_permitted, to hand on more contracts than
// the caller may buy under; an empty list is all of them.
func (c Caller) givesContracts(contracts licensing.List) error {
	if len(c.Token.Contracts) == 0 {
		return nil
	}
	for _, id := range contracts {
		if !c.Token.Contracts.Has(id) {
			return licensing.Errorf(licensing.CodeContractNotPermitted, "your own token may not buy under contract %s", id).
				WithHint("nobody can give away what they may not do themselves")
		}
	}
	if len(contracts) == 0 {
		return licensing.Errorf(licensing.CodeContractNotPermitted, "your own token is limited to some contracts").
			WithHint("name the contracts, of those that your token may buy under")
	}
	return nil
}
