package licensing

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	minPassword = 12  // characters
	maxPassword = 256 // bytes
	minDistinct = 5   // characters that are not the same
	minLogin    = 4   // characters of a login that must not be in it: shorter ones are in many words
)

// CheckPassword refuses with weak_password what is easily guessed: NIST SP 800-63B
// asks for length, not for kinds of characters. Spaces around it are refused since
// they get lost on the way.
func CheckPassword(password, login string) error {
	weak := func(why string) error {
		return Errorf(CodeWeakPassword, "the password %s", why).
			WithHint("take at least %d characters: several words make one that can be remembered", minPassword)
	}
	distinct := make(map[rune]bool)
	for _, r := range password {
		distinct[r] = true
	}
	switch {
	case utf8.RuneCountInString(password) < minPassword:
		return weak("is too short")
	case len(password) > maxPassword:
		return weak("is too long")
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return weak("has a control character")
	case strings.TrimSpace(password) != password:
		return weak("begins or ends with a space")
	case len(distinct) < minDistinct:
		return weak("repeats too few characters")
	case len(login) >= minLogin && strings.Contains(strings.ToLower(password), strings.ToLower(login)):
		return weak("holds the login")
	}
	return nil
}

// CheckLogin refuses with invalid_request what cannot be a login: 2 to 64 of a-z,
// 0-9, dot, hyphen and underscore, beginning with a letter or digit. A login never
// looks like an e-mail address, so that either can be used to sign in.
func CheckLogin(login string) error {
	if !regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{1,63}$`).MatchString(login) {
		return Invalid("login", "must be 2 to 64 of a-z, 0-9, dot, hyphen and underscore, beginning with a letter or digit")
	}
	return nil
}
