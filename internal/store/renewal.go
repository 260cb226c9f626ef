package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

// DueRenewals gives the ids of licenses that are to be renewed on a day, by
// licensing.License.RenewalDue, after one id, limit at most.
func (tx *Tx) DueRenewals(ctx context.Context, today licensing.Date, after string, limit int) ([]string, error) {
	return selectAll[string](ctx, tx, `SELECT l.id FROM licenses l WHERE l.auto_renew
		AND l.ends_on <= $1 AND l.ends_on > $2 AND (l.renewal_failed_on IS NULL OR l.renewal_failed_on < $3)
		AND l.activated_at IS NOT NULL AND l.paused_at IS NULL AND l.refunded_at IS NULL AND l.deleted_at IS NULL
		AND l.id > $4 ORDER BY l.id LIMIT $5`, today.AddDays(1), today.AddDays(-licensing.RenewalDays), today, after, limit)
}

// LastPayment tells how a license was last paid for; "" where it never cost anything.
func (tx *Tx) LastPayment(ctx context.Context, license string) (licensing.Payment, error) {
	found, err := selectAll[licensing.Payment](ctx, tx, `SELECT o.payment FROM order_lines x JOIN orders o ON o.id = x.order_id
		WHERE x.license_id = $1 AND o.state = 'processed' AND o.payment <> 'free' ORDER BY o.id DESC LIMIT 1`, license)
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0], nil
}
