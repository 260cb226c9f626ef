package command

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// items are the requests of what a file changes.
func (a Apply[X, I, O]) items(plan applyPlan) []BulkItem[I] {
	items := make([]BulkItem[I], len(plan.changes))
	for i, change := range plan.changes {
		to := make(map[string]string, len(change.fields))
		for _, field := range change.fields {
			to[field.Field] = field.To
		}
		items[i] = BulkItem[I]{Line: change.line, Cells: change.cells, ID: change.id, Input: a.Input(change.id, change.etag, to)}
	}
	return items
}

// try asks the server about every change, and refuses all of them, with those that cannot
// even be asked for, where there is one that it would refuse.
func (a Apply[X, I, O]) try(ctx context.Context, r *bulkRunner[I, O], name string, plan applyPlan, items []BulkItem[I]) error {
	looked, err := r.preview(ctx, items, r.Preview)
	if err != nil {
		return err
	}
	refused := plan.refused
	for _, row := range looked.problems {
		refused = append(refused, wrongRow{row.Line, row.Message})
	}
	if len(refused) == 0 {
		return nil
	}
	slices.SortFunc(refused, func(x, y wrongRow) int { return cmp.Compare(x.line, y.line) })
	return &RefusedError{
		Code:    "rows_refused",
		Message: listWrong(fmt.Sprintf("%s: %d of %d rows are refused, and nothing was changed", name, len(refused), plan.rows), refused),
		Hint:    "mend them or take them out; export again what was changed on the server",
	}
}
