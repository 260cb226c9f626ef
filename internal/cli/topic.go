package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// topic is a page of help that is about no command.
type topic struct {
	name, short string
	text        func() string // asked for when it is shown: not every start pays for it
	guessed     []string      // other words that people look for it by
}

func topics() []topic {
	return []topic{
		{"terms", "Tell what terms there are", func() string { return termsText }, nil},
		{"formatting", "Tell how output is chosen and formatted", func() string { return formattingText }, []string{"output"}},
		{"environment", "Tell which environment variables there are", environmentText, []string{"variables"}},
		{"scripting", "Tell how to use resell in scripts", func() string { return scriptingText }, []string{"scripts"}},
		{"exit-codes", "Tell what the exit codes mean", exitCodesText, []string{"errors"}},
	}
}

func newTopics() []*cobra.Command {
	var all []*cobra.Command
	for _, t := range topics() {
		cmd := &cobra.Command{Use: t.name, Short: t.short, Aliases: t.guessed}
		cmd.SetHelpFunc(func(cmd *cobra.Command, args []string) {
			cmd.Long = t.text()
			cmd.Parent().HelpFunc()(cmd, args)
		})
		all = append(all, cmd)
	}
	return all
}

// writeTopics gives the topics of a tree their texts, for documentation.
func writeTopics(root *cobra.Command) {
	for _, t := range topics() {
		for _, cmd := range root.Commands() {
			if cmd.Name() == t.name {
				cmd.Long = t.text()
			}
		}
	}
}

func exitCodesText() string {
	byExit := make(map[int][]string)
	for _, c := range codes() {
		byExit[c.exit] = append(byExit[c.exit], c.name)
	}
	var text strings.Builder
	text.WriteString("resell ends with one of these exit codes:\n\n")
	for _, e := range exitCodes() {
		fmt.Fprintf(&text, "  %3d  %s\n", e.number, e.meaning)
	}
	text.WriteString(`
With JSON output an error is a JSON object on standard error, with code, message, hint,
request_id, exit_code and next_steps. Standard output is empty when a command fails.

These codes come with them:
`)
	for _, e := range exitCodes() {
		if names := byExit[e.number]; len(names) > 0 {
			fmt.Fprintf(&text, "\n  %3d  %s\n", e.number, wrap(names, 90, "       "))
		}
	}
	return text.String()
}

// wrap joins words with commas into lines of at most width bytes, each but the first
// with an indent.
func wrap(words []string, width int, indent string) string {
	var text strings.Builder
	column := 0
	for i, word := range words {
		if i < len(words)-1 {
			word += ","
		}
		switch {
		case i == 0:
		case column+1+len(word) > width-len(indent):
			text.WriteString("\n" + indent)
			column = 0
		default:
			text.WriteString(" ")
			column++
		}
		text.WriteString(word)
		column += len(word)
	}
	return text.String()
}
