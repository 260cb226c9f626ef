package client

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"time"
)

const (
	chunkSize     = 256 << 10
	progressEvery = 100 * time.Millisecond
)

// sink writes an export on, counts its rows and sums its bytes. It writes whole
// lines, and keeps back the last one of what it has: that may be the end marker.
type sink struct {
	w        io.Writer
	buf      []byte
	sum      hash.Hash
	count    rowCounter
	bytes    int64
	lineOpen bool   // what was written does not end with a newline
	next     string // cursor that the end marker gives

	now      func() time.Time
	progress func(rows, bytes int64)
	told     time.Time
}

func newSink(w io.Writer, now func() time.Time, progress func(rows, bytes int64)) *sink {
	return &sink{w: w, buf: make([]byte, chunkSize), sum: sha256.New(), now: now, progress: progress}
}

// begin prepares for an attempt; nothing was written by those before.
func (s *sink) begin(csv bool) { s.count = rowCounter{csv: csv} }

// copy copies r up to its end marker. Its errors are *readError, *WriteError and
// *IncompleteError.
func (s *sink) copy(r io.Reader) error {
	held := 0
	for {
		n, readErr := r.Read(s.buf[held:])
		if n > 0 {
			data := s.buf[:held+n]
			cut := s.cut(data)
			if err := s.emit(data[:cut]); err != nil {
				return &WriteError{Err: err}
			}
			held = copy(s.buf, data[cut:])
		}
		switch {
		case errors.Is(readErr, io.EOF):
			return s.finish(s.buf[:held])
		case readErr != nil:
			return &readError{readErr}
		}
	}
}

// cut is where the last line of data begins, be it whole or not. A line that fills
// the buffer is no end marker: all of it may go.
func (s *sink) cut(data []byte) int {
	last := bytes.LastIndexByte(data[:len(data)-1], '\n')
	if last < 0 && len(data) == len(s.buf) {
		return len(data)
	}
	return last + 1
}

func (s *sink) emit(data []byte) error {
	if len(data) == 0 {
		return nil
	}
	n, err := s.w.Write(data)
	s.bytes += int64(n)
	if err == nil && n < len(data) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return err
	}
	_, _ = s.sum.Write(data) // never fails
	s.count.add(data)
	s.lineOpen = data[len(data)-1] != '\n'
	s.tell()
	return nil
}

func (s *sink) tell() {
	if s.progress == nil {
		return
	}
	if now := s.now(); now.Sub(s.told) >= progressEvery {
		s.told = now
		s.progress(s.rows(), s.bytes)
	}
}

// finish checks what was written against line, the last of the export.
func (s *sink) finish(line []byte) error {
	end, ok := parseEnd(line)
	if !ok || s.lineOpen || s.count.quoted {
		return s.incomplete("its end marker is missing")
	}
	if err := s.check(end); err != nil {
		return err
	}
	s.next = end.next
	if s.progress != nil {
		s.progress(s.rows(), s.bytes)
	}
	return nil
}

func (s *sink) incomplete(reason string) error {
	return &IncompleteError{Rows: s.rows(), Err: errors.New(reason)}
}

func (s *sink) rows() int64 { return s.count.rows() }

func (s *sink) result() StreamResult {
	return StreamResult{Rows: s.rows(), Bytes: s.bytes, SHA256: s.hex(), Next: s.next}
}

func (s *sink) hex() string { return hex.EncodeToString(s.sum.Sum(nil)) }
