package reseller

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
	login, person string
}

func newCmdCreate(f *command.Factory) *cobra.Command {
	o := &createOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "create",
		Short: "Create a sub-reseller",
		Long: `Create a sub-reseller, and a person with the same login who owns the account. A random password is made
and mailed to them, with the login and the address of the API; nobody else gets to see it.

With --product it may sell those products alone, else everything that you may. Give it something to
sell with resell reseller grant.`,
		Example: "  $ resell reseller create --login north --name \"North Resale\" --email office@north.example\n" +
			"  $ resell reseller create --login south --name South --email office@south.example --product signage --product office-suite",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := o.read(cmd); err != nil {
				return err
			}
			return createRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.login, "login", "", "`login`: a-z, 0-9, dot, hyphen and underscore")
	flags.StringVar(&o.person, "person", "", "`name` of the person who gets the password; that of the reseller when left out")
	o.fieldFlags.bind(cmd, "all of them when left out")
	for _, name := range []string{"login", "name", "email"} {
		_ = cmd.MarkFlagRequired(name) // the flag exists
	}
	o.WriteFlags.Bind(cmd)
	f.Results(cmd, api.Reseller{})
	return cmd
}

func createRun(ctx context.Context, o *createOptions) error {
	body := api.ResellerCreateBody{Login: o.login, Person: o.person, ResellerFields: o.ResellerFields}
	reseller, err := command.Write(ctx, o.Factory, o.WriteFlags, api.ResellerCreate, api.ResellerCreateInput{Body: body})
	if err != nil {
		return err
	}
	o.Note("A password is on its way to %s.", reseller.Email)
	return o.Show(reseller, details)
}
