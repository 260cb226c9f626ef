package client

import "bytes"

// rowCounter counts the rows of an export that comes in pieces: newlines, in CSV
// those outside of double quotes, without the header.
type rowCounter struct {
	csv    bool
	quoted bool // within double quotes
	lines  int64
}

func (c *rowCounter) add(data []byte) {
	if !c.csv {
		c.lines += int64(bytes.Count(data, newline()))
		return
	}
	for {
		quote := bytes.IndexByte(data, '"')
		if quote < 0 {
			quote = len(data)
		}
		if !c.quoted {
			c.lines += countNewlines(data[:quote])
		}
		if quote == len(data) {
			return
		}
		// A doubled quote inside of a cell closes and opens it again.
		c.quoted = !c.quoted
		data = data[quote+1:]
	}
}

func (c *rowCounter) rows() int64 {
	if c.csv {
		return max(c.lines-1, 0)
	}
	return c.lines
}

func newline() []byte { return []byte{'\n'} }

// countNewlines spares short pieces, such as the comma between two cells, what
// bytes.Count takes to start.
func countNewlines(data []byte) int64 {
	if len(data) > 16 {
		return int64(bytes.Count(data, newline()))
	}
	n := int64(0)
	for _, b := range data {
		if b == '\n' {
			n++
		}
	}
	return n
}
