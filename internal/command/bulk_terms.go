package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// terms are the flags that the rows were read and carried out with and that no file has,
// as a command line repeats them. What fills a column is in the file of what failed.
func terms(cmd *cobra.Command, columns []BulkColumn) string {
	var text strings.Builder
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		if !isTerm(cmd, columns, flag.Name) {
			return
		}
		values := []string{flag.Value.String()}
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, value := range values {
			text.WriteString(" --" + flag.Name)
			switch flag.NoOptDefVal {
			case "":
				text.WriteString(" " + ShellWord(value))
			case value:
			default:
				text.WriteString("=" + ShellWord(value))
			}
		}
	})
	return text.String()
}

// isTerm leaves out what is about one run alone, what a column has, and what every command
// takes.
func isTerm(cmd *cobra.Command, columns []BulkColumn, name string) bool {
	switch name {
	case "from", "file", "resume", "again", "keep-going", "workers", "results", "failed", "yes", "dry-run":
		return false
	}
	return cmd.InheritedFlags().Lookup(name) == nil && !slices.ContainsFunc(columns, func(c BulkColumn) bool { return c.flag() == name })
}
