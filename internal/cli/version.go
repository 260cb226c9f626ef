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
