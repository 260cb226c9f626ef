package server

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
)

// statusOf is the one place where a kind of failure becomes an HTTP status.
func statusOf(k licensing.Kind) int {
	switch k {
	case licensing.KindInvalid:
		return http.StatusBadRequest
	case licensing.KindUnauthenticated:
		return http.StatusUnauthorized
	case licensing.KindForbidden:
		return http.StatusForbidden
	case licensing.KindNotFound:
		return http.StatusNotFound
	case licensing.KindMethod:
		return http.StatusMethodNotAllowed
	case licensing.KindConflict:
		return http.StatusConflict
	case licensing.KindPrecondition:
		return http.StatusPreconditionFailed
	case licensing.KindTooLarge:
		return http.StatusRequestEntityTooLarge
	case licensing.KindMedia:
		return http.StatusUnsupportedMediaType
	case licensing.KindRefused:
		return http.StatusUnprocessableEntity
	case licensing.KindRateLimited:
		return http.StatusTooManyRequests
	case licensing.KindUnavailable:
		return http.StatusServiceUnavailable
	case licensing.KindInternal:
	}
	return http.StatusInternalServerError
}

// Problem is api.Problem as huma wants it.
type Problem struct{ api.Problem }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457.
func (p *Problem) ContentType(string) string { return api.ProblemType }

// problem makes the answer to a failure, and logs one that is our fault. Work that was
// called off is nobody's fault if the client has gone.
func (s *Server) problem(ctx context.Context, err error) *Problem {
	p := problemOf(ctx, err)
	gone := ctx.Err() != nil && errors.Is(err, context.Canceled)
	if p.Status >= http.StatusInternalServerError && !gone {
		s.logger.ErrorContext(ctx, "request failed", slog.String("request_id", requestID(ctx)), slog.Any("error", err))
	}
	return p
}

// problemOf makes the answer to a failure. What is not a refusal of ours tells
// nothing of its cause.
func problemOf(ctx context.Context, err error) *Problem {
	var refusal *licensing.Error
	if !errors.As(err, &refusal) {
		refusal = licensing.Errorf(licensing.CodeInternal, "something went wrong on the server; nothing was changed").
			WithHint("try again; if it stays, give the vendor the request id")
	}
	status := statusOf(refusal.Code.Kind())
	p := &Problem{api.Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: refusal.Detail,
		Code: string(refusal.Code), Hint: refusal.Hint, RequestID: requestID(ctx),
	}}
	if refusal.Allowed != nil {
		allowed := actions(refusal.Allowed)
		p.AllowedActions = &allowed
	}
	if subject := refusal.Subject; subject.Kind != "" {
		p.Subject = &api.ProblemSubject{Kind: subject.Kind, Name: subject.Name}
	}
	for _, f := range refusal.Fields {
		p.Errors = append(p.Errors, api.ProblemField{Field: f.Field, Message: f.Message})
	}
	return p
}

func (s *Server) writeError(w http.ResponseWriter, r *http.Request, err error) {
	send(w, s.problem(r.Context(), err))
}

func writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	send(w, problemOf(r.Context(), err))
}

func send(w http.ResponseWriter, p *Problem) {
	body, err := json.Marshal(p)
	if err != nil {
		body = []byte(`{"code":"internal_error"}`)
	}
	w.Header().Set("Content-Type", api.ProblemType)
	if p.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", "Bearer")
	}
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // the client may be gone
}

// setHooks makes huma's own refusals ours, and names of fields exact. Its hooks are
// variables of the package: they are set once for the process. Rejected values are
// left out, since they may be secrets.
var setHooks = sync.OnceFunc(func() { //nolint:gochecknoglobals // so are huma's hooks
	huma.ValidateStrictCasing = true
	huma.NewErrorWithContext = func(hc huma.Context, status int, msg string, errs ...error) huma.StatusError {
		return rejection(hc.Context(), status, msg, errs)
	}
	// Without a request huma asks for an error's shape only, to describe it.
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return rejection(nil, status, msg, errs) //nolint:staticcheck // there is no context to pass
	}
})

func rejection(ctx context.Context, status int, msg string, errs []error) *Problem {
	switch {
	case status == http.StatusRequestEntityTooLarge:
		return problemOf(ctx, tooLarge())
	case status == http.StatusUnsupportedMediaType:
		return problemOf(ctx, notJSONType())
	case status >= http.StatusInternalServerError:
		return problemOf(ctx, errors.New(msg))
	}
	refusal := licensing.Errorf(licensing.CodeInvalidRequest, "the request is not valid")
	if msg == "request body is required" {
		refusal.Detail = "the request has no body"
	}
	for _, err := range errs {
		var detailer huma.ErrorDetailer
		if errors.As(err, &detailer) {
			refusal.Fields = append(refusal.Fields, fieldOf(detailer.ErrorDetail()))
		}
	}
	if len(refusal.Fields) > 0 {
		refusal.Detail += ": " + refusal.Fields[0].Field + ": " + refusal.Fields[0].Message
	}
	return problemOf(ctx, refusal)
}

func fieldOf(detail *huma.ErrorDetail) licensing.FieldError {
	if field, ok := strings.CutSuffix(detail.Message, wrongType); ok && detail.Location == "body" {
		return licensing.FieldError{Field: field, Message: strings.TrimSpace(wrongType)}
	}
	field := detail.Location
	if place, name, ok := strings.Cut(field, "."); ok && slices.Contains([]string{"body", "header", "path", "query"}, place) {
		field = name
	}
	return licensing.FieldError{Field: field, Message: detail.Message}
}
