package company

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type createOptions struct {
	*command.Factory
	command.WriteFlags
	fieldFlags
}

func newCmdCreate(f *command.Factory) *cobra.Command {
	o := &createOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "create <name>",
		Short: "Create a company",
		Example: "  $ resell company create \"Example University\" --domain example.edu --email office@example.edu --country US\n" +
			"  $ resell company create \"Example University\" --domain example.edu --setup-assistant --json id",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Name = &args[0]
			o.read(cmd)
			return createRun(cmd.Context(), o)
		},
	}
	o.fieldFlags.bind(cmd)
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.Company{})
	return cmd
}

func createRun(ctx context.Context, o *createOptions) error {
	company, err := command.Write(ctx, o.Factory, o.WriteFlags, api.CompanyCreate, api.CompanyCreateInput{Body: o.CompanyFields})
	if err != nil {
		return err
	}
	return o.ShowDone(company, "Created "+company.Name+".", details, details)
}
