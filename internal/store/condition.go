package store

import (
	"fmt"
	"strconv"
	"strings"
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
		places[i] = c.arg(a)
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

// arg adds an argument to those of the statement, and gives its placeholder.
func (c *conditions) arg(value any) string {
	c.args = append(c.args, value)
	return "$" + strconv.Itoa(len(c.args))
}

// among restricts a column to a set. An empty set matches nothing.
func (c *conditions) among(column string, values []string) {
	c.terms = append(c.terms, in(c, column, values))
}

// in is a condition on a column, to be one of several values.
func in[V any](c *conditions, column string, values []V) string {
	switch len(values) {
	case 0:
		return "1 = 0"
	case 1:
		return column + " = " + c.arg(values[0])
	}
	places := make([]string, len(values))
	for i, v := range values {
		places[i] = c.arg(v)
	}
	return column + " IN (" + strings.Join(places, ", ") + ")"
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

// search finds text in a search column of a table that is read whole: where there may
// be many rows, a finder does.
func (c *conditions) search(column, text string) {
	if text == "" {
		return
	}
	c.terms = append(c.terms, c.like(column, newNeedle(text)))
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
