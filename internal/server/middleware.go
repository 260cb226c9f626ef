package server

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/oklog/ulid/v2"

	"github.com/resell-cli/resell/internal/licensing"
)

// request is what is known of a request for the log.
type request struct{ id, operation, token string }

type requestKey struct{}

func requestOf(ctx context.Context) *request {
	if ctx != nil {
		if r, ok := ctx.Value(requestKey{}).(*request); ok {
			return r
		}
	}
	return &request{}
}

func requestID(ctx context.Context) string           { return requestOf(ctx).id }
func noteOperation(ctx context.Context, name string) { requestOf(ctx).operation = name }
func noteToken(ctx context.Context, id string)       { requestOf(ctx).token = id }

// observe names each request, times it, and logs it without what it carries: paths
// are left out since they hold keys.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		info := &request{id: "req_" + ulid.MustNew(ulid.Timestamp(started), rand.Reader).String()}
		w.Header().Set("X-Request-ID", info.id)
		// Not every writer has a deadline; without one a slow reader is just slow.
		_ = http.NewResponseController(w).SetWriteDeadline(started.Add(writeTimeout))
		seen := &statusWriter{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			s.metrics.observe(info.operation, seen.status, time.Since(started))
			s.logger.InfoContext(r.Context(), "request", slog.String("request_id", info.id), slog.String("method", r.Method),
				slog.String("operation", info.operation), slog.Int("status", seen.status), slog.String("token_id", info.token),
				slog.Int64("bytes", seen.bytes), slog.Duration("duration", time.Since(started)))
		}()
		next.ServeHTTP(seen, r.WithContext(context.WithValue(r.Context(), requestKey{}, info)))
	})
}

type statusWriter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController through.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func recoverPanics(logger *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch cause := recover(); cause {
			case nil:
			case http.ErrAbortHandler:
				panic(cause)
			default:
				logger.ErrorContext(r.Context(), "panic", slog.String("request_id", requestID(r.Context())),
					slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
				writeProblem(w, r, errors.New("panic"))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// saneText refuses what is not UTF-8, rather than repair it in silence, and zero
// characters, which not every database can keep.
func saneText(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil || !isText(r.URL.Path) || !areText(query) {
			writeProblem(w, r, licensing.Errorf(licensing.CodeInvalidRequest, "the address is not valid UTF-8 text"))
			return
		}
		for name, values := range query {
			for _, v := range values {
				if strings.TrimSpace(v) == "" {
					writeProblem(w, r, licensing.Invalid(name, "is empty").WithHint("leave the parameter out to choose everything"))
					return
				}
			}
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			writeProblem(w, r, licensing.Errorf(licensing.CodeBodyTooLarge, "the request is larger than %d MiB", maxBody>>20).
				WithHint("split it over several requests"))
			return
		case err != nil:
			return // the client is gone
		case !utf8.Valid(body) || hasZero(body):
			writeProblem(w, r, licensing.Errorf(licensing.CodeInvalidRequest, "the body is not valid UTF-8 text"))
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		next.ServeHTTP(w, r)
	})
}

func areText(query url.Values) bool {
	for name, values := range query {
		for _, v := range append(values, name) {
			if !isText(v) {
				return false
			}
		}
	}
	return true
}

func isText(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }

// hasZero finds a zero character in JSON: as a byte, or as an escape whose backslash
// is not itself escaped.
func hasZero(body []byte) bool {
	if bytes.IndexByte(body, 0) >= 0 {
		return true
	}
	for at := 0; ; {
		i := bytes.Index(body[at:], []byte(`\u0000`))
		if i < 0 {
			return false
		}
		at += i
		slashes := 0
		for at-slashes > 0 && body[at-slashes-1] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return true
		}
		at++
	}
}
