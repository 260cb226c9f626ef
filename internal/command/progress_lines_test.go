package command

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestProgressLines(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	f := NewFactory(Process{Stderr: &said, StderrTerminal: true})
	f.Accessible = true
	p := f.Progress(30, "companies")
	for range 7 {
		p.Add(1)
	}
	p.Set(20)
	p.Set(20)
	p.Set(30)
	p.Done()
	require.Equal(t, "3 of 30 companies (10 %)\n6 of 30 companies (20 %)\n20 of 30 companies (60 %)\n30 of 30 companies (100 %)\n", said.String())

	said.Reset()
	unknown := f.Progress(-1, "rows")
	unknown.Add(1000)
	unknown.Done()
	require.Empty(t, said.String())
}
