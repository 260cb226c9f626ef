package cli

import (
	"fmt"
	"strings"

	"github.com/resell-cli/resell/internal/config"
)

// variable is one of the environment that resell looks at.
type variable struct{ name, meaning string }

func variables() []variable {
	all := []variable{
		{"RESELL_TOKEN", "the API token; comes before token_command and the keyring"},
		{"RESELL_PROFILE", "the profile whose settings and token are used"},
	}
	for _, key := range config.Keys() {
		all = append(all, variable{key.Env, key.Doc})
	}
	return append(
		all,
		variable{"RESELL_CONFIG_DIR", "folder of config.yaml; else $XDG_CONFIG_HOME/resell, else ~/.config/resell"},
		variable{"RESELL_STATE_DIR", "folder of the journals of what was sent; else $XDG_STATE_HOME/resell, else ~/.local/state/resell"},
		variable{"RESELL_CACHE_DIR", "folder of what completion keeps for a minute; else $XDG_CACHE_HOME/resell, else ~/.cache/resell"},
		variable{"RESELL_SANDBOX_MAIL", "within a sandbox: the folder into which its mail is written"},
		variable{"RESELL_VENDOR_TOKEN", "within a sandbox: a token of the vendor"},
		variable{"PAGER", "the pager, where neither RESELL_PAGER nor the setting names one; else less"},
		variable{"LESS", "options of less; FRX when it is empty"},
		variable{"NO_COLOR", "when it is not empty, nothing is colored"},
		variable{"CLICOLOR", "0: nothing is colored"},
		variable{"CLICOLOR_FORCE", "when it is not empty and not 0, colors also where there is no terminal"},
		variable{"TERM", "dumb: nothing is colored"},
		variable{"LC_MONETARY", "how amounts are written in tables and questions; LC_ALL comes before it, LANG after it"},
		variable{"LC_TIME", "how dates are written there; LC_ALL comes before it, LANG after it"},
		variable{"LC_ALL", "both, and before either"},
		variable{"LANG", "both, where nothing else says so"},
		variable{"HTTPS_PROXY", "a proxy to reach the API through; NO_PROXY names the hosts without one"},
		variable{"SHELL", "the shell that sandbox runs"},
	)
}

func environmentText() string {
	var text strings.Builder
	text.WriteString(`A setting comes from a flag, else from its variable, else from a .resell.yaml in the folder of the
project, else from the profile in config.yaml, else from its default. What config list shows tells
where each comes from.

`)
	for _, v := range variables() {
		fmt.Fprintf(&text, "  %-20s %s\n", v.name, v.meaning)
	}
	text.WriteString(`
RESELL_HOST and RESELL_TOKEN are all that a machine needs: no file has to be there, and no keyring is
asked. A variable that is empty counts as not set.`)
	return text.String()
}
