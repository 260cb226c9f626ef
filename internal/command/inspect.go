package command

import (
	"context"

	"github.com/resell-cli/resell/internal/client"
)

// Inspection is what there is to see of a server whoever asks.
type Inspection = client.Inspection

// Inspect looks at what answers at a host, without a token.
func (f *Factory) Inspect(ctx context.Context, host string) (Inspection, error) {
	c, err := f.LookAt(host, "")
	if err != nil {
		return Inspection{}, err
	}
	defer c.Close()
	return c.Inspect(ctx)
}

// IsTLSFault tells a server that was reached, and did not prove who it is.
func IsTLSFault(err error) bool { return client.IsTLSFault(err) }
