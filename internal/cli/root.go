package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/cli/auth"
	"github.com/resell-cli/resell/internal/cli/balance"
	"github.com/resell-cli/resell/internal/cli/catalog"
	"github.com/resell-cli/resell/internal/cli/clock"
	"github.com/resell-cli/resell/internal/cli/company"
	"github.com/resell-cli/resell/internal/cli/config"
	"github.com/resell-cli/resell/internal/cli/contract"
	"github.com/resell-cli/resell/internal/cli/dashboard"
	"github.com/resell-cli/resell/internal/cli/device"
	"github.com/resell-cli/resell/internal/cli/doctor"
	"github.com/resell-cli/resell/internal/cli/export"
	"github.com/resell-cli/resell/internal/cli/invoice"
	"github.com/resell-cli/resell/internal/cli/key"
	"github.com/resell-cli/resell/internal/cli/license"
	"github.com/resell-cli/resell/internal/cli/open"
	"github.com/resell-cli/resell/internal/cli/order"
	"github.com/resell-cli/resell/internal/cli/product"
	"github.com/resell-cli/resell/internal/cli/request"
	"github.com/resell-cli/resell/internal/cli/reseller"
	"github.com/resell-cli/resell/internal/cli/sandbox"
	"github.com/resell-cli/resell/internal/cli/token"
	"github.com/resell-cli/resell/internal/cli/user"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/version"
)

func newRoot(f *command.Factory) *cobra.Command {
	root := &cobra.Command{
		Use:   "resell",
		Short: "Resell software from the command line",
		Long: "resell does what a reseller portal does, from a terminal: customers, licenses, activation keys,\n" +
			"orders and invoices, over a vendor's licensing API.\n\n" +
			"To try it, without an account and at no cost: resell sandbox.",
		Example: "  $ resell auth login --host https://licensing.example.com\n" +
			"  $ resell license add --company example.edu --product mdm-device --term calendar:2 --quantity 30\n" +
			"  $ resell export csv keys --file keys.csv",
		Version:       version.String(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetVersionTemplate("resell {{.Version}}\n")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return f.CheckOutput(cmd) }
	root.PersistentPostRun = func(cmd *cobra.Command, _ []string) {
		if dry := cmd.Flags().Lookup("dry-run"); dry != nil && dry.Value.String() == "true" {
			f.Note("Dry run: nothing was bought, sent or changed.")
		}
	}
	f.BindGlobal(root)
	root.AddGroup(&cobra.Group{ID: "work", Title: "Commands:"}, &cobra.Group{ID: "vendor", Title: "For the vendor:"}, &cobra.Group{ID: "setup", Title: "Set-up and help:"})
	add := func(group string, commands ...*cobra.Command) {
		for _, c := range commands {
			c.GroupID = group
			root.AddCommand(c)
		}
	}
	add("work", company.NewCmd(f), product.NewCmd(f), contract.NewCmd(f), license.NewCmd(f), key.NewCmd(f), device.NewCmd(f),
		order.NewCmd(f), balance.NewCmd(f), dashboard.NewCmd(f), invoice.NewCmd(f), reseller.NewCmd(f), export.NewCmd(f), open.NewCmd(f))
	add("vendor", catalog.NewCmd(f))
	add("setup", auth.NewCmd(f), user.NewCmd(f), token.NewCmd(f), config.NewCmd(f), request.NewCmd(f), doctor.NewCmd(f), sandbox.NewCmd(f), clock.NewCmd(f), newCmdCommands(f), newCmdVersion(f))
	root.SetHelpCommandGroupID("setup")
	root.SetCompletionCommandGroupID("setup")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return flagError(f, cmd, err) })
	root.SetOut(f.Stdout) // the command completion keeps what is set when it is made
	root.InitDefaultHelpCmd()
	strictHelp(f, root)
	root.InitDefaultCompletionCmd()
	strict(f, root)
	add("setup", newTopics()...) // which are no groups, though they do not run
	return root
}

// strict makes groups of commands refuse what is not one of them, which cobra lets
// pass, with the nearest command that there is.
func strict(f *command.Factory, cmd *cobra.Command) {
	for _, child := range cmd.Commands() {
		strict(f, child)
	}
	if cmd.Runnable() {
		return
	}
	cmd.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return unknownCommand(f, cmd, args)
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
}

// strictHelp makes help refuse what it has nothing to say about.
func strictHelp(f *command.Factory, root *cobra.Command) {
	i := slices.IndexFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == "help" })
	help := root.Commands()[i]
	help.Run = nil
	help.RunE = func(_ *cobra.Command, args []string) error {
		about, rest, err := root.Find(args)
		if err != nil || about.HasSubCommands() && len(rest) > 0 {
			return unknown(f, fmt.Sprintf("there is no help about %q", strings.Join(args, " ")), about, rest)
		}
		about.InitDefaultHelpFlag()
		return about.Help()
	}
}

func flagError(f *command.Factory, cmd *cobra.Command, err error) error {
	message := err.Error()
	if strings.Contains(message, "flag needs an argument: --json") {
		if fields := f.Fields(cmd); len(fields) > 0 {
			return &command.UsageError{
				Message: "--json takes a list of these fields, separated by commas:\n  " + strings.Join(fields, "\n  "), InWords: true,
			}
		}
	}
	if args := cmd.Flags().Args(); cmd.HasSubCommands() && len(args) > 0 {
		return unknownCommand(f, cmd, args) // whose flag it may be
	}
	if name, ok := strings.CutPrefix(message, "unknown flag: --"); ok {
		if near := nearestFlags(cmd, name); len(near) > 0 {
			message += "; did you mean " + strings.Join(near, " or ") + "?"
		}
	}
	return command.Usage("%s", message)
}
