package page

import (
	"context"
	"errors"
	"log/slog"
	"net/http"

	"github.com/resell-cli/resell/internal/licensing"
)

// notice is a page that says one thing: why a link does not work, or how a payment
// went. Its words are the messages <key>.title, <key>.text and <key>.next.
type notice struct {
	key    string
	vendor string
	pairs  []string // of the placeholders
	final  bool     // the address says something else from now on
}

type noticeView struct {
	Heading, Text, Next string
	Reference           string // by which the log knows a failure
}

// explain answers a refusal with a page that says what happened and what to do.
// What is our fault is logged; the error itself is never shown. Family is "link" or
// "payment", for which the messages differ.
func (h *handler) explain(w http.ResponseWriter, r *http.Request, family string, err error) {
	n, status := notice{key: family + ".refused"}, http.StatusConflict
	code := licensing.CodeOf(err)
	switch {
	case code == licensing.CodeLinkExpired:
		n.key, status = family+".expired", http.StatusGone
	case code == licensing.CodeLinkUsed:
		n.key, status = family+".used", http.StatusGone
	case code == licensing.CodeLinkRevoked:
		n.key, status = family+".revoked", http.StatusGone
	case code.Kind() == licensing.KindNotFound, code.Kind() == licensing.KindInvalid:
		n.key, status = family+".unknown", http.StatusNotFound
	case code.Kind() == licensing.KindRateLimited:
		n.key, status = "notice.limited", http.StatusTooManyRequests
	case code.Kind() == licensing.KindUnavailable:
		n.key, status = "notice.failed", http.StatusServiceUnavailable
	case code.Kind() == licensing.KindInternal:
		n.key, status = "notice.failed", http.StatusInternalServerError
	}
	if status >= http.StatusInternalServerError {
		h.logFailure(w, r, err)
	}
	h.renderNotice(w, r, status, n)
}

func (h *handler) renderNotice(w http.ResponseWriter, r *http.Request, status int, n notice) {
	s := h.languages.of(r)
	view := noticeView{
		Heading: s.say(n.key+".title", n.pairs...), Text: s.say(n.key+".text", n.pairs...), Next: s.say(n.key+".next", n.pairs...),
	}
	if status >= http.StatusInternalServerError {
		view.Reference = requestID(w)
	}
	if n.final {
		h.render(w, r, status, "result", view.Heading, n.vendor, view)
		return
	}
	h.render(w, r, status, "notice", view.Heading, n.vendor, view)
}

func (h *handler) logFailure(w http.ResponseWriter, r *http.Request, err error) {
	if gone := r.Context().Err() != nil && errors.Is(err, context.Canceled); gone {
		return
	}
	h.Logger.ErrorContext(r.Context(), "page failed", slog.String("request_id", requestID(w)), slog.Any("error", err))
}

// requestID is the name that the server around the pages has given the request.
func requestID(w http.ResponseWriter) string { return w.Header().Get("X-Request-Id") }
