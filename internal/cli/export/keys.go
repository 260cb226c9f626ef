package export

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

func newCmdKeys(f *command.Factory, format string) *cobra.Command {
	var filter api.KeyFilter
	var sinceCursor string
	cmd := newCmd(f, format, "keys", &filter, func(ctx context.Context, o *options) error {
		o.SinceCursor = sinceCursor
		return command.Export(ctx, f, o.ExportFlags, api.ExportKeys, api.ExportKeysInput{ExportFormat: o.ExportFormat, KeyFilter: filter})
	})
	if format == xlsx {
		return cmd
	}
	cmd.Long = `Export keys, with the licenses that they unlock: a row for each of these.

With --since-cursor only the keys made since the export before are there. The file tells how far that
went; where there is none yet, all keys are exported and the file is made. It is replaced when all rows
are written, so that an export which breaks off is repeated, and no key is ever passed over. What has
changed of older keys is not among them: export without --since-cursor for that.`
	cmd.Example += "\n  $ resell export " + format + " keys --since-cursor keys.cursor --file \"keys-$(date +%F)." + format + "\""
	cmd.Flags().StringVar(&sinceCursor, "since-cursor", "", "only the keys made since the export that left this `file`")
	return cmd
}
