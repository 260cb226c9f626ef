package service

import (
	"net/mail"

	"github.com/resell-cli/resell/internal/licensing"
)

// checkEmail refuses what is not a plain e-mail address, with invalid_request.
func checkEmail(field, address string) error {
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Address != address {
		return licensing.Invalid(field, "is not an e-mail address such as office@example.com")
	}
	return nil
}
