package server

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/oklog/ulid/v2"
)

// request is what is known of a request for the log, and the headers of its answer.
type request struct {
	id, operation, token, address string
	answer                        http.Header
}

type requestKey struct{}

func requestOf(ctx context.Context) *request {
	if ctx != nil {
		if r, ok := ctx.Value(requestKey{}).(*request); ok {
			return r
		}
	}
	return &request{answer: http.Header{}}
}

// answerHeaders are those of the answer to a request, for what concerns no body.
func answerHeaders(ctx context.Context) http.Header { return requestOf(ctx).answer }

func requestID(ctx context.Context) string           { return requestOf(ctx).id }
func noteOperation(ctx context.Context, name string) { requestOf(ctx).operation = name }
func noteToken(ctx context.Context, id string)       { requestOf(ctx).token = id }

// observe names each request, times it, and logs it without what it carries: paths
// are left out since they hold keys.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		info := &request{
			id:      "req_" + ulid.MustNew(ulid.Timestamp(started), rand.Reader).String(),
			address: clientAddress(r, s.addressHeader), answer: w.Header(),
		}
		w.Header().Set("X-Request-ID", info.id)
		allowWriting(w)
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

// allowWriting gives an answer its time from now on. Not every writer has a deadline;
// without one a slow reader is just slow.
func allowWriting(w http.ResponseWriter) {
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(writeTimeout))
}
