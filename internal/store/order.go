package store

import (
	"context"

	"github.com/jmoiron/sqlx"

	"github.com/resell-cli/resell/internal/licensing"
)

// OrderFilter chooses orders. Resellers must name at least one; empty fields
// choose nothing out.
type OrderFilter struct {
	Resellers []string
	Since     string // bought at or after this instant, RFC 3339 UTC
	Until     string // bought before this instant
	Number    string
	ProductID string
	CompanyID string
	State     string
	Payment   string
	Search    string
}

func (f OrderFilter) conditions() *conditions {
	var c conditions
	c.among("o.reseller_id", f.Resellers)
	if f.Since != "" {
		c.add("o.created_at >= %s", f.Since)
	}
	if f.Until != "" {
		c.add("o.created_at < %s", f.Until)
	}
	c.equal("o.number", f.Number)
	c.equal("o.company_id", f.CompanyID)
	c.equal("o.state", f.State)
	c.equal("o.payment", f.Payment)
	if f.ProductID != "" { // an order that nothing has come of has no line yet, and its intent names the product
		c.add("(EXISTS (SELECT 1 FROM order_lines x WHERE x.order_id = o.id AND x.product_id = %s) OR o.intent LIKE %s)",
			f.ProductID, `%"`+f.ProductID+`"%`)
	}
	return &c
}

// finder finds orders by what they and their company have.
func (f OrderFilter) finder(d Dialect) finder[string] {
	n := newNeedle(f.Search)
	return finder[string]{
		table: "orders", alias: "o", key: "id", resellers: f.Resellers, conditions: f.conditions, needle: n,
		narrow: f.Number != "" || f.CompanyID != "",
		has: func(c *conditions) string {
			return anyOf(c.like("o.search_text", n), c.id("o.id", n), c.hasCompany("o.company_id", n))
		},
		ways: n.ways(d,
			wayTo(d, "orders", "id", n, f.Resellers),
			wayTo(d, "companies", "id", n, f.Resellers).through(hop{table: "orders", column: "company_id"}),
			way{query: func(c *conditions) string {
				return selectAny("y.id", "orders y", c.id("y.id", n))
			}}),
	}
}

func selectOrder() string {
	return "SELECT " + columnsOf[licensing.Order]("o") + ", c.name AS company_name FROM orders o LEFT JOIN companies c ON c.id = o.company_id"
}

// Orders lists orders with their lines, newest first.
func (tx *Tx) Orders(ctx context.Context, f OrderFilter, p Page) ([]licensing.Order, error) {
	found, err := listed(ctx, tx, f.finder(tx.dialect), p, func(rest string, args []any) ([]licensing.Order, error) {
		return selectAll[licensing.Order](ctx, tx, selectOrder()+rest, args...)
	})
	if err != nil {
		return nil, err
	}
	return found, tx.addLines(ctx, found)
}

// Order gives an order of the resellers by id or number, one of the first reseller
// before the others'. It fails with ErrNotFound or ErrAmbiguous.
func (tx *Tx) Order(ctx context.Context, resellers []string, ref string) (licensing.Order, error) {
	var c conditions
	c.among("o.reseller_id", resellers)
	c.add("(o.id = %s OR o.number = %s)", ref, ref)
	found, err := selectAll[licensing.Order](ctx, tx, selectOrder()+c.nearest("o.reseller_id", resellers), c.args...)
	if err != nil {
		return licensing.Order{}, err
	}
	if found, err = one(found, func(o licensing.Order) bool { return o.ResellerID == resellers[0] }); err != nil {
		return licensing.Order{}, err
	}
	return found[0], tx.addLines(ctx, found)
}

func selectLine() string {
	return "SELECT " + columnsOf[licensing.OrderLine]("x") + ", p.sku AS product_sku, p.refund_days FROM order_lines x JOIN products p ON p.id = x.product_id"
}

func (tx *Tx) addLines(ctx context.Context, orders []licensing.Order) error {
	if len(orders) == 0 {
		return nil
	}
	byID := make(map[string]*licensing.Order)
	ids := make([]string, len(orders))
	for i := range orders {
		byID[orders[i].ID], ids[i] = &orders[i], orders[i].ID
	}
	query, args, err := sqlx.In(selectLine()+" WHERE x.order_id IN (?) ORDER BY x.id", ids)
	if err != nil {
		return err
	}
	lines, err := selectAll[licensing.OrderLine](ctx, tx, tx.Rebind(query), args...)
	for _, line := range lines {
		o := byID[line.OrderID]
		o.Lines = append(o.Lines, line)
	}
	return err
}

// OrderForUpdate gives an order by id, with its lines, and keeps others from changing
// it until the transaction ends.
func (tx *Tx) OrderForUpdate(ctx context.Context, id string) (licensing.Order, error) {
	order, err := get[licensing.Order](ctx, tx, selectOrder()+" WHERE o.id = $1"+tx.forUpdate("o"), id)
	if err != nil {
		return order, err
	}
	found := []licensing.Order{order}
	err = tx.addLines(ctx, found)
	return found[0], err
}

// OrderByID gives an order whoever placed it: for what is done on its behalf.
func (tx *Tx) OrderByID(ctx context.Context, id string) (licensing.Order, error) {
	return get[licensing.Order](ctx, tx, selectOrder()+" WHERE o.id = $1", id)
}

// UnpaidOrders gives orders that were not paid until an instant, the oldest first.
func (tx *Tx) UnpaidOrders(ctx context.Context, until licensing.Time, limit int) ([]licensing.Order, error) {
	return selectAll[licensing.Order](ctx, tx, selectOrder()+" WHERE o.state = 'pending' AND o.expires_at <= $1 ORDER BY o.expires_at LIMIT $2", until, limit)
}

// InsertOrder adds an order. Its lines are for the search alone.
func (tx *Tx) InsertOrder(ctx context.Context, o licensing.Order) error {
	o.SearchText = orderSearchText(o)
	return insert(ctx, tx, "orders", o)
}

// UpdateOrder changes an order. Its lines are for the search alone.
func (tx *Tx) UpdateOrder(ctx context.Context, o licensing.Order) error {
	o.SearchText = orderSearchText(o)
	return update(ctx, tx, "orders", o)
}

// SetOrderMailed records when the mail server took the confirmation of an order.
func (tx *Tx) SetOrderMailed(ctx context.Context, id string, at licensing.Time) error {
	_, err := tx.ExecContext(ctx, "UPDATE orders SET mailed_at = $1 WHERE id = $2", at, id)
	return translate(err)
}

func orderSearchText(o licensing.Order) string {
	fields := []string{o.Number, o.Buyer, o.Distributor, o.InvoiceReference, o.Note, string(o.Payment)}
	for _, line := range o.Lines {
		fields = append(fields, line.Description, line.ProductSKU)
	}
	return searchText(fields...)
}

// InsertOrderLines adds the lines of an order.
func (tx *Tx) InsertOrderLines(ctx context.Context, lines ...licensing.OrderLine) error {
	return insert(ctx, tx, "order_lines", lines...)
}

// UpdateOrderLine changes the quantity and amounts of a line, or whose it is, where its
// license is split.
func (tx *Tx) UpdateOrderLine(ctx context.Context, line licensing.OrderLine) error {
	return update(ctx, tx, "order_lines", line)
}

// PaidLines gives the lines of a license whose orders were not refunded, oldest first.
func (tx *Tx) PaidLines(ctx context.Context, license string) ([]licensing.OrderLine, error) {
	return selectAll[licensing.OrderLine](ctx, tx, selectLine()+` JOIN orders o ON o.id = x.order_id WHERE x.license_id = $1 AND o.state = 'processed' ORDER BY x.id`, license)
}
