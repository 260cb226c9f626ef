package service_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/licensing"
)

// part is the before or after of an event, as JSON.
func part(t *testing.T, e licensing.Event, name string) string {
	t.Helper()
	require.Equal(t, "req_1", e.RequestID)
	require.NotEmpty(t, e.TokenID)
	require.NotEmpty(t, e.ResellerID)
	var parts map[string]json.RawMessage
	require.NoError(t, json.Unmarshal([]byte(e.Data), &parts))
	require.Contains(t, parts, name)
	return string(parts[name])
}
