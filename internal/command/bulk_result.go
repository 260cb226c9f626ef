package command

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/resell-cli/resell/internal/output"
)

// What became of a row.
const (
	statusDone    = "done"
	statusFailed  = "failed"  // refused: nothing was done
	statusSkipped = "skipped" // done by a run before
	statusReady   = "ready"   // by a dry run
)

// BulkResult is what became of a row.
type BulkResult struct {
	Line     int    `json:"line"` // of the file
	ID       string `json:"id"`   // of what was changed or made
	Status   string `json:"status"`
	Order    string `json:"order"`  // number of the order it made
	Amount   int64  `json:"amount"` // minor units
	Currency string `json:"currency"`
	Credits  int64  `json:"credits"`
	Code     string `json:"code"` // why it failed
	Message  string `json:"message"`
}

func bulkColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "line", Right: true},
		{Field: "id", Spare: true},
		{Field: "status"},
		{Field: "order", Spare: true},
		{Field: "amount", Format: bulkAmount(p), Right: true},
		{Field: "currency", Data: true},
		{Field: "credits", Data: true},
		{Field: "code", Data: true},
		{Field: "message", Wrap: true},
	}
}

// bulkAmount is what a row cost: money, credits, or nothing.
func bulkAmount(p *output.Printer) func(any, map[string]any) string {
	money := p.Money("currency")
	return func(v any, row map[string]any) string {
		if credits := fmt.Sprint(row["credits"]); credits != "0" {
			return credits + " credits"
		}
		if row["currency"] == "" || fmt.Sprint(v) == "0" {
			return ""
		}
		return money(v, row)
	}
}

// tell writes and prints the results of all rows, in the order of the input. Only then
// is the run finished: when that fails, --resume tells them again.
func (r *bulkRunner[I, O]) tell(run *bulkRun, items []BulkItem[I]) error {
	results, cells := make([]BulkResult, len(items)), make([][]string, len(items))
	var done []rowBefore
	failed := 0
	for row, item := range items {
		result := run.results[row]
		results[row], cells[row] = result, item.Cells
		switch result.Status {
		case statusDone:
			done = append(done, rowBefore{Mark: item.Mark, ID: result.ID, Order: result.Order})
		case statusFailed:
			failed++
		}
	}
	results, cells = byLine(results, cells)
	if err := writeResults(r.flags.Results, run.Header, cells, results); err != nil {
		return err
	}
	file, err := writeFailed(r.flags.Failed, failed, run.Header, cells, results)
	if err != nil {
		return err
	}
	if err := r.f.ShowAll(results, bulkColumns); err != nil {
		return err
	}
	manifest, now := run.bulkManifest, r.f.Now().UTC()
	manifest.Finished = &now
	if r.Spends {
		manifest.Done = done
	}
	if err := run.finish(manifest); err != nil {
		return err
	}
	if failed > 0 {
		return &PartialError{Failed: failed, Total: len(results), Hint: r.afterFailure(run, file)}
	}
	return nil
}

// afterFailure says how to go on where some rows failed: on the same terms.
func (r *bulkRunner[I, O]) afterFailure(run *bulkRun, file string) string {
	again := ""
	if run.Again {
		again = " --again"
	}
	how := fmt.Sprintf("they are in %s: mend them there, and run resell %s --%s %s%s%s%s",
		file, run.Command, cmp.Or(r.flags.input, "from"), ShellWord(file), run.Terms, again, r.f.SameAPI())
	if r.Spends && !run.Again {
		how += "; the same file again tries them alone, and does no row twice"
	}
	return how
}

// writeResults writes all rows with what became of them.
func writeResults(path string, header []string, cells [][]string, rows []BulkResult) error {
	results, err := NewResults(path, header)
	if err != nil {
		return err
	}
	for i, row := range rows {
		if err := results.Write(cells[i], row.ID, row.Status, row.Code, output.GuardCell(oneLine(row.Message))); err != nil {
			return errors.Join(err, results.Close())
		}
	}
	return results.Close()
}

// writeFailed writes the rows that failed, to be mended and run again. It gives the
// name of the file: where none is given, no file that is there is written over.
func writeFailed(path string, failed int, header []string, cells [][]string, rows []BulkResult) (string, error) {
	if failed == 0 {
		return "", nil
	}
	if path == "" {
		path = freeName("failed.csv")
	}
	results, err := NewResults(path, header)
	if err != nil {
		return "", err
	}
	for i, row := range rows {
		if row.Status != statusFailed {
			continue
		}
		if err := results.Write(cells[i], row.ID, row.Status, row.Code, output.GuardCell(oneLine(row.Message))); err != nil {
			return "", errors.Join(err, results.Close())
		}
	}
	return path, results.Close()
}

// freeName numbers a file name that is taken.
func freeName(name string) string {
	ending := filepath.Ext(name)
	free := name
	for n := 2; ; n++ {
		if _, err := os.Lstat(free); errors.Is(err, fs.ErrNotExist) {
			return free
		}
		free = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ending), n, ending)
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
