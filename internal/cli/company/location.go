package company

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

func newCmdLocation(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "location",
		Short: "Add, list and remove a company's locations",
		Example: "  $ resell company location add example.edu \"North campus\" --city Utrecht\n" +
			"  $ resell company location list example.edu",
	}
	if f.Wants(cmd) {
		cmd.AddCommand(newCmdLocationAdd(f), newCmdLocationList(f), newCmdLocationRemove(f))
	}
	return cmd
}

type locationOptions struct {
	*command.Factory
	command.WriteFlags
	command.LimitFlag
	company  string
	location api.LocationFields
}

func newCmdLocationAdd(f *command.Factory) *cobra.Command {
	o := &locationOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "add <company> <name>",
		Short: "Add a location to a company",
		Example: "  $ resell company location add example.edu \"North campus\" --address \"Dorpsstraat 1\" " +
			"--postal-code \"3512 AB\" --city Utrecht --country NL",
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.company, o.location.Name = args[0], args[1]
			return locationAddRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.location.Address, "address", "", "street `address`")
	flags.StringVar(&o.location.PostalCode, "postal-code", "", "postal `code`")
	flags.StringVar(&o.location.City, "city", "", "`city`")
	flags.StringVar(&o.location.Country, "country", "", "two-letter `code`; the company's when left out")
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.Location{})
	return cmd
}

func locationAddRun(ctx context.Context, o *locationOptions) error {
	location, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LocationAdd, api.LocationAddInput{Company: o.company, Body: o.location})
	if err != nil {
		return err
	}
	return o.ShowDone(location, "Added the location "+location.Name+".", locationColumns, locationColumns)
}

func newCmdLocationList(f *command.Factory) *cobra.Command {
	o := &locationOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "list <company>",
		Aliases: []string{"ls"},
		Short:   "List a company's locations",
		Example: "  $ resell company location list example.edu",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.company = args[0]
			return command.List(cmd.Context(), o.Factory, api.LocationList, api.LocationListInput{Company: o.company}, o.Limit, locationColumns)
		},
	}
	o.LimitFlag.Bind(cmd)
	f.Results(cmd, api.Location{})
	return cmd
}

func newCmdLocationRemove(f *command.Factory) *cobra.Command {
	o := &locationOptions{Factory: f}
	cmd := &cobra.Command{
		Use:     "remove <company> <location>",
		Aliases: []string{"rm"},
		Short:   "Remove a location of a company",
		Long:    "Remove a location of a company, named by its id or its name. Prints what it was.",
		Example: "  $ resell company location remove example.edu \"North campus\"",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.company, o.location.Name = args[0], args[1]
			return locationRemoveRun(cmd.Context(), o)
		},
	}
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.Location{})
	return cmd
}

func locationRemoveRun(ctx context.Context, o *locationOptions) error {
	in := api.LocationRemoveInput{Company: o.company, Location: o.location.Name}
	location, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LocationRemove, in)
	if err != nil {
		return err
	}
	return o.ShowDone(location, "Removed the location "+location.Name+".", locationColumns, locationColumns)
}

func locationColumns(*output.Printer) []output.Column {
	return []output.Column{
		{Field: "id", Data: true}, {Field: "name"}, {Field: "address"}, {Field: "postal_code"}, {Field: "city"}, {Field: "country"},
	}
}
