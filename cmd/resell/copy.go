//go:build !windows

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// copyText puts text on the clipboard, by the first program for it that is installed.
// They are looked for now: a library that does so whenever resell starts asks every
// folder of PATH for each of them.
func copyText(ctx context.Context, text string) error {
	for _, words := range copiers(os.Getenv) {
		program, err := exec.LookPath(words[0])
		if err != nil {
			continue
		}
		cmd := exec.CommandContext(ctx, program, words[1:]...)
		cmd.Stdin = strings.NewReader(text)
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", words[0], err)
		}
		return nil
	}
	return errors.New("none of wl-copy, xclip, xsel, termux-clipboard-set and clip.exe is installed")
}

// copiers are the programs that put on the clipboard what they read: of macOS, Wayland,
// X11, Termux and Windows below Linux.
func copiers(getenv func(string) string) [][]string {
	all := [][]string{
		{"pbcopy"},
		{"xclip", "-in", "-selection", "clipboard"},
		{"xsel", "--input", "--clipboard"},
		{"termux-clipboard-set"},
		{"clip.exe"},
	}
	if getenv("WAYLAND_DISPLAY") != "" {
		return append([][]string{{"wl-copy"}}, all...)
	}
	return all
}
