package server

import (
	"strconv"

	"github.com/resell-cli/resell/internal/store"
)

// rowEncoder appends one row in its final form.
type rowEncoder func(to []byte, columns []store.Column, row [][]byte) []byte

func csvHeader(to []byte, columns []store.Column) []byte {
	for i, c := range columns {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(to, c.Name...)
	}
	return append(to, '\n')
}

// csvRow writes RFC 4180 with LF line ends. Unless raw, a cell of text that a
// spreadsheet would run as a formula gets a leading apostrophe.
func csvRow(raw bool) rowEncoder {
	return func(to []byte, columns []store.Column, row [][]byte) []byte {
		for i, cell := range row {
			if i > 0 {
				to = append(to, ',')
			}
			to = appendCell(to, columns[i].Kind, cell, raw)
		}
		return append(to, '\n')
	}
}

func appendCell(to []byte, kind store.ColumnKind, cell []byte, raw bool) []byte {
	if len(cell) == 0 {
		return to
	}
	switch kind {
	case store.Number:
		return append(to, cell...)
	case store.Bool:
		return strconv.AppendBool(to, isTrue(cell))
	case store.Text:
	}
	guard := !raw && runsInSpreadsheet(cell)
	if !guard && !needsQuotes(cell) {
		return append(to, cell...)
	}
	to = append(to, '"')
	if guard {
		to = append(to, '\'')
	}
	for _, b := range cell {
		if b == '"' {
			to = append(to, '"')
		}
		to = append(to, b)
	}
	return append(to, '"')
}

// runsInSpreadsheet tells cells that begin like a formula, also behind apostrophes,
// so that taking one apostrophe off is the exact inverse.
func runsInSpreadsheet(cell []byte) bool {
	for _, b := range cell {
		switch b {
		case '\'':
		case '=', '+', '-', '@', '\t', '\r':
			return true
		default:
			return false
		}
	}
	return false
}

// needsQuotes tells cells that would not read back without quotes, or that could be
// taken for the end marker.
func needsQuotes(cell []byte) bool {
	if cell[0] == '#' || cell[0] == ' ' {
		return true
	}
	const special = 1<<',' | 1<<'"' | 1<<'\n' | 1<<'\r' // all below 64
	for _, b := range cell {
		if uint64(special)>>b&1 != 0 {
			return true
		}
	}
	return false
}

// isTrue reads a boolean of SQLite (1) or PostgreSQL (t).
func isTrue(cell []byte) bool { return cell[0] == '1' || cell[0] == 't' }

// jsonRow writes one JSON object a line, with the columns' names in front of the
// values.
func jsonRow(columns []store.Column) rowEncoder {
	names := make([][]byte, len(columns))
	for i, c := range columns {
		names[i] = append(appendString([]byte{','}, []byte(c.Name)), ':')
	}
	names[0][0] = '{'
	return func(to []byte, columns []store.Column, row [][]byte) []byte {
		for i, cell := range row {
			to = append(to, names[i]...)
			switch {
			case cell == nil:
				to = append(to, "null"...)
			case columns[i].Kind == store.Number:
				to = append(to, cell...)
			case columns[i].Kind == store.Bool:
				to = strconv.AppendBool(to, isTrue(cell))
			default:
				to = appendString(to, cell)
			}
		}
		return append(to, '}', '\n')
	}
}

// appendString writes a JSON string. The text is valid UTF-8: nothing else gets in.
func appendString(to, text []byte) []byte {
	const hexDigits = "0123456789abcdef"
	to = append(to, '"')
	written := 0
	for i, b := range text {
		if b >= ' ' && b != '"' && b != '\\' {
			continue
		}
		to = append(to, text[written:i]...)
		written = i + 1
		if b < ' ' {
			to = append(to, '\\', 'u', '0', '0', hexDigits[b>>4], hexDigits[b&15])
		} else {
			to = append(to, '\\', b)
		}
	}
	to = append(to, text[written:]...)
	return append(to, '"')
}
