package store

// finder finds licenses by what they have, their company, product, devices and keys
// have. A company or product that is renamed is found by its new name alone.
func (f LicenseFilter) finder(d Dialect) finder[string] {
	n := newNeedle(f.Search)
	if ends := f.ends("y.ends_on", &conditions{}); !n.asked && len(ends.terms) > 0 {
		return f.finderByEnd()
	}
	return finder[string]{
		table: "licenses", alias: "l", key: "id", resellers: f.Resellers, conditions: f.conditions, needle: n,
		narrow: f.CompanyID != "" || f.Order != "",
		has: func(c *conditions) string {
			return anyOf(c.hasLicense(n), "EXISTS (SELECT 1 FROM devices y WHERE y.license_id = l.id AND "+c.like("y.search_text", n)+")",
				"l.id IN ("+c.licensesOfKeys(n)+")")
		},
		ways: append(licenseWays(d, n, f.Resellers), n.ways(d,
			wayTo(d, "devices", "license_id", n, f.Resellers),
			way{query: func(c *conditions) string { return c.licensesOfKeys(n) }})...),
	}
}

// finderByEnd finds licenses by when they end: the index has many or few of them, and
// not in the order of the list.
func (f LicenseFilter) finderByEnd() finder[string] {
	return finder[string]{
		table: "licenses", alias: "l", key: "id", resellers: f.Resellers, conditions: f.conditions,
		narrow: f.CompanyID != "" || f.Order != "",
		has:    func(*conditions) string { return "1 = 1" },
		ways: []way{{query: func(c *conditions) string {
			ended := f.ends("y.ends_on", &conditions{args: c.args})
			ended.among("y.reseller_id", f.Resellers)
			c.args = ended.args
			return "SELECT y.id FROM licenses y" + ended.String()
		}}},
	}
}

// hasLicense tells of a license, as l, whether it has the text, or its company or
// product has. It asks for nothing that is joined to the license: that would be read
// of all licenses before.
func (c *conditions) hasLicense(n needle) string {
	return anyOf(c.like("l.search_text", n), c.id("l.id", n), c.coupon("l.coupon", n),
		"l.product_id IN (SELECT g.id FROM products g WHERE "+c.like("g.search_text", n)+")", c.hasCompany("l.company_id", n))
}

// hasCompany tells of a company whether it has the text.
func (c *conditions) hasCompany(id string, n needle) string {
	return "EXISTS (SELECT 1 FROM companies y WHERE y.id = " + id + " AND " + c.like("y.search_text", n) + ")"
}

// licenseWays lead to the licenses that have a text, or whose company or product has.
func licenseWays(d Dialect, n needle, resellers []string) []way {
	return n.ways(d,
		wayTo(d, "licenses", "id", n, resellers),
		wayTo(d, "companies", "id", n, resellers).through(hop{table: "licenses", column: "company_id"}),
		way{query: func(c *conditions) string { return "SELECT g.id FROM products g WHERE " + c.like("g.search_text", n) }}.
			through(hop{"licenses", "product_id", resellers}),
		way{query: func(c *conditions) string {
			return selectAny("y.id", "licenses y", c.id("y.id", n), c.coupon("y.coupon", n))
		}})
}
