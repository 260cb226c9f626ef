package store

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Page says which rows of a list: those after the one with id After, Limit at most.
type Page struct {
	After string
	Limit int
}

// conditions gathers the WHERE of a statement with its arguments.
type conditions struct {
	terms []string
	args  []any
}

// add appends a condition; each %s in it stands for the next argument's placeholder.
func (c *conditions) add(term string, args ...any) {
	places := make([]any, len(args))
	for i, a := range args {
		c.args = append(c.args, a)
		places[i] = fmt.Sprintf("$%d", len(c.args))
	}
	c.terms = append(c.terms, fmt.Sprintf(term, places...))
}

// equal adds a condition unless the value is empty.
func (c *conditions) equal(column, value string) {
	if value != "" {
		c.add(column+" = %s", value)
	}
}

// ofReseller restricts a column to what is a reseller's, or the vendor's for "".
func (c *conditions) ofReseller(column, reseller string) {
	if reseller == "" {
		c.terms = append(c.terms, column+" IS NULL")
		return
	}
	c.add(column+" = %s", reseller)
}

// isSet restricts a column to rows where it has a value, or where it has none; nil is
// any.
func (c *conditions) isSet(column string, set *bool) {
	switch {
	case set == nil:
	case *set:
		c.terms = append(c.terms, column+" IS NOT NULL")
	default:
		c.terms = append(c.terms, column+" IS NULL")
	}
}

// among restricts a column to a set. An empty set matches nothing.
func (c *conditions) among(column string, values []string) {
	switch len(values) {
	case 0:
		c.add("1 = 0")
	case 1:
		c.add(column+" = %s", values[0])
	default:
		args := make([]any, len(values))
		for i, v := range values {
			args[i] = v
		}
		c.add(column+" IN (%s"+strings.Repeat(", %s", len(values)-1)+")", args...)
	}
}

// nearest is the rest of a statement that looks for one row among the rows of
// several resellers: those of the first reseller come first, two rows at most.
func (c *conditions) nearest(column string, resellers []string) string {
	if len(resellers) == 0 {
		return c.String() + " LIMIT 0"
	}
	where := c.String()
	c.args = append(c.args, resellers[0])
	return fmt.Sprintf("%s ORDER BY CASE WHEN %s = $%d THEN 0 ELSE 1 END LIMIT 2", where, column, len(c.args))
}

// search finds text in a search column, ignoring case and accents. Text that is
// nothing but accents is in no row.
func (c *conditions) search(column, text string) {
	if text == "" {
		return
	}
	folded := Fold(text)
	if folded == "" {
		c.add("1 = 0")
		return
	}
	c.add(column+` LIKE %s ESCAPE '!'`, "%"+strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(folded)+"%")
}

// page adds the keyset condition, and returns the rest of the statement.
func (c *conditions) page(id string, p Page) string {
	if p.After != "" {
		c.add(id+" < %s", p.After)
	}
	return fmt.Sprintf("%s ORDER BY %s DESC LIMIT %d", c, id, p.Limit)
}

// String is the WHERE clause.
func (c *conditions) String() string {
	if len(c.terms) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.terms, " AND ")
}

// Fold makes text comparable for search: compatibility forms decomposed, accents
// and other marks dropped, case folded, in any script. What no database can hold,
// NUL and bytes that are no UTF-8, becomes U+FFFD.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(cases.Fold().String(norm.NFKC.String(s))) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 0:
			b.WriteRune(unicode.ReplacementChar)
		default:
			b.WriteRune(unicode.ToLower(r)) // Cherokee folds to capitals
		}
	}
	return b.String()
}

// searchText is what search looks in: the fields of a row, folded, a line each.
func searchText(fields ...string) string {
	return Fold(strings.Join(fields, "\n"))
}
