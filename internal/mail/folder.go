package mail

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
)

// folder writes messages as files.
type folder struct {
	dir string
}

// NewFolder returns a [Sender] that delivers nothing and writes every message
// to dir instead, as <date>-<id>.eml: names sort by the message's date. A
// message sent again replaces its file. dir is created when missing; it and the
// files can be read by their owner only.
func NewFolder(dir string) (Sender, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create mail folder: %w", err)
	}
	return &folder{dir: dir}, nil
}

// Send writes m under a temporary name and renames it, so that a reader sees
// whole messages only.
func (f *folder) Send(ctx context.Context, m Message) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("write message %s: %w", m.ID, err)
	}

	msg, err := compose(m)
	if err != nil {
		return fmt.Errorf("compose message: %w", err)
	}

	file, err := os.CreateTemp(f.dir, ".message-*")
	if err != nil {
		return fmt.Errorf("write message %s: %w", m.ID, err)
	}

	_, err = msg.WriteTo(file)
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(f.dir, fileName(m)))
	}
	if err != nil {
		_ = os.Remove(file.Name())
		return fmt.Errorf("write message %s: %w", m.ID, err)
	}
	return nil
}

func fileName(m Message) string {
	return m.Date.UTC().Format("20060102T150405.000000000Z") + "-" + m.ID + ".eml"
}
