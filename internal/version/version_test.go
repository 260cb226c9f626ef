package version

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestVersionOf(t *testing.T) {
	t.Parallel()

	tests := []struct {
		name, linked, recorded, want string
	}{
		{name: "the linker's version wins", linked: "v1.2.3", recorded: "v0.9.0", want: "1.2.3"},
		{name: "a version without v stays", linked: "1.2.3-next", want: "1.2.3-next"},
		{name: "a bare commit from git describe stays", linked: "4f2a91c", want: "4f2a91c"},
		{name: "go install module@version", recorded: "v1.4.0", want: "1.4.0"},
		{name: "go build in a checkout without tags", recorded: "(devel)", want: "dev"},
		{name: "nothing known", want: "dev"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			info := &debug.BuildInfo{Main: debug.Module{Version: tt.recorded}}
			require.Equal(t, tt.want, versionOf(tt.linked, info))
		})
	}
}

func TestCommitOf(t *testing.T) {
	t.Parallel()

	settings := func(revision, modified string) *debug.BuildInfo {
		return &debug.BuildInfo{Settings: []debug.BuildSetting{
			{Key: "vcs.revision", Value: revision},
			{Key: "vcs.modified", Value: modified},
		}}
	}
	require.Equal(t, "4f2a91c", commitOf(settings("4f2a91c", "false")))
	require.Equal(t, "4f2a91c-dirty", commitOf(settings("4f2a91c", "true")))
	require.Empty(t, commitOf(settings("", "true")))
	require.Empty(t, commitOf(&debug.BuildInfo{}))
}

func TestStringIsNeverEmpty(t *testing.T) {
	t.Parallel()
	require.NotEmpty(t, String())
}
