package store

import (
	"context"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
)

// Ending is how many licenses of a reseller end on a day, and the quantity of them.
type Ending struct {
	On       licensing.Date `db:"ends_on"`
	Licenses int64          `db:"licenses"`
	Quantity int64          `db:"quantity"`
}

// Endings counts the licenses of a reseller that end in some days, day by day: those that
// are refunded or deleted have ended already.
func (tx *Tx) Endings(ctx context.Context, reseller string, from, before licensing.Date) ([]Ending, error) {
	return selectAll[Ending](ctx, tx, `SELECT ends_on, count(*) AS licenses, CAST(sum(quantity) AS BIGINT) AS quantity FROM licenses
		WHERE reseller_id = $1 AND ends_on >= $2 AND ends_on < $3 AND refunded_at IS NULL AND deleted_at IS NULL
		GROUP BY ends_on ORDER BY ends_on`, reseller, from, before)
}

// StateCount is how many licenses of a reseller are in a state, and the quantity of them.
type StateCount struct {
	State    licensing.State `db:"state"`
	Licenses int64           `db:"licenses"`
	Quantity int64           `db:"quantity"`
}

// LicenseStates counts the licenses of a reseller by their state on a day.
func (tx *Tx) LicenseStates(ctx context.Context, reseller string, today licensing.Date) ([]StateCount, error) {
	var c conditions
	state := fmt.Sprintf(licenseState, c.arg(today))
	return selectAll[StateCount](ctx, tx, "SELECT "+state+` AS state, count(*) AS licenses, CAST(sum(l.quantity) AS BIGINT) AS quantity
		FROM licenses l WHERE l.reseller_id = `+c.arg(reseller)+" GROUP BY 1", c.args...)
}

// OrderSum is what a reseller has ordered in one currency, in minor units.
type OrderSum struct {
	Currency string `db:"currency"`
	Orders   int64  `db:"orders"`   // that stand
	Ordered  int64  `db:"ordered"`  // also what was refunded since
	Refunded int64  `db:"refunded"` // of that
}

// OrderSums adds up the orders of a reseller that were placed between two instants, and
// were carried out.
func (tx *Tx) OrderSums(ctx context.Context, reseller string, since, until licensing.Time) ([]OrderSum, error) {
	return selectAll[OrderSum](ctx, tx, `SELECT currency, CAST(sum(CASE WHEN state = 'processed' THEN 1 ELSE 0 END) AS BIGINT) AS orders,
		CAST(sum(amount) AS BIGINT) AS ordered, CAST(sum(CASE WHEN state = 'refunded' THEN amount ELSE 0 END) AS BIGINT) AS refunded
		FROM orders WHERE reseller_id = $1 AND created_at >= $2 AND created_at < $3 AND state IN ('processed', 'refunded')
		GROUP BY currency ORDER BY currency`, reseller, since, until)
}
