package cli

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
	"github.com/resell-cli/resell/internal/version"
)

type versionInfo struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Date    string `json:"date"`
}

func newCmdVersion(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Show the version",
		Example: "  $ resell version --json version",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return f.Show(versionInfo{version.String(), version.Commit(), version.Date()}, versionColumns)
		},
	}
	f.Results(cmd, versionInfo{})
	return cmd
}

func versionColumns(*output.Printer) []output.Column {
	return []output.Column{{Field: "version"}, {Field: "commit"}, {Field: "date"}}
}

func exitCodesTopic() *cobra.Command {
	return &cobra.Command{
		Use:   "exit-codes",
		Short: "Tell what the exit codes mean",
		Long: `resell ends with one of these exit codes:

    0  done
    1  failed
    2  wrong usage
    3  not found
    4  not logged in, or not allowed
    5  refused by a rule, or in conflict with something else
    6  rate-limited or unavailable, also after trying again
    7  some of many failed
    8  an export is incomplete, and was not kept
  130  interrupted
  141  the reader of the output has gone

With JSON output an error is a JSON object on standard error, with code, message, hint,
request_id, exit_code and next_steps. Standard output is empty when a command fails.`,
	}
}
