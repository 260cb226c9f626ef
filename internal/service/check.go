package service

import (
	"net/mail"
	"strings"
	"unicode"

	"github.com/resell-cli/resell/internal/licensing"
)

// checkVersion refuses, with version_conflict, a change that was thought out for another
// version of what it changes; 0 is any.
func checkVersion(what string, wanted, current int64, changed licensing.Time) error {
	if wanted == 0 || wanted == current {
		return nil
	}
	return licensing.Errorf(licensing.CodeVersionConflict, "the %s was changed meanwhile, at %s", what, changed).
		WithHint("look at it again, then repeat the change")
}

// checkLine refuses text that is not one line, with invalid_request.
func checkLine(field, text string) error {
	if strings.ContainsFunc(text, unicode.IsControl) {
		return licensing.Invalid(field, "has a control character, such as a line break")
	}
	return nil
}

// checkEmail refuses what is not a plain e-mail address, with invalid_request.
func checkEmail(address string) error {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address {
		return licensing.Invalid("email", "is not an e-mail address such as office@example.com")
	}
	return nil
}
