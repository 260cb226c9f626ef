package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/privatefile"
)

// errNoCursor is what a server comes to that has never heard of cursors: it has sent
// everything there is.
var errNoCursor = errors.New("the server gives no cursor, so it is too old for --since-cursor")

// askSince makes an export one of what came since the cursor in a file, if there is one.
func askSince(in any, flags ExportFlags) error {
	if flags.SinceCursor == "" {
		return nil
	}
	since, ok := in.(interface{ Since(cursor string) })
	if !ok {
		return Usage("--since-cursor is not for this export")
	}
	if filepath.Clean(flags.SinceCursor) == filepath.Clean(flags.File) {
		return Usage("--since-cursor and --file are the same file")
	}
	text, err := os.ReadFile(flags.SinceCursor)
	cursor := strings.TrimSpace(string(text))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Stat(filepath.Dir(flags.SinceCursor)); err != nil {
			return Usage("--since-cursor %s: its folder does not exist", flags.SinceCursor)
		}
		cursor = api.ExportStart
	case err != nil:
		return Usage("--since-cursor %s: %s", flags.SinceCursor, reason(err))
	case cursor == "" || len(cursor) > longestCursor || strings.ContainsAny(cursor, " \t\r\n"):
		return Usage("%s holds no cursor; remove it to begin anew, with everything", flags.SinceCursor)
	}
	since.Since(cursor)
	return nil
}

// longestCursor is more bytes than a cursor has.
const longestCursor = 400

// keepCursor replaces the cursor in a file, after everything before it is written.
func keepCursor(flags ExportFlags, cursor string) error {
	if flags.SinceCursor == "" {
		return nil
	}
	if err := privatefile.Write(flags.SinceCursor, []byte(cursor+"\n")); err != nil {
		return fmt.Errorf("the rows are written, and the cursor is not, so the next export repeats them: %w", err)
	}
	return nil
}
