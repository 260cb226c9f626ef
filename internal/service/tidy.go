package service

import (
	"context"
	"errors"
	"time"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// answersKept is how long a request with an idempotency key can be repeated.
const answersKept = 30 * 24 * time.Hour

// Tidy drops kept answers that are past their time, and cancels orders that were not
// paid in time.
func (s *Service) Tidy(ctx context.Context) error {
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		_, err := tx.ForgetAnswers(ctx, licensing.At(s.now().Add(-answersKept)))
		return err
	})
	return errors.Join(err, s.cancelUnpaid(ctx))
}
