package command

import (
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/require"
)

// What the file of the rows that failed does not have is on the command line that runs it.
func TestTermsAreRepeated(t *testing.T) {
	t.Parallel()
	for line, want := range map[string][]string{
		"":                              nil,
		" --due 14d --tax-rate 5.5":     {"--tax-rate", "5.5", "--due", "14d"},
		" --note 'it'\\''s\n$(due)'":    {"--note=it's\n$(due)"},
		" --due -1d --note ''":          {"--due=-1d", "--note="},
		" --raw":                        {"--raw"},
		" --plain=false":                {"--plain=false"},
		" --tag a --tag 'b c' --tag ''": {"--tag=a,b c,"},
	} {
		cmd := &cobra.Command{Use: "send"}
		root := &cobra.Command{Use: "resell"}
		root.PersistentFlags().String("output", "", "")
		root.AddCommand(cmd)
		for _, name := range []string{"tax-rate", "due", "note", "if-version"} {
			cmd.Flags().String(name, "", "")
		}
		cmd.Flags().Bool("plain", true, "")
		cmd.Flags().StringSlice("tag", nil, "")
		new(BulkFlags).Bind(cmd)
		every := []string{
			"--from=f.csv", "--again", "--keep-going", "--workers=1", "--results=a", "--failed=b", "--yes", "--dry-run", "--output=json", "--if-version=3",
		}
		require.NoError(t, cmd.ParseFlags(append(every, want...)))
		require.Equal(t, line, terms(cmd, []BulkColumn{{Name: "version", Flag: "if-version"}}))
	}
}
