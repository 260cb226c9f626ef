package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/resell-cli/resell/internal/command"
)

// workbookOf writes rows as a workbook, and reads it with another program's library.
func workbookOf(t require.TestingT, rows ...[]string) *excelize.File {
	var in, out bytes.Buffer
	w := csv.NewWriter(&in)
	require.NoError(t, w.WriteAll(rows))
	require.NoError(t, writeWorkbook("things")(&in, &out))
	book, err := excelize.OpenReader(&out)
	require.NoError(t, err)
	require.Equal(t, []string{"things"}, book.GetSheetList())
	return book
}

func TestWorkbookKeepsText(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.StringOf(rapid.RuneFrom([]rune("=+-@'_x0D AF<>&\"é😀\t\n"))), rapid.StringMatching(`[=_]?(_x[0-9A-F]{3,4}_?){1,3}`), rapid.StringMatching(`0?[0-9.]{1,20}`),
		).Draw(t, "text")
		book := workbookOf(t, []string{"id", "name"}, []string{"1", text})
		got, err := book.GetCellValue("things", "B2", excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		require.Equal(t, text, got)
		formula, err := book.GetCellFormula("things", "B2")
		require.NoError(t, err)
		require.Empty(t, formula)
	})
}

func TestWorkbookCells(t *testing.T) {
	t.Parallel()
	header := []string{"id", "ends_on", "created_at", "quantity", "amount", "currency", "tax_rate", "auto_renew", "net", "phone", "starts_on"}
	book := workbookOf(t, header,
		[]string{"lic_1", "2028-02-29", "2026-11-21T12:34:56Z", "1000000", "123456", "EUR", "2100", "true", "-5", "+31", "soon"},
		[]string{"lic_2", "", "", "", "1234", "JPY", "550", "false", "", "", ""},
		[]string{"lic_3", "", "", "", "9007199254740993", "KWD", "", "", "0", "", ""})
	for cell, want := range map[string]struct{ shown, raw string }{
		"A1": {"id", "id"},
		"B2": {"2028-02-29", "46812"},
		"C2": {"2026-11-21 12:34:56", "46347.5242592593"},
		"D2": {"1000000", "1000000"},
		"E2": {"1,234.56", "1234.56"},
		"G2": {"21.00%", "0.2100"},
		"H2": {"TRUE", "1"},
		"I2": {"-0.05", "-0.05"},
		"J2": {"+31", "+31"},
		"K2": {"soon", "soon"},
		"B3": {"", ""},
		"E3": {"1,234", "1234"},
		"G3": {"5.50%", "0.0550"},
		"H3": {"FALSE", "0"},
		"E4": {"", "9007199254740.993"},
		"I4": {"0.000", "0.000"},
	} {
		raw, err := book.GetCellValue("things", cell, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		require.Equal(t, want.raw, raw, cell)
		if want.shown != "" {
			shown, err := book.GetCellValue("things", cell)
			require.NoError(t, err)
			require.Equal(t, want.shown, shown, cell)
		}
	}
	panes, err := book.GetPanes("things")
	require.NoError(t, err)
	require.True(t, panes.Freeze)
	day, err := excelize.ExcelDateToTime(46812, false)
	require.NoError(t, err)
	require.Equal(t, time.Date(2028, time.February, 29, 0, 0, 0, 0, time.UTC), day)
}

func TestWorkbookRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		rows string
		code string
	}{
		"as many rows as fit":         {"id\n1\n2\n", ""},
		"one row more":                {"id\n1\n2\n3\n", "too_many_rows"},
		"as many characters as fit":   {"id\n" + strings.Repeat("é", cellUnits) + "\n", ""},
		"one character more":          {"id\n" + strings.Repeat("é", cellUnits+1) + "\n", "cell_too_long"},
		"characters that count twice": {"id\n" + strings.Repeat("😀", cellUnits/2+1) + "\n", "cell_too_long"},
	} {
		err := copyRows(strings.NewReader(test.rows), io.Discard, "things", 3)
		if test.code == "" {
			require.NoError(t, err, name)
			continue
		}
		refused, ok := errors.AsType[*command.RefusedError](err)
		require.True(t, ok, "%s: %v", name, err)
		require.Equal(t, test.code, refused.Code, name)
	}
}

// What does not come whole makes no workbook, and neither does a disk that is full.
func TestWorkbookFails(t *testing.T) {
	t.Parallel()
	cut := errors.New("cut")
	for _, in := range []io.Reader{
		iotest.ErrReader(cut), io.MultiReader(strings.NewReader("id\n1\n"), iotest.ErrReader(cut)),
	} {
		require.ErrorIs(t, writeWorkbook("things")(in, io.Discard), cut)
	}
	require.ErrorIs(t, writeWorkbook("things")(strings.NewReader("id\n1\n"), fullDisk{}), io.ErrShortWrite)
}

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, io.ErrShortWrite }
