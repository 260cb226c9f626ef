package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river"
)

// attemptsCeiling is what jobs are inserted with. The worker counts and gives
// up much earlier; the room above lets it have the last word when a process
// dies in the middle of a last attempt.
const attemptsCeiling = 1000

// MailArgs asks for one message: which document, and about what.
type MailArgs struct {
	// Template names the document.
	Template string `json:"template"`
	// ResourceID is the id of the invoice, license, … that the document is about.
	ResourceID string `json:"resource_id"`
	// Nonce tells a deliberate resend from the first message; empty for that.
	Nonce string `json:"nonce,omitempty"`
}

// Kind returns the name under which the jobs are stored.
func (MailArgs) Kind() string { return "mail" }

// RefundArgs asks for money to go back by the way that it came.
type RefundArgs struct {
	OrderID  string `json:"order_id"`
	Amount   int64  `json:"amount"` // minor units
	Currency string `json:"currency"`
}

// Kind returns the name under which the jobs are stored.
func (RefundArgs) Kind() string { return "refund" }

// Queue enqueues jobs. It runs none and is safe for concurrent use.
type Queue struct {
	client *river.Client[*sql.Tx]
}

// NewQueue returns a queue for the database behind db, on which [Migrate] has run.
func NewQueue(db *sql.DB, d Dialect) (*Queue, error) {
	driver, err := d.driver(db)
	if err != nil {
		return nil, fmt.Errorf("open job queue: %w", err)
	}

	client, err := river.NewClient(driver, &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("open job queue: %w", err)
	}
	return &Queue{client: client}, nil
}

// Mail asks, within tx, for a message. It is sent after tx commits, never when
// tx is rolled back.
func (q *Queue) Mail(ctx context.Context, tx *sql.Tx, a MailArgs) error {
	if a.Template == "" || a.ResourceID == "" {
		return errors.New("enqueue mail: template and resource id are required")
	}

	_, err := q.client.InsertTx(ctx, tx, a, &river.InsertOpts{MaxAttempts: attemptsCeiling})
	if err != nil {
		return fmt.Errorf("enqueue mail %s of %s: %w", a.Template, a.ResourceID, err)
	}
	return nil
}

// Refund asks, within tx, for the money of an order's payment to go back. It goes
// after tx commits, never when tx is rolled back.
func (q *Queue) Refund(ctx context.Context, tx *sql.Tx, a RefundArgs) error {
	if a.OrderID == "" || a.Amount <= 0 || a.Currency == "" {
		return errors.New("enqueue refund: order, amount and currency are required")
	}

	_, err := q.client.InsertTx(ctx, tx, a, &river.InsertOpts{MaxAttempts: attemptsCeiling})
	if err != nil {
		return fmt.Errorf("enqueue refund of %s: %w", a.OrderID, err)
	}
	return nil
}
