package daemon

import (
	"errors"

	"github.com/spf13/cobra"
)

func newCmdMigrate() *cobra.Command {
	var db string
	cmd := &cobra.Command{
		Use:     "migrate",
		Short:   "Bring a database's schema up to date",
		Long:    "Bring a database's schema up to date. serve does the same when it starts.",
		Example: "  $ reselld migrate --db resell.db",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if db == "" {
				return errors.New("no database: give --db resell.db or --db postgres://…")
			}
			s, err := openMigrated(cmd.Context(), db)
			if err != nil {
				return err
			}
			return s.Close()
		},
	}
	cmd.Flags().StringVar(&db, "db", "", "file of SQLite or postgres:// `URL` (required)")
	return cmd
}
