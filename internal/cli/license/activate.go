package license

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

type activateOptions struct {
	*command.Factory
	command.WriteFlags
	license string
	isNew   bool
	email   string
	fields  map[string]*string // details of a new customer, by flag
}

func newCmdActivate(f *command.Factory) *cobra.Command {
	o := &activateOptions{Factory: f, fields: make(map[string]*string)}
	cmd := &cobra.Command{
		Use:   "activate <license>",
		Short: "Activate a license for a customer",
		Long: `Activate a license, named by its id or coupon, for the customer that is registered with an e-mail address,
or with --new for one that is not known yet: that makes its company.

A license that belongs to no company is given to the customer's; one that does is activated for that
company alone. The customer gets an e-mail with the code for its devices.`,
		Example: "  $ resell license activate 7GK2M9QX --email office@example.edu\n" +
			"  $ resell license activate 7GK2M9QX --new --name \"Example College\" --email office@college.example --country US",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.license = args[0]
			if err := o.check(cmd); err != nil {
				return err
			}
			return activateRun(cmd.Context(), o)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&o.isNew, "new", false, "for a new customer")
	flags.StringVar(&o.email, "email", "", "e-mail `address`: registered, or that of the new customer")
	for _, field := range []struct{ name, usage string }{
		{"name", "`name` of the new customer"},
		{"domain", "`domain`, unique among your companies"},
		{"phone", "telephone `number`"},
		{"country", "country, as an ISO 3166-1 `code` such as DE"},
		{"address", "street `address`"},
		{"postal-code", "postal `code`"},
		{"city", "`city`"},
		{"vat-id", "VAT `number`"},
		{"language", "`language` of what is sent to the customer, such as de"},
	} {
		o.fields[field.name] = flags.String(field.name, "", field.usage)
	}
	o.WriteFlags.Bind(cmd)
	_ = cmd.MarkFlagRequired("email") // the flag exists
	f.Results(cmd, api.License{})
	return cmd
}

func (o *activateOptions) check(cmd *cobra.Command) error {
	if o.isNew && *o.fields["name"] == "" {
		return command.Usage("--new needs --name")
	}
	for name := range o.fields {
		if !cmd.Flags().Changed(name) {
			o.fields[name] = nil
		} else if !o.isNew {
			return command.Usage("--%s is of a new customer: give --new as well", name)
		}
	}
	return nil
}

func activateRun(ctx context.Context, o *activateOptions) error {
	body := api.LicenseActivateBody{Email: o.email}
	if o.isNew {
		body = api.LicenseActivateBody{Company: &api.CompanyFields{
			Name: o.fields["name"], Email: &o.email, Domain: o.fields["domain"], Phone: o.fields["phone"], Country: o.fields["country"],
			Address: o.fields["address"], PostalCode: o.fields["postal-code"], City: o.fields["city"], VATID: o.fields["vat-id"],
			Language: o.fields["language"],
		}}
	}
	license, err := command.Write(ctx, o.Factory, o.WriteFlags, api.LicenseActivate, api.LicenseActivateInput{License: o.license, Body: body})
	if err != nil {
		return err
	}
	return showDone(o.Factory, "Activated", license)
}
