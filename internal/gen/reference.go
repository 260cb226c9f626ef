package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manDate stands on every man page. It is the date of the manual's form and not
// of the build, so that the same code always gives the same pages.
const manDate = "2026-11-01"

// addReference adds a Markdown page and a man page for cmd and every command
// below it, topics of help too. Hidden and deprecated commands have none.
func addReference(files map[string][]byte, cmd *cobra.Command) error {
	if !cmd.HasParent() {
		cmd.InitDefaultCompletionCmd()
	}
	cmd.DisableAutoGenTag = true

	var markdown bytes.Buffer
	if cmd.IsAdditionalHelpTopicCommand() {
		fmt.Fprintf(&markdown, "## %s help %s\n\n%s\n\n```\n%s\n```\n", cmd.Root().Name(), cmd.Name(), cmd.Short, cmd.Long)
	} else if err := doc.GenMarkdown(cmd, &markdown); err != nil {
		return fmt.Errorf("write the page of %s: %w", cmd.CommandPath(), err)
	}
	files["docs/cli/"+pageName(cmd, "_")+".md"] = oneFinalNewline(markdown.Bytes())

	man, err := manPage(cmd)
	if err != nil {
		return err
	}
	files["docs/man/man1/"+pageName(cmd, "-")+".1"] = man

	for _, child := range cmd.Commands() {
		if child.Hidden || child.Name() == "help" || child.Deprecated != "" {
			continue
		}
		if err := addReference(files, child); err != nil {
			return err
		}
	}
	return nil
}

// addCompletions adds a completion script for each shell that cobra knows.
func addCompletions(files map[string][]byte, root *cobra.Command) error {
	shells := map[string]func(io.Writer) error{
		"bash": func(w io.Writer) error { return root.GenBashCompletionV2(w, true) },
		"zsh":  root.GenZshCompletion,
		"fish": func(w io.Writer) error { return root.GenFishCompletion(w, true) },
		"ps1":  root.GenPowerShellCompletionWithDesc,
	}
	for extension, write := range shells {
		var script bytes.Buffer
		if err := write(&script); err != nil {
			return fmt.Errorf("write completions/%s.%s: %w", root.Name(), extension, err)
		}
		files["completions/"+root.Name()+"."+extension] = oneFinalNewline(script.Bytes())
	}
	return nil
}

func manPage(cmd *cobra.Command) ([]byte, error) {
	date, err := time.Parse(time.DateOnly, manDate)
	if err != nil {
		return nil, fmt.Errorf("read the date of the man pages: %w", err)
	}
	header := &doc.GenManHeader{Section: "1", Date: &date, Source: cmd.Root().Name(), Manual: "resell manual"}
	var page bytes.Buffer
	if err := doc.GenMan(cmd, header, &page); err != nil {
		return nil, fmt.Errorf("write the man page of %s: %w", cmd.CommandPath(), err)
	}
	return oneFinalNewline(page.Bytes()), nil
}

// pageName is the command's path with separator for each space, as the links
// between the pages have it.
func pageName(cmd *cobra.Command, separator string) string {
	return strings.ReplaceAll(cmd.CommandPath(), " ", separator)
}

func oneFinalNewline(text []byte) []byte {
	return append(bytes.TrimRight(text, "\n"), '\n')
}
