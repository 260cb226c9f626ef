package invoice

import (
	"cmp"
	"errors"
	"net/http"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// failure is a request of one company that was refused.
type failure struct {
	request

	problem *api.Problem
}

// each does every request, and shows how many are done.
func (o *sendOptions) each(requests []request, done string, do func(request) error) error {
	progress := o.Progress(int64(len(requests)), "requests "+done)
	defer progress.Done()
	for i, r := range requests {
		if err := o.try(r, do); err != nil {
			return err
		}
		progress.Set(int64(i + 1))
	}
	return nil
}

// try does a request. One that is refused is tried again company by company, so that no
// company stands in another's way, and what is refused then is kept. It fails with what
// is no refusal.
func (o *sendOptions) try(r request, do func(request) error) error {
	err := do(r)
	problem := refusal(err)
	switch {
	case problem == nil:
		return err
	case len(r.shares) == 1:
		o.failed = append(o.failed, failure{r, problem})
		return nil
	}
	for _, part := range r.apart() {
		if err := o.try(part, do); err != nil {
			return err
		}
	}
	return nil
}

// refusal is what the API has against this very request, which says nothing of the
// others; nil where err is something else.
func refusal(err error) *api.Problem {
	problem, ok := errors.AsType[*api.Problem](err)
	if !ok || problem.Status < 400 || problem.Status >= 500 {
		return nil
	}
	switch problem.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		return nil
	}
	return problem
}

func isBilled(err error) bool {
	problem, ok := errors.AsType[*api.Problem](err)
	return ok && problem.Code == "nothing_to_invoice"
}

// tell says what was refused since it was last told.
func (o *sendOptions) tell() {
	for _, f := range o.failed[o.told:] {
		who := cmp.Or(f.shares[0].company.Name, strings.Join(f.licenses(), ", "))
		o.Note("%s: not invoiced: %s (%s)", who, f.problem, f.problem.Code)
	}
	o.told = len(o.failed)
}

// finish prints the invoices, and fails where something was refused: with the refusal
// itself where it was all there was.
func (o *sendOptions) finish(invoices []api.Invoice, total int) error {
	count := 0
	for _, f := range o.failed {
		count += len(f.licenses())
	}
	if len(o.failed) == 1 && count == total {
		return o.failed[0].problem
	}
	o.tell()
	if len(invoices) > 0 || count == 0 {
		columns := sentColumns
		if o.DryRun {
			columns = draftColumns
		}
		if err := o.ShowAll(invoices, columns); err != nil {
			return err
		}
	}
	if count == 0 {
		return nil
	}
	return &command.PartialError{Failed: count, Total: total, What: "licenses", Hint: "mend what is said above and run it again: what was invoiced is not invoiced twice"}
}
