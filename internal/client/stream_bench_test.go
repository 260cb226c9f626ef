package client

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
)

// BenchmarkStream holds a checked export of 100 MB over loopback against a bare
// copy of the same bytes.
func BenchmarkStream(b *testing.B) {
	for name, row := range map[string]string{
		"plain":  "key_01JD7W8Q6M3N4P5R6S7T8V9W0X,ABCD-EFGH-JKMN-PQRS,Seat %07d,lic_01JD7W8Q6M3N4P5R6S7T8V9W0X,1,2026-11-21T20:00:00Z\n",
		"quoted": "key_01JD7W8Q6M3N4P5R6S7T8V9W0X,ABCD-EFGH-JKMN-PQRS,\"Seat, %07d\",lic_01JD7W8Q6M3N4P5R6S7T8V9W0X,1,2026-11-21T20:00:00Z\n",
	} {
		export := bytes.NewBufferString("id,code,name,license_id,seats,created_at\n")
		rows := 0
		for ; export.Len() < 100_000_000; rows++ {
			fmt.Fprintf(export, row, rows)
		}
		sum := sha256.Sum256(export.Bytes())
		size := int64(export.Len())
		fmt.Fprintf(export, "%s%d sha256=%s\n", api.EndMarker, rows, hex.EncodeToString(sum[:]))

		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/csv")
			for data := export.Bytes(); len(data) > 0; {
				n := min(len(data), 64<<10)
				_, _ = w.Write(data[:n])
				data = data[n:]
			}
		}))
		b.Cleanup(server.Close)
		c, err := New(Options{Host: server.URL})
		require.NoError(b, err)

		b.Run(name+"/stream", func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				got, err := Stream(b.Context(), c, api.ExportKeys, api.ExportKeysInput{}, onlyWriter{io.Discard}, StreamOptions{})
				require.NoError(b, err)
				require.Equal(b, int64(rows), got.Rows)
			}
		})
		b.Run(name+"/copy", func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				resp, err := server.Client().Get(server.URL + "/v1/exports/keys")
				require.NoError(b, err)
				_, err = io.Copy(onlyWriter{io.Discard}, resp.Body)
				require.NoError(b, err)
				require.NoError(b, resp.Body.Close())
			}
		})
	}
}

// onlyWriter hides every other method, as a file behind a progress bar does.
type onlyWriter struct{ io.Writer }
