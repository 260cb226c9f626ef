package main

import (
	"context"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestParse(t *testing.T) {
	t.Parallel()
	o, err := parse([]string{"-rows", "100000", "-runs", "3", "-only", "^key$"}, &strings.Builder{})
	require.NoError(t, err)
	require.Equal(t, []int{3, 100_000, 100_000}, []int{o.runs, o.rows, o.keys})
	require.True(t, o.only.MatchString("key"))
	require.False(t, o.only.MatchString("export"))

	for _, args := range [][]string{{"-runs", "0"}, {"-only", "("}, {"extra"}, {"-unknown"}} {
		_, err := parse(args, &strings.Builder{})
		require.Error(t, err, "%v", args)
	}
}

func TestReport(t *testing.T) {
	t.Parallel()
	runs := func(milliseconds ...int) []cost {
		all := make([]cost, len(milliseconds))
		for i, ms := range milliseconds {
			all[i] = cost{wall: time.Duration(ms) * time.Millisecond, memory: 15 << 20}
		}
		return all
	}
	// The ratio is that of pairs: the machine was busy during the second.
	ours, other := side{name: "ours", runs: runs(100, 500, 110)}, side{name: "other", runs: runs(100, 400, 100)}
	require.InDeltaSlice(t, []float64{1, 1.25, 1.1}, ratios(ours, other), 1e-9)

	var r report
	r.pair("kept", 1.1, ours, other)
	r.pair("missed", 1.05, ours, other)
	r.pair("free", 0, ours, other)
	r.memory("memory", 20, ours)
	r.missing("absent", "sqlite3")
	r.note("that is %s", "all")
	var out strings.Builder
	require.NoError(t, r.print(&out))
	lines := strings.Split(out.String(), "\n")
	require.Contains(t, lines[1], "1.10×  [1.00–1.25]  ≤ 1.10×")
	for i, end := range []string{"MET", "yes", "NO", "–", "yes", "not measured"} {
		require.Equal(t, end, strings.TrimSpace(lines[i][strings.LastIndex(strings.TrimRight(lines[i], " "), "  ")+1:]), lines[i])
	}
	require.Contains(t, out.String(), "\nthat is all\n")
}

func TestUsage(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("other systems do not tell what a process uses")
	}
	used := usageOf(os.Getpid())
	require.Greater(t, used.memory, int64(1<<20))
	require.Less(t, used.memory, int64(1<<32))
	require.Zero(t, usageOf(0))
}

func TestPagesNeedArguments(t *testing.T) {
	t.Parallel()
	require.Error(t, page(context.Background(), nil))
	require.Error(t, buy(context.Background(), []string{"http://127.0.0.1:1", "x", "1"}))
}
