package job

import (
	"context"
	"log/slog"
)

// quietHandler passes warnings on and makes everything below them debug
// records: River announces every start, stop and election at info level.
type quietHandler struct {
	slog.Handler
}

// Enabled reports whether a record of this level would be written.
func (h quietHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.Handler.Enabled(ctx, quiet(level))
}

// Handle writes r at its own level or at debug.
func (h quietHandler) Handle(ctx context.Context, r slog.Record) error {
	r.Level = quiet(r.Level)
	return h.Handler.Handle(ctx, r)
}

// WithAttrs returns a handler that adds attrs.
func (h quietHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return quietHandler{h.Handler.WithAttrs(attrs)}
}

// WithGroup returns a handler that qualifies attributes with name.
func (h quietHandler) WithGroup(name string) slog.Handler {
	return quietHandler{h.Handler.WithGroup(name)}
}

func quiet(level slog.Level) slog.Level {
	if level < slog.LevelWarn {
		return slog.LevelDebug
	}
	return level
}
