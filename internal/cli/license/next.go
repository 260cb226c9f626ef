package license

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"github.com/resell-cli/resell/internal/api"
)

// commandsFor are the allowed actions of a license as commands to copy. What only the
// person knows stands in capitals.
func commandsFor(license api.License) []string {
	email := license.Email
	if email == "" || strings.ContainsFunc(email, forShell) {
		email = "ADDRESS"
	}
	coupon := license.Coupon
	words := map[string]string{
		"extend":            "license extend " + coupon + " --term " + termAgain(license.Term),
		"upgrade":           fmt.Sprintf("license upgrade %s --quantity %d", coupon, license.Quantity+1),
		"activate":          "license activate " + coupon + " --email " + email,
		"assign":            "license assign " + coupon + " --company COMPANY",
		"transfer":          "license transfer " + coupon + " --from-serial SERIAL --to-serial SERIAL",
		"file":              "license file " + coupon + " --serial SERIAL",
		"edit":              "license edit " + coupon + " --note TEXT",
		"auto-renew-on":     "license auto-renew on " + coupon,
		"auto-renew-off":    "license auto-renew off " + coupon,
		"generate-key":      "key generate --license " + coupon,
		"assign-key":        "key assign KEY --license " + coupon,
		"activate-device":   "device activate " + coupon + " --serial SERIAL",
		"deactivate-device": "device list --license " + coupon + " --state active",
		"invoice":           "invoice send --license " + coupon,
		"refund":            "order refund " + license.OrderNumber,
	}
	commands := make([]string, 0, len(license.AllowedActions))
	for _, action := range license.AllowedActions {
		// The others are verbs that need nothing more: pause, resume, link, delete.
		commands = append(commands, "resell "+cmp.Or(words[action], "license "+action+" "+coupon))
	}
	return commands
}

// termAgain is the term to extend by: the same, where it can be bought twice.
func termAgain(term string) string {
	if strings.HasPrefix(term, "trial") || strings.HasPrefix(term, "until") {
		return "full:1"
	}
	return term
}

// forShell reports what a shell may take for more than a letter.
func forShell(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("@._+-", r)
}
