package command

import (
	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/output"
)

// Text is what help says of a command.
type Text struct{ Short, Long, Example string }

// View describes a command that shows one resource, named by its only argument.
type View[I, T any] struct {
	Text
	Op      api.Op[I, T]
	Noun    string // what the argument names
	Input   func(ref string) I
	Columns Columns
	Card    func(p *output.Printer, found T) output.Card // for a person at a terminal, where there is more to see than columns
}

// NewView makes the command view of a noun.
func NewView[I, T any](f *Factory, v View[I, T]) *cobra.Command {
	cmd := &cobra.Command{
		Use: "view <" + v.Noun + ">", Aliases: []string{"show"}, Short: v.Short, Long: v.Long, Example: v.Example,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			found, err := Call(cmd.Context(), f, v.Op, v.Input(args[0]))
			if err != nil {
				return err
			}
			p, err := f.Printer()
			if err != nil {
				return err
			}
			if v.Card != nil && p.Glances() {
				return p.Card(v.Card(p, found))
			}
			return p.Item(found, v.Columns(p))
		},
	}
	var none T
	f.Results(cmd, none)
	return cmd
}

// Listing describes a command that lists resources, chosen by the flags of a filter.
type Listing[I, F, T any] struct {
	Text
	Op      api.Op[I, api.List[T]]
	Input   func(filter F) I
	Columns Columns
}

// NewList makes the command list of a noun, under a name of its own where it has one.
func NewList[I, F, T any, P listed[I]](f *Factory, name string, l Listing[I, F, T]) *cobra.Command {
	var filter F
	var limit LimitFlag
	cmd := &cobra.Command{
		Use: name, Short: l.Short, Long: l.Long, Example: l.Example,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return List[I, T, P](cmd.Context(), f, l.Op, l.Input(filter), limit.Limit, l.Columns)
		},
	}
	if name == "list" {
		cmd.Aliases = []string{"ls"}
	}
	BindFilter(cmd, &filter)
	limit.Bind(cmd)
	var none T
	f.Results(cmd, none)
	return cmd
}

// Action describes a command that changes the resource named by its only argument, and
// prints what that comes to.
type Action[I, T any] struct {
	Text
	Op      api.Op[I, T]
	Noun    string // what the argument names
	Input   func(ref string) I
	Columns Columns
	Did     func(T) string // what a person is told that was done
	Note    string         // told when it is done, where there is more to tell
}

// NewAction makes a command that asks nothing and has no flags but those of every write.
func NewAction[I, T any, P keyed[I]](f *Factory, name string, a Action[I, T]) *cobra.Command {
	var w WriteFlags
	cmd := &cobra.Command{
		Use: name + " <" + a.Noun + ">", Short: a.Short, Long: a.Long, Example: a.Example,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			changed, err := Write[I, T, P](cmd.Context(), f, w, a.Op, a.Input(args[0]))
			if err != nil {
				return err
			}
			if a.Note != "" {
				f.Note("%s", a.Note)
			}
			if a.Did == nil {
				return f.Show(changed, a.Columns)
			}
			return f.ShowDone(changed, a.Did(changed), a.Columns, a.Columns)
		},
	}
	w.Bind(cmd)
	var none T
	f.Results(cmd, none)
	return cmd
}
