package output_test

import (
	"fmt"
	"io"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/output"
)

func BenchmarkList(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		rows := make([]license, n)
		for i := range rows {
			rows[i] = licenses()[i%2]
			rows[i].ID = fmt.Sprintf("lic_%026d", i)
		}
		for _, o := range []output.Options{
			{Format: output.Table, Width: 120},
			{Format: output.JSON},
			{Format: output.NDJSON},
			{Format: output.CSV},
			{},
			{Format: output.YAML},
			{JQ: ".[].id"},
			{Fields: []string{"id", "company.name"}},
		} {
			name := fmt.Sprintf("%d/%s%s%v", n, o.Format, o.JQ, o.Fields)
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					require.NoError(b, output.New(io.Discard, o).List(rows, licenseColumns()))
				}
			})
		}
	}
}
