package licensing

// Refund is what, beside the order itself, decides whether it can be refunded.
type Refund struct {
	BoughtOn Date   // by the vendor's calendar
	Days     int64  // in which the product can be refunded after that day
	Later    string // number of the newest order since that changed its licenses and was not refunded
}

// Until is the last day on which the order can be refunded.
func (r Refund) Until() Date { return r.BoughtOn.AddDays(int(r.Days)) }

// CheckRefund refuses to refund the order with refund_window_over, or with
// order_not_refundable where it was never paid, is refunded already, or where another
// order has to be refunded before it.
func (o Order) CheckRefund(r Refund, today Date) error {
	switch o.State {
	case OrderProcessed:
	case OrderPending:
		return Errorf(CodeOrderNotRefundable, "order %s waits for its payment", o.Number).WithHint("cancel it instead")
	case OrderCancelled:
		return Errorf(CodeOrderNotRefundable, "order %s was cancelled before it was paid", o.Number)
	case OrderRefunded:
		return Errorf(CodeOrderNotRefundable, "order %s was refunded at %s", o.Number, o.RefundedAt)
	}
	switch {
	case r.Days == 0:
		return Errorf(CodeOrderNotRefundable, "what order %s bought cannot be refunded", o.Number)
	case today.After(r.Until()):
		return Errorf(CodeRefundWindowOver, "order %s of %s could be refunded until %s", o.Number, r.BoughtOn, r.Until())
	case r.Later != "":
		return Errorf(CodeOrderNotRefundable, "order %s has changed its license since", r.Later).WithHint("refund %s first", r.Later)
	}
	return nil
}

// The actions of orders.
const (
	ActionPay    Action = "pay"
	ActionCancel Action = "cancel"
	ActionResend Action = "resend"
	ActionRefund Action = "refund" // also a license: by the order that bought it
)

// AllowedActions lists what may be done with the order on a day.
func (o Order) AllowedActions(r Refund, today Date) []Action {
	allowed := []Action{}
	switch o.State {
	case OrderPending:
		allowed = append(allowed, ActionPay, ActionCancel)
	case OrderProcessed:
		allowed = append(allowed, ActionResend)
	case OrderRefunded, OrderCancelled:
	}
	if o.CheckRefund(r, today) == nil {
		allowed = append(allowed, ActionRefund)
	}
	return allowed
}

// Standing is what orders change of a license.
type Standing struct {
	ProductID string `json:"product_id"`
	Quantity  int64  `json:"quantity"`
	Term      string `json:"term"`
	StartsOn  Date   `json:"starts_on"`
	EndsOn    Date   `json:"ends_on"`
	AnchorDay int64  `json:"anchor_day"`
}

// Standing is what an order would change of the license, as it is.
func (l License) Standing() Standing {
	return Standing{l.ProductID, l.Quantity, l.Term, l.StartsOn, l.EndsOn, l.AnchorDay}
}

// Change is what an order has changed of a license: its refund sets that back.
type Change struct {
	Before Standing `json:"before"`
	After  Standing `json:"after"`
}

// Undo sets the license, or a part that was split off it, back to how it was before a
// change. It fails with order_not_refundable where a change of the quantity cannot be
// taken back any more.
func (l License) Undo(c Change) (License, error) {
	if c.Before.Quantity != c.After.Quantity {
		switch {
		case l.Quantity != c.After.Quantity:
			return l, Errorf(CodeOrderNotRefundable, "%s was split since, and no longer has a quantity of %d", l.ID, c.After.Quantity)
		case l.KeySeats > c.Before.Quantity:
			return l, Errorf(CodeOrderNotRefundable, "%s would have a quantity of %d again, and %d seats are given to keys", l.ID, c.Before.Quantity, l.KeySeats)
		case l.Devices > c.Before.Quantity:
			return l, Errorf(CodeOrderNotRefundable, "%s would have a quantity of %d again, and %d devices are active", l.ID, c.Before.Quantity, l.Devices).
				WithHint("deactivate devices first")
		}
		l.Quantity = c.Before.Quantity
	}
	l.ProductID, l.Term, l.AnchorDay = c.Before.ProductID, c.Before.Term, c.Before.AnchorDay
	l.StartsOn, l.EndsOn = c.Before.StartsOn, c.Before.EndsOn
	return l, nil
}
