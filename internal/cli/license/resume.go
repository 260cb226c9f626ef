package license

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdResume(f *command.Factory) *cobra.Command {
	cmd := newCmdAct(f, api.LicenseResume, "resume", "Resume", "Resumed")
	cmd.Use = "resume [<license>]"
	cmd.Short = "Resume a paused license, or many"
	cmd.Long = `Resume a paused license, named by its id or coupon.

With --from, each license of a list or of a CSV file with a column license is resumed. The flag --resume
is something else: it goes on with such a run that broke off.`
	cmd.Example = "  $ resell license resume 7GK2M9QX\n" +
		"  $ resell license list --state paused -o name | resell license resume --from - --yes\n" +
		"  $ resell license resume --from licenses.csv --yes"
	return cmd
}
