package store

// The statements of the lists, for the tests that look at their plans.

func LicensesSQL(f LicenseFilter, p Page) (string, []any) {
	c := f.conditions()
	rest := c.page("l.id", p)
	return selectLicense() + rest, c.args
}

func OrdersSQL(f OrderFilter, p Page) (string, []any) {
	c := f.conditions()
	rest := c.page("o.id", p)
	return selectOrder() + rest, c.args
}

// A search for licenses: a page that is looked through, one of what an index found, and
// the statements that ask indexes.
func LicenseSearchSQL(d Dialect, search, reseller string, page, found []string) (window, ids Query, indexes []Query) {
	f := LicenseFilter{Resellers: []string{reseller}, Search: search}.finder(d)
	list := func(c *conditions) Query {
		return Query{selectLicense() + c.String() + " ORDER BY l.id DESC LIMIT 51", c.args}
	}
	c := f.conditions()
	c.terms = append(c.terms, in(c, f.column(), found))
	for _, w := range f.ways {
		var c conditions
		indexes = append(indexes, Query{"SELECT * FROM (" + w.query(&c) + ") found LIMIT 513", c.args})
		for _, h := range w.hops {
			var c conditions
			indexes = append(indexes, Query{"SELECT * FROM (" + h.query(&c, in(&c, "y."+h.column, found)) + ") found LIMIT 513", c.args})
		}
	}
	return list(f.window(&page[0], &page[1])), list(c), indexes
}

// Query is a statement with its arguments.
type Query struct {
	SQL  string
	Args []any
}
