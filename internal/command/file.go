package command

import (
	"io"

	"github.com/resell-cli/resell/internal/client"
)

// WriteFile writes a file that appears whole or not at all.
func WriteFile(path string, content []byte) error {
	if err := checkTarget(path); err != nil {
		return err
	}
	_, err := writeWhole(path, func(w io.Writer) (client.StreamResult, error) {
		_, err := w.Write(content)
		return client.StreamResult{}, err
	})
	return err
}

// CheckTarget refuses, with a usage error, a file that cannot be written: commands call it
// before they do what cannot be undone.
func CheckTarget(path string) error { return checkTarget(path) }
