package cli

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/command"
)

// What cobra says of flags in groups names them as they are typed.
func TestGroupText(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"license", "upgrade", "7GK2M9QX"}, "give one of --quantity, --edition"},
		{[]string{"user", "create", "--role", "owner"}, "--email, --login and --name are needed"},
		{[]string{"token", "create", "--scope", "license:read"}, "--name is needed"},
		{[]string{"license", "list", "--kind", "sftware"}, `--kind cannot be "sftware": it takes one of device, software, support, subscription (did you mean "software"?)`},
		{[]string{"license", "extend", "--resume", "--dry-run"}, "--dry-run and --resume do not go together"},
		{[]string{"invoice", "send"}, "give one of --license, --company, --all-unbilled, --from, --resume"},
	} {
		f := command.NewFactory(command.Process{Getenv: func(string) string { return "" }, Now: time.Now})
		root := newRoot(f)
		root.SetArgs(tt.args)
		cmd, err := root.ExecuteC()
		require.Error(t, err, tt.args)
		require.Equal(t, tt.want, usageText(cmd, err), tt.args)
	}
}
