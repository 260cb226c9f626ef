package client

import (
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/api"
)

// end is what the server says that an export holds. An empty sum is unknown.
type end struct {
	rows int64
	sum  string
	next string // the cursor to go on with, if any
}

// longestEnd is more bytes than an end marker has.
const longestEnd = 600

// parseEnd reads an end marker, newline included; see [api.EndMarker].
func parseEnd(line []byte) (end, bool) {
	rest, ok := strings.CutPrefix(string(line[:min(len(line), longestEnd)]), api.EndMarker)
	if !ok {
		return end{}, false
	}
	rest, whole := strings.CutSuffix(rest, "\n")
	rows, sum, both := strings.Cut(rest, " sha256=")
	sum, next, _ := strings.Cut(sum, " next=")
	n, err := strconv.ParseUint(rows, 10, 63)
	raw, hexErr := hex.DecodeString(sum)
	if !whole || !both || err != nil || hexErr != nil || len(raw) != 32 {
		return end{}, false
	}
	return end{rows: int64(n), sum: strings.ToLower(sum), next: next}, true
}

// check compares what was written with what the server says.
func (s *sink) check(e end) error {
	if e.rows != s.rows() {
		return s.incomplete(fmt.Sprintf("the server counts %d rows", e.rows))
	}
	if e.sum != s.hex() {
		return s.incomplete("its SHA-256 is not the server's")
	}
	return nil
}

// checkTrailer does the same with the trailers; proxies may have dropped them.
func (s *sink) checkTrailer(trailer http.Header) error {
	said := end{rows: s.rows(), sum: s.hex()}
	if text := trailer.Get(api.TrailerRows); text != "" {
		rows, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return s.incomplete("its row count cannot be read")
		}
		said.rows = rows
	}
	if sum := trailer.Get(api.TrailerSum); sum != "" {
		said.sum = strings.ToLower(sum)
	}
	return s.check(said)
}
