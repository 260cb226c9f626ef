package service

import (
	"context"
	"errors"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// answersKept is how long a request with an idempotency key can be repeated, and how
// long a quote can be looked at that nobody bought.
const answersKept = 30 * 24 * time.Hour

// Tidy drops kept answers and quotes that are past their time, and cancels orders
// that were not paid in time.
func (s *Service) Tidy(ctx context.Context) error {
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		before := licensing.At(s.now().Add(-answersKept))
		if _, err := tx.ForgetAnswers(ctx, before); err != nil {
			return err
		}
		return tx.ForgetQuotes(ctx, before)
	})
	return errors.Join(err, s.cancelUnpaid(ctx))
}
