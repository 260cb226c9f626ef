package license

import (
	"errors"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/command"
)

// show prints the license that a purchase or an extension has made or changed.
func show(f *command.Factory, p api.Purchase) error {
	if len(p.Licenses) == 0 {
		return errors.New("the server answered without a license")
	}
	return f.Show(p.Licenses[0], details)
}
