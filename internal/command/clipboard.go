package command

import (
	"context"
	"errors"
	"fmt"
)

var errNoClipboard = errors.New("this system has none")

// ToClipboard puts text on the clipboard. It fails where the machine has none that
// can be reached.
func (f *Factory) ToClipboard(ctx context.Context, text string) error {
	err := errNoClipboard
	if f.Copy != nil {
		err = f.Copy(ctx, text)
	}
	if err != nil {
		return fmt.Errorf("cannot reach the clipboard, so leave --copy out to have it printed: %w", err)
	}
	return nil
}
