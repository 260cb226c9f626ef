package store

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/resell-cli/resell/internal/licensing"
)

// needle is a text that is searched for.
type needle struct {
	asked bool   // for anything
	typed string // without the space around it
	text  string // in the form of search_text; where it is empty, it is in no row
}

func newNeedle(text string) needle {
	typed := strings.TrimSpace(text)
	return needle{text != "", typed, searchText(typed)}
}

// gram is how many characters in a row the indexes know text by.
const gram = 3

func (n needle) isShort() bool { return utf8.RuneCountInString(n.text) < gram }

// isIndexed reports whether an index can find the text.
func (n needle) isIndexed(d Dialect) bool { return n.text != "" && (d == SQLite || !n.isShort()) }

// ways are ways to rows that have the text, none where no index knows it.
func (n needle) ways(d Dialect, ways ...way) []way {
	if !n.isIndexed(d) {
		return nil
	}
	return ways
}

// like is a condition on a column: it has the text, whatever wildcards are in it.
func (c *conditions) like(column string, n needle) string {
	if n.text == "" {
		return "1 = 0"
	}
	return column + " LIKE " + c.arg("%"+strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(n.text)+"%") + " ESCAPE '!'"
}

// starts is a condition on an expression with an index: it begins with a text.
func (c *conditions) starts(expression, text string) string {
	return fmt.Sprintf("(%[1]s >= %[2]s AND %[1]s < %[3]s)", expression, c.arg(text), c.arg(text+string(utf8.MaxRune)))
}

// having is the rest of a statement that selects, as x, the rows of resellers whose
// search_text has the text, by the index.
func (c *conditions) having(d Dialect, table string, n needle, resellers []string) string {
	from := " FROM " + table + " x WHERE "
	switch {
	case d == SQLite && n.isShort():
		from = fmt.Sprintf(" FROM (SELECT DISTINCT doc%s) s CROSS JOIN %s x ON x.search_id = s.doc WHERE ", c.beginning(table, n), table)
	case d == SQLite:
		from = fmt.Sprintf(" FROM %[1]s_search s CROSS JOIN %[1]s x ON x.search_id = s.rowid WHERE s.%[1]s_search MATCH %[2]s AND ",
			table, c.arg(n.grams(resellers)))
	}
	return from + c.like("x.search_text", n) + " AND " + in(c, "x.reseller_id", resellers)
}

// beginning is the rest of a statement that selects, as doc, the rows of an index of
// SQLite that have three characters in a row of which the text is the first ones.
func (c *conditions) beginning(table string, n needle) string {
	return " FROM " + table + "_grams WHERE " + c.starts("term", n.text)
}

// grams asks an index of SQLite for the rows that have every three characters of the
// text, in whatever order: few others do. The rows of other resellers are left out
// likewise, by the end of the reseller's id, which is in upper case and so no text.
func (n needle) grams(resellers []string) string {
	const most = 16 // more of them leave out no more rows
	all := gramsOf(n.text)
	if len(all) > most {
		chosen := make([]string, most)
		for i := range chosen {
			chosen[i] = all[i*(len(all)-1)/(most-1)]
		}
		all = chosen
	}
	query := joined(all, " AND ")
	if len(resellers) == 0 || len(resellers) > most {
		return query
	}
	owners := make([]string, len(resellers))
	for i, id := range resellers {
		owners[i] = id[max(0, len(id)-gram):]
	}
	return query + " AND " + joined(owners, " OR ")
}

func gramsOf(text string) []string {
	runes := []rune(text)
	var all []string
	for i := range len(runes) - gram + 1 {
		all = append(all, string(runes[i:i+gram]))
	}
	return all
}

func joined(grams []string, by string) string {
	quoted := make([]string, len(grams))
	for i, g := range grams {
		quoted[i] = `"` + strings.ReplaceAll(g, `"`, `""`) + `"`
	}
	return "(" + strings.Join(quoted, by) + ")"
}

// id is a condition on a column: it is the id that was typed, in any case. Where that
// is no id, it is empty.
func (c *conditions) id(column string, n needle) string {
	prefix, rest, found := strings.Cut(n.typed, "_")
	if !found {
		return ""
	}
	return in(c, column, []string{n.typed, strings.ToLower(prefix) + "_" + strings.ToUpper(rest)})
}

// coupon is a condition on a column: it is the coupon that was typed, with hyphens
// and what is mistyped in coupons. Where that is none, it is empty.
func (c *conditions) coupon(column string, n needle) string {
	coupon, ok := licensing.CanonicalCoupon(n.typed)
	if !ok {
		return ""
	}
	return column + " = " + c.arg(coupon)
}

// keys are conditions on keys, as k, one for each index that knows them: their code
// begins with what was typed, in whatever way keys are typed, at least so many
// characters of it; or their name is the text, or, where that is enough, begins with it.
func (c *conditions) keys(n needle, atLeast int, begins bool) []string {
	var ways []string
	if code, ok := licensing.KeyPrefix(n.typed); ok && len(strings.ReplaceAll(code, "-", "")) >= atLeast {
		ways = append(ways, c.starts("k.code", code))
		if generated := licensing.GeneratedForm(code); generated != code {
			ways = append(ways, c.starts("k.code", generated))
		}
	}
	// The expression that keys_name has.
	const name = "coalesce(nullif(k.search_name, ''), lower(k.name))"
	switch {
	case n.text == "":
	case begins:
		ways = append(ways, c.starts(name, n.text))
	default:
		ways = append(ways, name+" = "+c.arg(n.text))
	}
	return ways
}

// leastOfCode is how much of a key's code other rows are found by: fewer characters
// are in many keys.
const leastOfCode = 5

// licensesOfKeys selects the licenses of the keys that were typed: by the whole name,
// or by the beginning of the code.
func (c *conditions) licensesOfKeys(n needle) string {
	keys := c.keys(n, leastOfCode, false)
	return selectAny("coalesce(k.license_id, '')", "keys k", keys...) +
		" UNION ALL SELECT z.license_id FROM key_licenses z WHERE z.key_id IN (" + selectAny("k.id", "keys k", keys...) + ")"
}

// selectAny selects a column of the rows of which one of the conditions is true, by the
// index of each. Empty ones are none.
func selectAny(column, table string, conditions ...string) string {
	queries := []string{"SELECT NULL WHERE 1 = 0"}
	for _, condition := range conditions {
		if condition != "" {
			queries = append(queries, "SELECT "+column+" FROM "+table+" WHERE "+condition)
		}
	}
	return strings.Join(queries, " UNION ALL ")
}

// anyOf is true where one of the conditions is. Empty ones are none.
func anyOf(conditions ...string) string {
	return "(" + strings.Join(slices.DeleteFunc(conditions, func(s string) bool { return s == "" }), " OR ") + ")"
}
