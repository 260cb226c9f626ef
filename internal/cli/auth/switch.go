package auth

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type switchOptions struct {
	*command.Factory
	profile string
}

// choice is a profile that can be switched to.
type choice struct {
	Profile string `json:"profile"`
	Host    string `json:"host"`
	Active  bool   `json:"active"`
}

func newCmdSwitch(f *command.Factory) *cobra.Command {
	o := &switchOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "switch [profile]",
		Short: "Use another profile from now on",
		Long: `Use another profile, and so another vendor or reseller, wherever none is named by --profile,
RESELL_PROFILE or the file .resell.yaml of a project. On a terminal you are asked which one.`,
		Example: "  $ resell auth switch second-vendor",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.profile = args[0]
			}
			return switchRun(o)
		},
	}
	f.Results(cmd, choice{})
	return cmd
}

func switchRun(o *switchOptions) error {
	settings, err := o.Config()
	if err != nil {
		return err
	}
	if o.profile == "" {
		if o.profile, err = o.choose(settings.Profiles(), settings.Profile(), settings.Stored); err != nil {
			return err
		}
	}
	if err := settings.Use(o.profile); err != nil {
		return err
	}
	if current, origin, _ := settings.Lookup("profile"); current != o.profile {
		if origin == "flag" {
			origin = "--profile"
		}
		o.Note("Here it is %s all the same, which %s names.", current, origin)
	}
	made := choice{o.profile, settings.Stored(o.profile, "host"), settings.Profile() == o.profile}
	return o.Show(made, func(*output.Printer) []output.Column {
		return []output.Column{{Field: "profile"}, {Field: "host"}, {Field: "active"}}
	})
}

// choose asks which of the profiles is meant: by its number, or its name.
func (o *switchOptions) choose(names []string, current string, stored func(profile, key string) string) (string, error) {
	switch {
	case len(names) == 1:
		return "", &command.UsageError{
			Message: fmt.Sprintf("%s is the only profile; signing in makes another: resell auth login --profile NAME", names[0]),
			Try:     []string{"resell auth login --help"},
		}
	case !o.CanAsk():
		return "", command.Usage("there is no terminal to ask on: name one of %s", strings.Join(names, ", "))
	}
	for i, name := range names {
		mark := " "
		if name == current {
			mark = "*"
		}
		o.Note("%s %d  %s  %s", mark, i+1, name, stored(name, "host"))
	}
	answer, err := o.Ask(fmt.Sprintf("Profile (1-%d, or its name): ", len(names)))
	if err != nil {
		return "", err
	}
	if n, err := strconv.Atoi(answer); err == nil && n >= 1 && n <= len(names) && !slices.Contains(names, answer) {
		return names[n-1], nil
	}
	if answer == "" {
		return "", command.ErrDeclined
	}
	return answer, nil
}
