package main

import (
	"context"

	"github.com/atotto/clipboard"
)

// copyText puts text on the clipboard.
func copyText(_ context.Context, text string) error { return clipboard.WriteAll(text) }
