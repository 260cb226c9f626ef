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
