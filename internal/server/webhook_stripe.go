package server

import (
	"io"
	"log/slog"
	"net/http"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/payment"
)

// maxWebhook is more than any event of Stripe's has, in bytes.
const maxWebhook = 1 << 20

// eventReader is a payment provider that tells by webhook what became of a payment.
type eventReader interface {
	Webhook(payload []byte, signature string) (payment.Event, error)
}

// stripeWebhook takes Stripe's events. What Stripe did not sign is refused; what
// could not be stored fails, so that Stripe sends it again.
func (s *Server) stripeWebhook(events eventReader) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		noteOperation(r.Context(), "stripe-webhook")
		payload, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxWebhook))
		if err != nil {
			s.writeError(w, r, licensing.Errorf(licensing.CodeInvalidRequest, "the event could not be read").Because(err))
			return
		}
		event, err := events.Webhook(payload, r.Header.Get("Stripe-Signature"))
		if err != nil {
			s.logger.WarnContext(r.Context(), "Stripe's event refused", slog.String("request_id", requestID(r.Context())), slog.Any("error", err))
			s.writeError(w, r, licensing.Errorf(licensing.CodeInvalidRequest, "the event is not one that Stripe signed for this endpoint").Because(err))
			return
		}
		err = s.service.PaymentEvent(r.Context(), event)
		if licensing.CodeOf(err) == licensing.CodeNotFound {
			s.logger.InfoContext(r.Context(), "Stripe's event is about no order of ours", slog.String("event", event.ID))
			err = nil
		}
		if err != nil {
			s.writeError(w, r, err)
			return
		}
		_, _ = w.Write([]byte("ok\n")) // Stripe may be gone
	}
}
