package pgtest

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWithDatabase(t *testing.T) {
	t.Parallel()

	for dsn, want := range map[string]string{
		"postgres://u:p@h:5432/old?sslmode=disable": "postgres://u:p@h:5432/new?sslmode=disable",
		"postgresql://h":                  "postgresql://h/new",
		"postgres:///old?host=%2Ftmp%2Fx": "postgres:///new?host=%2Ftmp%2Fx",
		"host=/tmp/x dbname=old user=u":   "host=/tmp/x dbname=old user=u dbname=new",
	} {
		require.Equal(t, want, withDatabase(dsn, "new"))
	}
}
