package auth

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

type statusOptions struct {
	*command.Factory
	active bool
}

// status is who is signed in where; the token itself is never part of it.
type status struct {
	Profile     string `json:"profile"`
	Active      bool   `json:"active"`
	ChosenBy    string `json:"chosen_by"` // what names the active profile; empty for others
	Host        string `json:"host"`
	State       string `json:"state"`   // signed_in, expiring, signed_out or failed
	Message     string `json:"message"` // what is the matter; empty where nothing is
	Fix         string `json:"fix"`     // what to do about it
	TokenSource string `json:"token_source"`
	api.Session
}

func newCmdStatus(f *command.Factory) *cobra.Command {
	o := &statusOptions{Factory: f}
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Show who is signed in where, and what the tokens may do",
		Long: `Show every profile: its host, who is signed in there, where the token comes from, its scopes and contracts,
and when it expires. A token that ends within 14 days is warned of. A server that does not answer is told of
in the row of its profile.

The exit code is about the profile in use: 0 where it is signed in, 4 where it is not. With --active nothing
is printed in that case.`,
		Example: "  $ resell auth status\n" +
			"  $ resell auth status --active --json reseller.login,scopes",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return statusRun(cmd.Context(), o)
		},
	}
	cmd.Flags().BoolVar(&o.active, "active", false, "show the profile in use alone, in full")
	f.Results(cmd, status{})
	return cmd
}

func statusRun(ctx context.Context, o *statusOptions) error {
	if o.active {
		return activeRun(ctx, o)
	}
	rows, err := examine(ctx, o.Factory)
	if rows == nil {
		return err
	}
	if printing := o.ShowAll(rows, listColumns); printing != nil {
		return printing
	}
	return err // that of the profile in use
}

func activeRun(ctx context.Context, o *statusOptions) error {
	settings, err := o.Config()
	if err != nil {
		return err
	}
	row := newStatus(settings.Profile(), settings)
	id, err := o.Identity(ctx)
	if err != nil {
		return err
	}
	session, err := command.Call(ctx, o.Factory, api.SessionView, api.SessionViewInput{})
	if err != nil {
		return err
	}
	row.signedIn(id, session)
	return o.Show(row, columns)
}

func columns(*output.Printer) []output.Column {
	return []output.Column{
		{Field: "profile"},
		{Field: "chosen_by"},
		{Field: "host"},
		{Field: "vendor"},
		{Field: "reseller.name", Header: "Reseller"},
		{Field: "reseller.login", Header: "Reseller login"},
		{Field: "state", Format: words},
		{Field: "message"},
		{Field: "fix"},
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

func listColumns(p *output.Printer) []output.Column {
	return []output.Column{
		{Field: "profile"},
		{Field: "active", Header: "IN USE", Format: mark},
		{Field: "host"},
		{Field: "reseller.login", Header: "RESELLER", Spare: true},
		{Field: "user.login", Header: "USER", Spare: true},
		{Field: "token_source", Header: "TOKEN", Spare: true},
		{Field: "state", Format: words},
		{Field: "expires_at", Header: "EXPIRES", Format: p.Day(), Spare: true},
		{Field: "scopes", Data: true},
		{Field: "contracts", Data: true},
		{Field: "message", Format: command.WithFix, Wrap: true},
		{Field: "fix", Data: true},
	}
}

// words writes signed_in as signed in.
func words(v any, _ map[string]any) string { return strings.ReplaceAll(fmt.Sprint(v), "_", " ") }

// mark shows which profile is in use.
func mark(v any, _ map[string]any) string {
	if v == true {
		return "yes"
	}
	return ""
}
