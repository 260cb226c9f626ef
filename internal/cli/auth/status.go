package auth

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// status is who is signed in where; the token itself is never part of it.
type status struct {
	Profile     string `json:"profile"`
	Host        string `json:"host"`
	TokenSource string `json:"token_source"`
	api.Session
}

func newCmdStatus(f *command.Factory, runF func(context.Context, *command.Factory) error) *cobra.Command {
	cmd := simple(f, &cobra.Command{
		Use:   "status",
		Short: "Show who is signed in, and what the token may do",
		Example: "  $ resell auth status\n" +
			"  $ resell auth status --json reseller.login,scopes",
	}, statusRun, runF)
	f.Results(cmd, status{})
	return cmd
}

func statusRun(ctx context.Context, f *command.Factory) error {
	id, err := f.Identity(ctx)
	if err != nil {
		return err
	}
	session, err := command.Call(ctx, f, api.SessionView, api.SessionViewInput{})
	if err != nil {
		return err
	}
	return f.Show(status{id.Profile, id.Host, string(id.Source), session}, columns)
}

func columns(*output.Printer) []output.Column {
	return []output.Column{
		{Field: "profile"},
		{Field: "host"},
		{Field: "vendor"},
		{Field: "reseller.name", Header: "Reseller"},
		{Field: "reseller.login", Header: "Reseller login"},
		{Field: "token_source"},
		{Field: "token_id"},
		{Field: "token_name"},
		{Field: "user.login", Header: "User"},
		{Field: "user.role", Header: "Role"},
		{Field: "scopes"},
		{Field: "contracts"},
		{Field: "expires_at"},
		{Field: "today"},
		{Field: "time_zone"},
		{Field: "version", Header: "Server"},
	}
}
