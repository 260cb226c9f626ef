package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/output"
)

// commandInfo describes a command to a program.
type commandInfo struct {
	Path      string         `json:"path"`
	Aliases   []string       `json:"aliases" doc:"Other names of its last word"`
	Short     string         `json:"short"`
	Long      string         `json:"long"`
	Examples  []string       `json:"examples"`
	Args      []argumentInfo `json:"args"`
	Flags     []flagInfo     `json:"flags" doc:"Its own; those of the path resell go with every command"`
	Fields    []string       `json:"fields" doc:"What --json takes; empty where it prints no resource"`
	Formats   []string       `json:"formats" doc:"What --output takes"`
	ExitCodes []int          `json:"exit_codes"`
	Writes    bool           `json:"writes" doc:"Changes something on the server"`
	Spends    bool           `json:"spends" doc:"Spends money or credits"`
	Destroys  bool           `json:"destroys" doc:"Ends something that cannot be had back as it was"`
	Confirms  bool           `json:"confirms" doc:"Asks first; --yes answers"`
	Endpoints []string       `json:"endpoints" doc:"Ids of the operations of the API that it calls"`
}

// argumentInfo describes an argument.
type argumentInfo struct {
	Name     string `json:"name"`
	Required bool   `json:"required"`
	Repeated bool   `json:"repeated"`
}

// flagInfo describes a flag.
type flagInfo struct {
	Name      string   `json:"name"`
	Shorthand string   `json:"shorthand"`
	Type      string   `json:"type" doc:"bool, string, int, and so on; stringSlice and stringArray may be repeated"`
	Value     string   `json:"value" doc:"What its value is, in a word; empty for a switch"`
	Default   string   `json:"default"`
	Enum      []string `json:"enum" doc:"The words that it takes; empty for any"`
	Required  bool     `json:"required"`
	Usage     string   `json:"usage"`
}

func newCmdCommands(f *command.Factory) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "commands",
		Short: "List every command, for programs too",
		Long: `List every command there is. As JSON each tells of its arguments, flags, output fields, exit codes and
endpoints, and whether it writes, spends or destroys: what a program needs to know before it calls one.

The flags of the first entry, resell itself, can be given to every command.`,
		Example: "  $ resell commands\n" +
			"  $ resell commands --json path,spends --jq '.[] | select(.spends) | .path'\n" +
			"  $ resell commands -o json --jq '.[] | select(.path == \"resell license extend\")'",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			all := NewTree(f.Process)
			return f.ShowAll(describeAll(all.factory, all.Root), func(*output.Printer) []output.Column {
				return []output.Column{{Field: "path"}, {Field: "short"}}
			})
		},
	}
	f.Results(cmd, commandInfo{})
	return cmd
}

// describeAll describes the root, for its flags, and every command that does something.
func describeAll(f *command.Factory, root *cobra.Command) []commandInfo {
	all := []commandInfo{describeCommand(f, root)}
	for _, cmd := range below(root) {
		if cmd.Runnable() && !cmd.HasSubCommands() {
			all = append(all, describeCommand(f, cmd))
		}
	}
	return all
}

func describeCommand(f *command.Factory, cmd *cobra.Command) commandInfo {
	path := strings.TrimPrefix(cmd.CommandPath(), "resell ")
	info := commandInfo{
		Path: cmd.CommandPath(), Aliases: append([]string{}, cmd.Aliases...), Short: cmd.Short, Long: cmd.Long,
		Examples: []string{}, Args: []argumentInfo{}, Flags: []flagInfo{}, Fields: append([]string{}, f.Fields(cmd)...), Formats: []string{},
		Spends: slices.Contains(spending(), path), Destroys: slices.Contains(destroying(), path),
		Confirms: cmd.Flags().Lookup("yes") != nil, Endpoints: endpointsOf(path),
	}
	for line := range strings.Lines(cmd.Example) {
		info.Examples = append(info.Examples, strings.TrimPrefix(strings.TrimSpace(line), "$ "))
	}
	if len(info.Fields) > 0 {
		info.Formats = output.Formats()
	}
	for _, word := range strings.Fields(cmd.Use)[1:] {
		required := strings.HasPrefix(word, "<")
		if !required && !strings.HasPrefix(word, "[") || word == "[--" {
			break
		}
		name := strings.NewReplacer("<", "", ">", "", "[", "", "]", "", "...", "").Replace(word)
		info.Args = append(info.Args, argumentInfo{name, required, strings.Contains(word, "...")})
	}
	cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) { info.Flags = append(info.Flags, describeFlag(flag)) })
	info.Writes = writes(cmd, path)
	info.ExitCodes = exitsOf(cmd, info)
	return info
}

func describeFlag(flag *pflag.Flag) flagInfo {
	value, usage := pflag.UnquoteUsage(flag)
	kind := flag.Value.Type()
	info := flagInfo{
		Name: flag.Name, Shorthand: flag.Shorthand, Type: kind, Value: value, Default: flag.DefValue,
		Enum: append([]string{}, command.Words(flag)...), Usage: usage,
	}
	if info.Default == "[]" {
		info.Default = "" // of a list: none
	}
	_, info.Required = flag.Annotations[cobra.BashCompOneRequiredFlag]
	return info
}
