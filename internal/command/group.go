package command

import (
	"slices"

	"github.com/spf13/cobra"
)

// NamedOnly leaves those groups of commands empty that the command line does not name.
// To make every command there is, with its flags, would be most of what a start costs.
func (f *Factory) NamedOnly() { f.namedOnly = true }

// Wants reports whether the commands of a group are to be made.
func (f *Factory) Wants(group *cobra.Command) bool {
	return !f.namedOnly || slices.ContainsFunc(f.Args, func(word string) bool {
		return word == group.Name() || group.HasAlias(word)
	})
}
