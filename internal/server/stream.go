package server

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/store"
)

// streamChunk is how many bytes of rows are gathered before they are sent.
const streamChunk = 64 << 10

// stream sends an export's rows. Until the first chunk goes out a failure is an
// ordinary error; after that the connection is aborted, so that a short answer never
// looks whole.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, export store.Export, format api.ExportFormat) {
	out := newExportWriter(w, r, format)
	encode := csvRow(format.Raw)
	if format.Format == "ndjson" {
		encode = jsonRow(export.Columns)
	} else {
		out.buffer = csvHeader(out.buffer, export.Columns)
	}
	err := s.service.Stream(r.Context(), export, func(row [][]byte) error {
		out.buffer = encode(out.buffer, export.Columns, row)
		out.rows++
		if len(out.buffer) < streamChunk {
			return nil
		}
		return out.flush()
	})
	if err == nil {
		err = out.finish(format.EndMarker, export.Next)
	}
	switch {
	case err == nil:
	case !out.started:
		s.writeError(w, r, err)
	default:
		s.logger.WarnContext(r.Context(), "export cut off", slog.String("request_id", requestID(r.Context())), slog.Any("error", err))
		panic(http.ErrAbortHandler)
	}
}

type exportWriter struct {
	header  http.Header
	control *http.ResponseController
	out     io.Writer
	zip     *zstd.Encoder // nil where the answer is not compressed
	sum     hash.Hash
	buffer  []byte
	rows    int64
	started bool
	setup   func()
}

func newExportWriter(w http.ResponseWriter, r *http.Request, format api.ExportFormat) *exportWriter {
	e := &exportWriter{
		header: w.Header(), control: http.NewResponseController(w), out: w, sum: sha256.New(),
		buffer: make([]byte, 0, streamChunk+4096),
	}
	compressed := acceptsZstd(r.Header.Get("Accept-Encoding"))
	e.setup = func() {
		e.header.Set("Content-Type", "text/csv; charset=utf-8; header=present")
		if format.Format == "ndjson" {
			e.header.Set("Content-Type", "application/x-ndjson")
		}
		e.header.Set("Trailer", api.TrailerRows+", "+api.TrailerSum)
		e.header.Set("Vary", "Accept-Encoding")
		e.header.Set("Cache-Control", "no-store")
		if compressed {
			e.header.Set("Content-Encoding", "zstd")
			e.zip, _ = zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(1<<20)) // fails on bad options only
			e.out = e.zip
		}
	}
	return e
}

func acceptsZstd(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "zstd" && strings.ReplaceAll(quality, " ", "") != "q=0" {
			return true
		}
	}
	return false
}

func (e *exportWriter) flush() error {
	if !e.started {
		e.started = true
		e.setup()
	}
	e.sum.Write(e.buffer)
	err := e.write(e.buffer)
	e.buffer = e.buffer[:0]
	return err
}

func (e *exportWriter) write(b []byte) error {
	// A stream may take long; each part of it may not.
	_ = e.control.SetWriteDeadline(time.Now().Add(writeTimeout))
	_, err := e.out.Write(b)
	return err
}

func (e *exportWriter) finish(marker bool, next string) error {
	if err := e.flush(); err != nil {
		return err
	}
	sum := hex.EncodeToString(e.sum.Sum(nil))
	if marker {
		line := fmt.Appendf(nil, "%s%d sha256=%s", api.EndMarker, e.rows, sum)
		if next != "" {
			line = append(append(line, " next="...), next...)
		}
		if err := e.write(append(line, '\n')); err != nil {
			return err
		}
	}
	if e.zip != nil {
		if err := e.zip.Close(); err != nil {
			return err
		}
	}
	e.header.Set(api.TrailerRows, strconv.FormatInt(e.rows, 10))
	e.header.Set(api.TrailerSum, sum)
	if next != "" {
		e.header.Set(http.TrailerPrefix+api.TrailerNext, next) // few exports have one: it is not announced
	}
	return nil
}
