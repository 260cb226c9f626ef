package invoice

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// The map from the codes of a font to Unicode, as the library writes it: one range
// over everything. In a range only the last byte may count (ISO 32000-1, 9.10.3), so
// readers that keep to it take every character above U+00FF for another one.
const everything = "1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange"

// mapText replaces these maps of a finished PDF by ranges that stay within their
// last byte, one for each block of 256 characters that is in use, and moves the
// table of offsets along.
func mapText(pdf []byte, blocks []byte) ([]byte, error) {
	const start = "<</Length "
	var (
		out   bytes.Buffer
		moved []int // where maps ended, before
		grown int   // how much longer each of them is now
	)
	rest := pdf
	for {
		end := bytes.Index(rest, []byte(everything))
		if end < 0 {
			break
		}
		begin := bytes.LastIndex(rest[:end], []byte(start))
		if begin < 0 {
			return nil, errors.New("a map to Unicode without its length")
		}
		digits, head, _ := bytes.Cut(rest[begin+len(start):end], []byte(">>"))
		length, err := strconv.Atoi(string(digits))
		if err != nil {
			return nil, fmt.Errorf("read the length of a map to Unicode: %w", err)
		}
		ranges := blockRanges(blocks)
		replaced := start + strconv.Itoa(length+len(ranges)-len(everything)) + ">>" + string(head) + ranges
		end += len(everything)
		out.Write(rest[:begin])
		out.WriteString(replaced)
		moved, grown = append(moved, len(pdf)-len(rest)+end), len(replaced)-(end-begin)
		rest = rest[end:]
	}
	if len(moved) == 0 {
		return nil, errors.New("no map to Unicode")
	}
	table := bytes.LastIndex(rest, []byte("\nxref\n"))
	if table < 0 {
		return nil, errors.New("no table of offsets")
	}
	out.Write(rest[:table])
	out.WriteString(moveOffsets(string(rest[table:]), moved, grown))
	return out.Bytes(), nil
}

// blockRanges are at most a hundred to a list (Adobe Technical Note 5014): the fonts
// know fifteen blocks.
func blockRanges(blocks []byte) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d beginbfrange\n", len(blocks))
	for _, high := range blocks {
		fmt.Fprintf(&b, "<%02X00> <%02XFF> <%02X00>\n", high, high, high)
	}
	b.WriteString("endbfrange")
	return b.String()
}

// moveOffsets rewrites the table of offsets and what points to it.
func moveOffsets(table string, moved []int, grown int) string {
	lines := strings.Split(table, "\n")
	for i, line := range lines {
		offset, suffix, _ := strings.Cut(line, " 00000 n")
		pointer := i > 0 && lines[i-1] == "startxref"
		n, err := strconv.Atoi(offset)
		if err != nil || suffix == "" && !pointer {
			continue
		}
		for _, end := range moved {
			if n >= end {
				n += grown
			}
		}
		if pointer {
			lines[i] = strconv.Itoa(n)
		} else {
			lines[i] = fmt.Sprintf("%010d 00000 n%s", n, suffix)
		}
	}
	return strings.Join(lines, "\n")
}
