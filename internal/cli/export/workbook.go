package export

import (
	"archive/zip"
	"bufio"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/resell-cli/resell/internal/command"
)

// What a sheet of a workbook holds.
const (
	sheetRows = 1 << 20    // with the header
	cellUnits = 32<<10 - 1 // UTF-16 code units of a text
)

// workbook writes rows of text as an Office Open XML workbook (ECMA-376) of one sheet,
// as they come: text stays text, whatever it begins with, and dates, numbers and money
// are what a spreadsheet calculates with. The libraries that do this take longer to
// initialise than all other packages together, which every command would pay for.
type workbook struct {
	archive *zip.Writer
	sheet   *bufio.Writer
	columns []sheetColumn
	rows    int // written, the header too
	limit   int
}

// writeWorkbook reads CSV with a header, which is not guarded against spreadsheets, and
// writes a workbook. What a sheet cannot hold is refused.
func writeWorkbook(name string) func(io.Reader, io.Writer) error {
	return func(in io.Reader, out io.Writer) error { return copyRows(in, out, name, sheetRows) }
}

func copyRows(in io.Reader, out io.Writer, name string, limit int) error {
	rows := csv.NewReader(in)
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		return fmt.Errorf("read the header: %w", err)
	}
	book, err := newWorkbook(out, name, header, limit)
	if err != nil {
		return err
	}
	for {
		cells, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return book.close()
		}
		if err == nil {
			err = book.row(cells)
		}
		if err != nil {
			return err
		}
	}
}

func newWorkbook(out io.Writer, name string, header []string, limit int) (*workbook, error) {
	b := &workbook{archive: zip.NewWriter(out), columns: sheetColumns(header), limit: limit}
	for _, part := range workbookParts(name) {
		w, err := b.archive.Create(part.name)
		if err != nil {
			return nil, err
		}
		if _, err := io.WriteString(w, part.text); err != nil {
			return nil, err
		}
	}
	w, err := b.archive.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return nil, err
	}
	b.sheet = bufio.NewWriterSize(w, 64<<10)
	b.write(sheetBegin)
	for i, c := range b.columns {
		b.write(fmt.Sprintf(`<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, c.width()))
	}
	b.write("</cols><sheetData>")
	b.begin()
	for i, name := range header {
		b.text(b.columns[i], styleHeader, name)
	}
	return b, b.end()
}

// row adds a row. It fails with too_many_rows or cell_too_long.
func (b *workbook) row(cells []string) error {
	if b.rows >= b.limit {
		return &command.RefusedError{
			Code: "too_many_rows", Message: fmt.Sprintf("a sheet holds %d rows below its header, and there are more", b.limit-1),
			Hint: "choose fewer with the filters, or export as CSV",
		}
	}
	currency := ""
	if i := slices.IndexFunc(b.columns, func(c sheetColumn) bool { return c.name == "currency" }); i >= 0 {
		currency = cells[i]
	}
	b.begin()
	for i, c := range b.columns {
		value := c.value(cells[i], currency)
		switch {
		case cells[i] == "":
		case value.style == styleBool:
			b.write(fmt.Sprintf(`<c r="%s%d" t="b"><v>%s</v></c>`, c.letters, b.rows, value.text))
		case value.style != styleText:
			b.write(fmt.Sprintf(`<c r="%s%d" s="%d"><v>%s</v></c>`, c.letters, b.rows, value.style, value.text))
		case len(value.text) > cellUnits && len(utf16.Encode([]rune(value.text))) > cellUnits:
			return &command.RefusedError{
				Code: "cell_too_long", Message: fmt.Sprintf("row %d: %s is longer than the %d characters that a cell holds", b.rows, c.name, cellUnits),
				Hint: "export as CSV",
			}
		default:
			b.text(c, styleText, value.text)
		}
	}
	return b.end()
}

func (b *workbook) begin() {
	b.rows++
	b.write(fmt.Sprintf(`<row r="%d">`, b.rows))
}

// end tells also what has failed since the row began.
func (b *workbook) end() error {
	_, err := b.sheet.WriteString("</row>")
	return err
}

// text writes a text into its cell: nothing in it is ever calculated.
func (b *workbook) text(c sheetColumn, style int, text string) {
	b.write(fmt.Sprintf(`<c r="%s%d" s="%d" t="inlineStr"><is><t xml:space="preserve">`, c.letters, b.rows, style))
	_ = xml.EscapeText(b.sheet, []byte(escapeCell(text))) // the end of the row tells
	b.write("</t></is></c>")
}

func (b *workbook) write(text string) {
	_, _ = b.sheet.WriteString(text) // the end of the row tells
}

func (b *workbook) close() error {
	b.write("</sheetData></worksheet>")
	return errors.Join(b.sheet.Flush(), b.archive.Close())
}

// escapeCell writes an underscore that a spreadsheet would take for the beginning of a
// character's number, as in _x000D_, by that of its own (ECMA-376 22.4.2.4).
func escapeCell(text string) string {
	before, after, found := strings.Cut(text, "_x")
	if !found {
		return text
	}
	if len(after) >= 5 && after[4] == '_' {
		if _, err := strconv.ParseUint(after[:4], 16, 16); err == nil {
			before += "_x005F"
		}
	}
	return before + "_x" + escapeCell(after)
}
