//go:build unix && !linux

package realtest

import "testing"

// smallDisk needs Linux.
func smallDisk(t *testing.T) string {
	t.Helper()
	t.Skip("a small disk is mounted on Linux alone")
	return ""
}
