// Package config has the commands about the CLI's own settings.
package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// NewCmd makes the group of commands.
func NewCmd(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config",
		Short: "Read and change settings",
		Long: `Read and change the settings of the current profile. A setting comes from a flag, else from its RESELL_*
variable, else from the project, else from the profile, else from its default. Secrets are never settings:
see resell auth login.

A project is a folder with a file .resell.yaml, which may say profile, company, contract and output for the
work in it and in the folders below. It never holds a host or a secret.`,
		Example: "  $ resell config set company example.edu\n" +
			"  $ resell config list",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdList(f), newCmdGet(f), newCmdSet(f), newCmdUnset(f))
	}
	return cmd
}

// setting is a setting with where its value comes from.
type setting struct {
	Name        string `json:"name"`
	Value       string `json:"value"`
	Source      string `json:"source"`
	Variable    string `json:"variable"`
	Description string `json:"description"`
}

type options struct {
	*command.Factory
	name, value string
}

func newCmdList(f *command.Factory) *cobra.Command {
	o := &options{Factory: f}
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List settings, with their values and where those come from",
		Example: "  $ resell config list\n  $ resell config list --json name,value,source",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return listRun(o)
		},
	}
	f.Results(cmd, setting{})
	return cmd
}

func listRun(o *options) error {
	c, err := o.Config()
	if err != nil {
		return err
	}
	profile, err := c.Setting("profile")
	if err != nil {
		return err
	}
	rows := []setting{}
	for _, key := range slices.Insert(c.Settings(), 0, profile) {
		source, _ := c.Source(key.Name)
		rows = append(rows, setting{key.Name, source.Value, source.Origin, key.Env, key.Doc})
	}
	return o.ShowAll(rows, func(*output.Printer) []output.Column {
		return []output.Column{{Field: "name"}, {Field: "value"}, {Field: "source"}, {Field: "description", Data: true}}
	})
}

func newCmdGet(f *command.Factory) *cobra.Command {
	o := &options{Factory: f}
	cmd := &cobra.Command{
		Use:     "get <setting>",
		Short:   "Print the value of a setting",
		Example: "  $ resell config get company",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.name = args[0]
			return getRun(o)
		},
	}
	f.Results(cmd, setting{})
	return cmd
}

func getRun(o *options) error {
	found, err := o.find()
	if err != nil {
		return err
	}
	if o.Chosen() {
		return o.Show(found, func(*output.Printer) []output.Column { return nil })
	}
	p, err := o.Printer()
	if err != nil {
		return err
	}
	return p.Text("%s", found.Value)
}

func newCmdSet(f *command.Factory) *cobra.Command {
	o := &options{Factory: f}
	cmd := &cobra.Command{
		Use:   "set <setting> <value>",
		Short: "Save a setting in the current profile",
		Long: `Save a setting in the current profile. With a company saved, purchases are for it unless --company
names another, or --unassigned buys for stock.

Settings:
` + described(),
		Example: "  $ resell config set company example.edu\n  $ resell config set output json --profile ci",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.name, o.value = args[0], args[1]
			return o.change(func(c settings) error { return c.Set(o.name, o.value) })
		},
	}
	f.Results(cmd, setting{})
	return cmd
}

// described tells of every setting what it is, what it may be, and its default.
func described() string {
	var text strings.Builder
	for _, key := range command.Settings() {
		fmt.Fprintf(&text, "  %-14s %s", key.Name, key.Doc)
		if len(key.Allowed) > 0 {
			text.WriteString(": " + strings.Join(key.Allowed, ", "))
		}
		if key.Default != "" {
			text.WriteString(" (default " + key.Default + ")")
		}
		text.WriteByte('\n')
	}
	return strings.TrimSuffix(text.String(), "\n")
}

func newCmdUnset(f *command.Factory) *cobra.Command {
	o := &options{Factory: f}
	cmd := &cobra.Command{
		Use:     "unset <setting>",
		Short:   "Remove a setting from the current profile",
		Example: "  $ resell config unset company",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.name = args[0]
			return o.change(func(c settings) error { return c.Unset(o.name) })
		},
	}
	f.Results(cmd, setting{})
	return cmd
}

// settings is what can be changed.
type settings interface {
	Set(name, value string) error
	Unset(name string) error
}

// change changes a setting and shows what it is then.
func (o *options) change(do func(settings) error) error {
	c, err := o.Config()
	if err != nil {
		return err
	}
	if err := do(c); err != nil {
		return err
	}
	found, err := o.find()
	if err != nil {
		return err
	}
	return o.Show(found, func(*output.Printer) []output.Column {
		return []output.Column{{Field: "name"}, {Field: "value"}, {Field: "source"}}
	})
}

func (o *options) find() (setting, error) {
	c, err := o.Config()
	if err != nil {
		return setting{}, err
	}
	key, err := c.Setting(o.name)
	if err != nil {
		return setting{}, err
	}
	source, _ := c.Source(o.name)
	return setting{key.Name, source.Value, source.Origin, key.Env, key.Doc}, nil
}
