package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// topics are the pages of help that are about no command.
func topics() []*cobra.Command {
	return []*cobra.Command{
		{Use: "terms", Short: "Tell what terms there are", Long: termsText},
		{Use: "formatting", Short: "Tell how output is chosen and formatted", Long: formattingText},
		{Use: "environment", Short: "Tell which environment variables there are", Long: environmentText()},
		{Use: "scripting", Short: "Tell how to use resell in scripts", Long: scriptingText},
		{Use: "exit-codes", Short: "Tell what the exit codes mean", Long: exitCodesText()},
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
