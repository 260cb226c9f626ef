package catalog

import (
	"context"
	"fmt"
	"io"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type applyOptions struct {
	*command.Factory
	command.WriteFlags
	command.ConfirmFlags
	file string
}

func newCmdApply(f *command.Factory) *cobra.Command {
	o := &applyOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "apply --file <file>",
		Short: "Make the installation as a catalogue file says",
		Long: `Make the installation as a catalogue file says, all or nothing. What is missing is added, what
differs is changed, and what the file does not name stays. A product or contract that it names has the
prices that it gives, and no others: leave a price out to sell it no more.

What would change is shown first; a second time nothing does.`,
		Example: "  $ resell catalog apply --file catalog.yaml --dry-run\n" +
			"  $ resell catalog apply --file catalog.yaml --yes",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o.Piped = o.file == "-"
			if err := o.NeedYes(o.ConfirmFlags, "this changes what is sold"); err != nil {
				return err
			}
			return applyRun(cmd.Context(), o)
		},
	}
	cmd.Flags().StringVarP(&o.file, "file", "f", "", "catalogue `file`, YAML or JSON; - is standard input")
	_ = cmd.MarkFlagRequired("file") // the flag exists
	o.WriteFlags.Bind(cmd)
	o.ConfirmFlags.Bind(cmd)
	f.Results(cmd, api.CatalogChange{})
	return cmd
}

func applyRun(ctx context.Context, o *applyOptions) error {
	body := api.CatalogApplyBody{DryRun: true}
	var err error
	if body.Catalog, err = read(o.Factory, o.file); err != nil {
		return err
	}
	if o.DryRun || !o.Yes {
		plan, err := command.Write(ctx, o.Factory, command.WriteFlags{}, api.CatalogApply, api.CatalogApplyInput{Body: body})
		if err != nil || o.DryRun || len(plan.Data) == 0 {
			return o.show(plan, err)
		}
		for _, change := range plan.Data {
			o.Note("%s", describe(change))
		}
		if err := o.Confirm(o.ConfirmFlags, fmt.Sprintf("Apply %d changes with %s?", len(plan.Data), o.Where())); err != nil {
			return err
		}
	}
	body.DryRun = false
	done, err := command.Write(ctx, o.Factory, o.WriteFlags, api.CatalogApply, api.CatalogApplyInput{Body: body})
	return o.show(done, err)
}

func (o *applyOptions) show(changes api.List[api.CatalogChange], err error) error {
	if err != nil {
		return err
	}
	if len(changes.Data) == 0 {
		o.Note("Nothing changes: the installation is as the file says.")
	}
	return o.ShowAll(changes.Data, func(*output.Printer) []output.Column {
		return []output.Column{{Field: "action"}, {Field: "path", Whole: true}, {Field: "before"}, {Field: "after"}}
	})
}

func describe(c api.CatalogChange) string {
	switch c.Action {
	case "create":
		return "+ " + c.Path + ": " + c.After
	case "remove":
		return "- " + c.Path + ": " + c.Before
	}
	return "~ " + c.Path + ": " + c.Before + " → " + c.After
}

// read reads a catalogue, strictly: a name that is mistyped is an error, with its line.
func read(f *command.Factory, file string) (api.Catalog, error) {
	var catalog api.Catalog
	in, err := f.Open(file)
	if err != nil {
		return catalog, command.Usage("read the catalogue: %s", err)
	}
	defer func() { _ = in.Close() }() // it was only read
	text, err := io.ReadAll(in)
	if err != nil {
		return catalog, command.Usage("read the catalogue: %s", err)
	}
	if err := yaml.UnmarshalWithOptions(text, &catalog, yaml.Strict()); err != nil {
		return catalog, command.Usage("%s: %s", file, yaml.FormatError(err, false, true))
	}
	return catalog, nil
}
