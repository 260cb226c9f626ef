package licensing

import (
	"cmp"
	"math/big"
	"slices"
)

// Piece is how much is taken of one license of stock.
type Piece struct {
	License  License
	Quantity int64
}

// Take chooses what a quantity is made up of: it takes the earliest-ending first, a
// perpetual license last, and the earliest bought of those that end together. Of each
// it takes no more than is free; all together may be less than was asked for.
func Take(stock []License, quantity int64) []Piece {
	stock = slices.Clone(stock)
	slices.SortFunc(stock, func(a, b License) int {
		return cmp.Or(compareEnds(a.EndsOn, b.EndsOn), cmp.Compare(a.ID, b.ID))
	})
	var pieces []Piece
	for _, l := range stock {
		if n := min(l.Free(), quantity); n > 0 {
			pieces = append(pieces, Piece{l, n})
			quantity -= n
		}
	}
	return pieces
}

func compareEnds(a, b Date) int {
	switch {
	case a == b:
		return 0
	case a.IsZero(), !b.IsZero() && b.Before(a):
		return 1
	}
	return -1
}

// Free is how much of the license can be split off: its quantity without the seats
// given to keys and without active devices. Of one that is bound to serial numbers,
// nothing can.
func (l License) Free() int64 {
	if len(l.Serials) > 0 {
		return 0
	}
	return max(0, l.Quantity-l.KeySeats-l.Devices)
}

// CheckAssign refuses to give a quantity of the license to a company with
// license_not_assignable, unless the license is stock and so much of it is free. The
// whole license can be assigned with its keys. A quantity that is none is refused with
// invalid_quantity.
func (l License) CheckAssign(quantity int64, today Date) error {
	switch s := l.State(today); s {
	case StateAvailable:
	case StateAssigned, StateActive:
		return Errorf(CodeNotAssignable, "%s is assigned to %s already", l.ID, cmp.Or(l.CompanyName, "a company")).
			WithHint("assign a license of your stock: those in the state available")
	case StatePaused:
		return Errorf(CodeNotAssignable, "%s is paused", l.ID).WithHint("resume it first")
	case StateExpired:
		return l.ended(CodeNotAssignable)
	case StateRefunded, StateDeleted:
		return Errorf(CodeNotAssignable, "%s is %s", l.ID, s).WithHint("use another license")
	}
	if err := CheckQuantity(quantity); err != nil {
		return err
	}
	switch free := l.Free(); {
	case quantity == l.Quantity, quantity <= free:
		return nil
	case quantity > l.Quantity:
		return Errorf(CodeNotAssignable, "%s has a quantity of %d", l.ID, l.Quantity).
			WithHint("assign at most %d of it, and the rest of another license", l.Quantity)
	case len(l.Serials) > 0:
		return Errorf(CodeNotAssignable, "%s is bound to serial numbers, and cannot be split", l.ID).
			WithHint("assign it whole, without a quantity")
	case free == 0:
		return Errorf(CodeNotAssignable, "nothing of %s is free: %d seats are given to keys, and %d devices are active", l.ID, l.KeySeats, l.Devices).
			WithHint("assign it whole, with its keys")
	default:
		return Errorf(CodeNotAssignable, "only %d of %s are free: %d seats are given to keys, and %d devices are active", free, l.ID, l.KeySeats, l.Devices).
			WithHint("assign at most %d of it, or the whole of it with its keys", free)
	}
}

// Holding is a license with the lines of what was paid for it: its purchase, and its
// extensions and upgrades.
type Holding struct {
	License License
	Lines   []OrderLine
}

// Split takes a quantity off a holding, 1 to less than the license's. Quantities and
// amounts of both parts add up to those of the whole, line by line; what does not
// divide stays with the rest, and so do keys, devices and serials. A line of both parts
// has its id in both; lines of which a part has nothing are not among its lines.
func (h Holding) Split(quantity int64) (rest, piece Holding) {
	whole := h.License.Quantity
	rest.License, piece.License = h.License, h.License
	rest.License.Quantity, piece.License.Quantity = whole-quantity, quantity
	piece.License.KeySeats, piece.License.Devices, piece.License.Serials = 0, 0, nil
	piece.License.Amount = 0

	// Lines of upgrades are of less than the whole quantity. Counting up what they
	// share out keeps the piece from ending up with nothing of any of them.
	var counted int64
	for _, line := range h.Lines {
		before := share(counted, quantity, whole)
		counted += line.Quantity
		kept, taken := line.divide(share(counted, quantity, whole) - before)
		if kept.Quantity > 0 {
			rest.Lines = append(rest.Lines, kept)
		}
		if taken.Quantity > 0 {
			piece.Lines = append(piece.Lines, taken)
			piece.License.Amount += taken.Amount
		}
	}
	rest.License.Amount -= piece.License.Amount
	return rest, piece
}

// divide takes a quantity off a line.
func (l OrderLine) divide(quantity int64) (rest, piece OrderLine) {
	rest, piece = l, l
	piece.Quantity = quantity
	piece.Amount = share(l.Amount, quantity, l.Quantity)
	piece.ListAmount = share(l.ListAmount, quantity, l.Quantity)
	rest.Quantity -= piece.Quantity
	rest.Amount -= piece.Amount
	rest.ListAmount -= piece.ListAmount
	return rest, piece
}

// share is the part of an amount that falls to a quantity of the whole, rounded down.
func share(amount, quantity, whole int64) int64 {
	n := new(big.Int).Mul(big.NewInt(amount), big.NewInt(quantity))
	return n.Quo(n, big.NewInt(whole)).Int64()
}
