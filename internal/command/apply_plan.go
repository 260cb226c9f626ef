package command

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/output"
)

// applyPlan is what a file changes.
type applyPlan struct {
	rows      int
	changes   []rowChange
	refused   []wrongRow // that cannot be asked for
	unchanged int
	moved     int // rows of which a column tells something else than the server now does
}

// rowChange is what a row of a file changes.
type rowChange struct {
	line   int
	cells  []string
	id     string
	etag   string
	name   string
	fields []FieldChange
}

func (p applyPlan) fields() []FieldChange {
	all := []FieldChange{}
	for _, change := range p.changes {
		all = append(all, change.fields...)
	}
	return all
}

// applyRow is a row of a file, as far as it can be understood without the server.
type applyRow struct {
	line    int
	raw     []string
	cells   map[string]string
	id      string
	version string
}

// plan compares a file with the server.
func (a Apply[X, I, O]) plan(ctx context.Context, f *Factory, table Table, raw bool) (applyPlan, error) {
	var plan applyPlan
	rows, err := applyRows(table, raw)
	if err != nil {
		return plan, err
	}
	c, err := f.Client(ctx)
	if err != nil {
		return plan, err
	}
	session, err := client.Call(ctx, c, api.SessionView, api.SessionViewInput{})
	if err != nil {
		return plan, err
	}
	whose := ""
	if session.Reseller != nil {
		whose = session.Reseller.Login
	}
	now, err := a.current(ctx, f, c, rows)
	if err != nil {
		return plan, err
	}
	if err := now.knows(table); err != nil {
		return plan, err
	}
	plan.rows = len(rows)
	for _, row := range rows {
		change, err := a.compare(row, now, whose)
		switch {
		case err != nil:
			plan.refused = append(plan.refused, wrongRow{row.line, err.Error()})
		case len(change.fields) > 0:
			plan.changes = append(plan.changes, change)
		default:
			plan.unchanged++
		}
		if slices.ContainsFunc(a.Moving, func(column string) bool { return row.differs(column, now) }) {
			plan.moved++
		}
	}
	return plan, nil
}

// applyRows reads the rows of a file. It tells of all rows that cannot be understood at
// once.
func applyRows(table Table, raw bool) ([]applyRow, error) {
	if err := table.Require("id", "version"); err != nil {
		return nil, err
	}
	var rows []applyRow
	var wrong []wrongRow
	lines := make(map[string]int)
	for _, cells := range table.Rows {
		if !slices.ContainsFunc(cells.Cells, func(cell string) bool { return cell != "" }) {
			continue // spreadsheets leave such lines behind
		}
		row := applyRow{line: cells.Line, raw: cells.Cells, cells: make(map[string]string, len(table.Header))}
		for i, column := range table.Header {
			row.cells[column] = cells.Cells[i]
			if !raw {
				row.cells[column] = output.UnguardCell(cells.Cells[i])
			}
		}
		row.id = strings.TrimSpace(row.cells["id"])
		row.version = plainNumber(row.cells["version"])
		_, err := strconv.ParseInt(row.version, 10, 64)
		before := lines[row.id]
		switch {
		case row.id == "":
			wrong = append(wrong, wrongRow{row.line, "id is needed"})
		case strings.Contains(row.id, ","):
			wrong = append(wrong, wrongRow{row.line, fmt.Sprintf("%q is not an id", row.id)})
		case before > 0:
			wrong = append(wrong, wrongRow{row.line, fmt.Sprintf("the id is that of line %d", before)})
		case err != nil:
			wrong = append(wrong, wrongRow{row.line, fmt.Sprintf("version is not a whole number: %q", row.cells["version"])})
		}
		lines[row.id] = row.line
		rows = append(rows, row)
	}
	if len(wrong) > 0 {
		return nil, Usage("%s", listWrong(fmt.Sprintf("%s: %d of %d rows cannot be read, and nothing was sent", table.Name, len(wrong), len(rows)), wrong))
	}
	if len(rows) == 0 {
		return nil, Usage("%s has a header, but no rows", table.Name)
	}
	return rows, nil
}

// compare tells what a row changes, or why it is refused.
func (a Apply[X, I, O]) compare(row applyRow, now *currentRows, whose string) (rowChange, error) {
	change := rowChange{line: row.line, cells: row.raw, id: row.id}
	if _, there := now.rows[row.id]; !there {
		return change, fmt.Errorf("there is no %s %s", a.Noun, row.id)
	}
	version := now.cell(row.id, "version")
	change.name, change.etag = now.cell(row.id, "name"), strconv.Quote(version)
	var err error
	change.fields, err = a.edited(row, now)
	switch {
	case row.version != version && len(change.fields) > 0:
		return change, fmt.Errorf("%s was changed on the server since it was exported (version %s, now %s), and would be written over: %s",
			row.id, row.version, version, strings.Join(fieldsOf(change.fields), ", "))
	case row.version != version: // and the file wants nothing of it
		return change, nil
	case err != nil:
		return change, err
	}
	if err := a.refuse(row, now); err != nil {
		return change, err
	}
	if state := now.cell(row.id, "state"); len(change.fields) > 0 && (state == "deleted" || state == "refunded") {
		return change, fmt.Errorf("%s is %s, and stays as it was", row.id, state)
	}
	if owner := now.cell(row.id, "reseller"); len(change.fields) > 0 && whose != "" && owner != whose {
		return change, fmt.Errorf("%s belongs to your sub-reseller %s, who alone can change it", row.id, owner)
	}
	return change, nil
}

// edited are the fields that a row changes. It fails for a cell that is no value for its
// column, or that the spreadsheet has spoilt; the field is among the others all the same.
func (a Apply[X, I, O]) edited(row applyRow, now *currentRows) ([]FieldChange, error) {
	var fields []FieldChange
	var wrong error
	for _, column := range a.Editable {
		cell, there := row.cells[column]
		was := now.cell(row.id, column)
		if slices.Contains(a.Switches, column) {
			cell = cmp.Or(asBool(cell), cell)
		}
		if !there || cell == was {
			continue
		}
		fields = append(fields, FieldChange{Line: row.line, ID: row.id, Field: column, From: was, To: cell})
		if slices.Contains(a.Switches, column) && asBool(cell) == "" {
			wrong = fmt.Errorf("%s is true or false, not %q", column, cell)
		}
		if how := mangled(was, cell); how != "" {
			wrong = fmt.Errorf("%s has become %q from %q: the spreadsheet %s; make the column one of text, or change it with resell %s edit %s",
				column, cell, was, how, a.Noun, row.id)
		}
	}
	return fields, wrong
}

// refuse refuses a row where a column was edited that cannot be.
func (a Apply[X, I, O]) refuse(row applyRow, now *currentRows) error {
	for _, column := range now.header {
		if slices.Contains(a.Editable, column) || slices.Contains(a.Moving, column) || !row.differs(column, now) {
			continue
		}
		how := "it cannot be changed"
		if command := a.Elsewhere[column]; command != "" {
			how = fmt.Sprintf("change it with %s %s", command, row.id)
		}
		return fmt.Errorf("%s is %q, not %q: %s", column, now.cell(row.id, column), row.cells[column], how)
	}
	return nil
}

// differs reports whether a column says something else than the server, and not just in
// another form.
func (r applyRow) differs(column string, now *currentRows) bool {
	cell, there := r.cells[column]
	return there && !sameForm(now.cell(r.id, column), cell)
}

func fieldsOf(fields []FieldChange) []string {
	names := make([]string, len(fields))
	for i, field := range fields {
		names[i] = field.Field
	}
	return names
}
