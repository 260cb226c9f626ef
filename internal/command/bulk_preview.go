package command

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
)

// bulkLook is what the server said of each row.
type bulkLook struct {
	items    int
	previews []BulkPreview
	problems map[int]BulkResult // of the rows that it refuses
}

// look asks the server about every row, and about the requests that are made of them.
func (r *bulkRunner[I, O]) look(ctx context.Context, items []BulkItem[I]) ([]BulkItem[I], bulkLook, error) {
	looked, err := r.preview(ctx, items, r.Preview)
	if err == nil && r.Share != nil {
		err = r.share(ctx, items, looked)
	}
	if err != nil || r.Merge == nil || (len(looked.problems) > 0 && !r.flags.KeepGoing) {
		return items, looked, err
	}
	var good, bad []BulkItem[I]
	var previews []BulkPreview
	var problems []BulkResult
	for row, item := range items {
		if p, no := looked.problems[row]; no {
			bad, problems = append(bad, item), append(problems, p)
			continue
		}
		good, previews = append(good, item), append(previews, looked.previews[row])
	}
	items = r.Merge(good, previews)
	if looked, err = r.preview(ctx, items, r.Price); err != nil {
		return nil, looked, err
	}
	for i, item := range bad {
		looked.problems[len(items)] = problems[i]
		items, looked.previews = append(items, item), append(looked.previews, BulkPreview{})
	}
	looked.items = len(items)
	return items, looked, nil
}

// share looks again at the rows that are left with less than they were previewed with:
// the server has looked at each row as if there were no others. In whatever order they
// are carried out, each takes what it was shown with.
func (r *bulkRunner[I, O]) share(ctx context.Context, items []BulkItem[I], look bulkLook) error {
	taken := make(map[string]int64)
	var rows []int
	var less []BulkItem[I]
	for row, item := range items {
		if _, no := look.problems[row]; no {
			continue
		}
		takesLess, refused := r.Share(&items[row].Input, look.previews[row], taken)
		if refused != nil {
			look.problems[row] = failedResult(item.Line, item.ID, refusal(refused))
		}
		if takesLess {
			rows, less = append(rows, row), append(less, items[row])
		}
	}
	if len(less) == 0 {
		return nil
	}
	again, err := r.preview(ctx, less, r.Preview)
	if err != nil {
		return err
	}
	for i, row := range rows {
		look.previews[row] = again.previews[i]
		if problem, no := again.problems[i]; no {
			look.problems[row] = problem
		}
	}
	return nil
}

// preview asks the server about each. Only what it refuses of one itself is gathered;
// everything else ends the run before it has begun.
func (r *bulkRunner[I, O]) preview(ctx context.Context, items []BulkItem[I], ask func(context.Context, *Factory, I) (BulkPreview, error)) (bulkLook, error) {
	look := bulkLook{items: len(items), previews: make([]BulkPreview, len(items)), problems: make(map[int]BulkResult)}
	rows := make([]int, len(items))
	for i := range rows {
		rows[i] = i
	}
	problems, failed := make([]*api.Problem, len(items)), make([]error, len(items))
	progress := r.f.Progress(int64(len(items)), "checked")
	defer progress.Done()
	r.workers.each(ctx, rows, func(row int) bool {
		found, err := ask(ctx, r.f, items[row].Input)
		look.previews[row] = found
		problems[row] = refusal(err)
		if problems[row] == nil {
			failed[row] = err
		}
		progress.Add(1)
		return failed[row] == nil
	})
	if err := ctx.Err(); err != nil {
		return look, err
	}
	lines := make(map[string]int)
	for row, item := range items {
		if failed[row] != nil {
			return look, fmt.Errorf("line %d: %w", item.Line, failed[row])
		}
		id := look.previews[row].ID
		items[row].ID = id
		switch p := problems[row]; {
		case p != nil:
			look.problems[row] = failedResult(item.Line, id, p)
		case id == "":
		case lines[id] > 0:
			look.problems[row] = BulkResult{Line: item.Line, ID: id, Status: statusFailed, Code: "doubled", Message: fmt.Sprintf("the same as line %d", lines[id])}
		default:
			lines[id] = item.Line
		}
	}
	return look, nil
}

// refusal is a problem that a row has by itself, for which nothing was done: nil where the
// token, the network or the server is at fault.
func refusal(err error) *api.Problem {
	if argument, ok := errors.AsType[*client.ArgumentError](err); ok {
		return &api.Problem{Status: http.StatusBadRequest, Code: "invalid_request", Detail: argument.Error()}
	}
	if refused, ok := errors.AsType[*RefusedError](err); ok {
		return &api.Problem{Status: http.StatusConflict, Code: refused.Code, Detail: refused.Message, Hint: refused.Hint}
	}
	problem, ok := errors.AsType[*api.Problem](err)
	if !ok || problem.Status < 400 || problem.Status >= 500 {
		return nil
	}
	switch problem.Status {
	case http.StatusUnauthorized, http.StatusRequestTimeout, http.StatusTooManyRequests:
		return nil
	}
	switch problem.Code {
	case "scope_missing", "reseller_disabled", "request_in_progress", "idempotency_key_reused", "unexpected_response":
		return nil
	}
	return problem
}

// refusedRows refuses the whole, before anything is done.
func refusedRows(name string, refused map[int]BulkResult, rows int) error {
	var wrong []wrongRow
	for _, row := range slices.Sorted(maps.Keys(refused)) {
		wrong = append(wrong, wrongRow{refused[row].Line, refused[row].Message})
	}
	return &RefusedError{
		Code:    "rows_refused",
		Message: listWrong(fmt.Sprintf("%s: %d of %d rows would be refused, and nothing was done", name, len(refused), rows), wrong),
		Hint:    "mend them, or give --keep-going to leave them out",
	}
}

// agree tells the total, asks once for all rows, and writes into each request what was
// agreed to.
func (r *bulkRunner[I, O]) agree(items []BulkItem[I], look bulkLook, confirm ConfirmFlags) error {
	if r.Agree != nil {
		for row := range items {
			if _, no := look.problems[row]; !no {
				r.Agree(&items[row].Input, look.previews[row])
			}
		}
	}
	if confirm.Yes {
		return nil
	}
	t := look.total()
	for _, currency := range slices.Sorted(maps.Keys(t.money["balance"])) {
		has := t.balance[currency]
		r.f.Note("balance %s, after it %s", r.f.Money(has, currency), r.f.Money(has-t.money["balance"][currency], currency))
	}
	for _, sku := range slices.Sorted(maps.Keys(t.credits)) {
		r.f.Note("credits of %s %d, after it %d", sku, t.left[sku], t.left[sku]-t.credits[sku])
	}
	deed := r.Deed(look.items - len(look.problems))
	if price := t.words(r.f); price != "" {
		deed += " for " + price
	}
	return r.f.Confirm(confirm, fmt.Sprintf("%s, with %s?", deed, r.f.Where()))
}

// showPreviews prints what would become of each row.
func (r *bulkRunner[I, O]) showPreviews(left rowsLeft[I], look bulkLook) error {
	items := left.items
	rows := make([]BulkResult, len(items))
	for row, item := range items {
		if no, refused := look.problems[row]; refused {
			rows[row] = no
			continue
		}
		p := look.previews[row]
		rows[row] = BulkResult{Line: item.Line, ID: p.ID, Status: statusReady, Message: p.Message}
		if len(p.Costs) == 1 {
			cost := p.Costs[0]
			rows[row].Amount, rows[row].Currency, rows[row].Credits = cost.Amount, cost.Currency, cost.Credits
		}
	}
	rows = slices.Concat(rows, left.results)
	rows, _ = byLine(rows, make([][]string, len(rows)))
	if t := look.total().words(r.f); t != "" {
		r.f.Note("%s for %s", r.Deed(len(items)-len(look.problems)), t)
	} else {
		r.f.Note("%s", r.Deed(len(items)-len(look.problems)))
	}
	if err := r.f.ShowAll(rows, bulkColumns); err != nil {
		return err
	}
	if len(look.problems) > 0 {
		return &PartialError{Failed: len(look.problems), Total: len(items), Hint: "the others are carried out without --dry-run"}
	}
	return nil
}
