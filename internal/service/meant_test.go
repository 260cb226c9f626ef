package service_test

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

// A refusal names what was meant, among what the caller may see and buy.
func TestRefusalsNameWhatWasMeant(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		limited := f.main
		second, err := f.Contract(t.Context(), f.main, "K-2")
		require.NoError(t, err)
		limited.Token.Contracts = licensing.List{second.Contract.ID}
		for _, test := range []struct {
			caller service.Caller
			change func(*service.Purchase)
			hint   string
		}{
			{f.main, func(in *service.Purchase) { in.Product = "cluod" }, "did you mean cloud?"},
			{f.main, func(in *service.Purchase) { in.Product = "toaster" }, "there are: both, cam, care, "},
			{f.stranger, func(in *service.Purchase) { in.Product = "cluod" }, "there are: edit"},
			{f.main, func(in *service.Purchase) { in.Contract = "K-11" }, "did you mean K-1?"},
			{f.main, func(in *service.Purchase) { in.Contract = "K-SU" }, "there are: K-1, K-2"},
			{f.stranger, func(in *service.Purchase) { in.Contract = "nosuch" }, "there are: K-S"},
			{limited, func(in *service.Purchase) { in.Product = "edit" }, "there are: both, rare"},
			{f.main, func(in *service.Purchase) { in.Term = "full2" }, "did you mean full:2? terms: "},
			{f.main, func(in *service.Purchase) { in.Product, in.Term = "care", "yearly:1" }, "its terms: full, monthly"},
		} {
			in := service.Purchase{Company: f.acme.ID, Product: "edit", Term: "full:1", Quantity: 1}
			if test.caller.Reseller.ID != f.main.Reseller.ID {
				in.Company = f.other.ID
			}
			test.change(&in)
			_, err := f.PreviewPurchase(t.Context(), test.caller, in)
			var refusal *licensing.Error
			require.ErrorAs(t, err, &refusal)
			require.Regexp(t, "^"+regexp.QuoteMeta(test.hint), refusal.Hint, "%+v", in)
			require.NotContains(t, refusal.Hint, "K-SUB")
			require.NotContains(t, refusal.Hint, "CLOSED")
		}
		_, err = f.Product(t.Context(), f.stranger, "clud")
		var refusal *licensing.Error
		require.ErrorAs(t, err, &refusal)
		require.Equal(t, "there are: edit", refusal.Hint)
	})
}

// A company is missed by its domain or name with what is near among those that the caller
// sees, and with nothing where nothing is.
func TestACompanyThatWasMeant(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, f *fixture) {
		for _, company := range []service.CompanyChange{
			{Name: new("Lyceum No. 1"), Domain: new("lyceum-1.example")},
			{Name: new("Lyceum No. 2"), Domain: new("lyceum-2.example")},
			{Name: new("Школа №627, Москва"), Domain: new("school.example")},
		} {
			_, err := f.CreateCompany(t.Context(), f.main, company)
			require.NoError(t, err)
		}
		_, err := f.CreateCompany(t.Context(), f.stranger, service.CompanyChange{Name: new("Hidden"), Domain: new("schol.example")})
		require.NoError(t, err)
		nothing := "list what there is, or search for it"
		for ref, hint := range map[string]string{
			"lycuem-1.example":      "did you mean lyceum-1.example?",
			"shcool.example":        "did you mean school.example?",
			"schoool.exampel":       "did you mean school.example?",
			"lyceum-3.example":      "did you mean lyceum-2.example or lyceum-1.example?",
			"Школа № 627, Москва":   "did you mean Школа №627, Москва?",
			"Lyceum No.1":           "did you mean Lyceum No. 1?",
			"wrong":                 nothing,
			"lyc":                   nothing,
			"x":                     nothing,
			"lyceum-of-the-far-off": nothing,
			"hiden":                 nothing,
		} {
			_, err := f.Company(t.Context(), f.main, ref)
			var refusal *licensing.Error
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, hint, refusal.Hint, ref)
			require.Equal(t, licensing.Subject{Kind: "company", Name: ref}, refusal.Subject)
		}
	})
}
