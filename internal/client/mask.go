package client

import (
	"strings"

	"github.com/resell-cli/resell/internal/api"
)

const masked = "***"

// mask hides what a debug log must not hold: codes and tokens, which open
// something, and names and addresses, which are someone's.
func mask(target string) string {
	path, query, _ := strings.Cut(target, "?")
	words := pathWords()
	segments := strings.Split(path, "/")
	for i, s := range segments {
		if !words[s] && !isID(s) {
			segments[i] = masked
		}
	}
	path = strings.Join(segments, "/")
	if query == "" {
		return path
	}
	parameters := strings.Split(query, "&")
	for i, p := range parameters {
		name, value, _ := strings.Cut(p, "=")
		if !isPublic(name) && !isID(value) {
			parameters[i] = name + "=" + masked
		}
	}
	return path + "?" + strings.Join(parameters, "&")
}

// pathWords are the fixed parts of the API's paths.
func pathWords() map[string]bool {
	words := map[string]bool{}
	for _, op := range api.Endpoints() {
		for word := range strings.SplitSeq(op.Path, "/") {
			words[word] = true
		}
	}
	return words
}

// isID matches ids, which give nothing away: lic_01ARZ3NDEKTSV4RRFFQ69G5FAV.
func isID(value string) bool {
	prefix, rest, found := strings.Cut(value, "_")
	return found && len(prefix) == 3 && len(rest) == 26 && !strings.ContainsFunc(rest, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z')
	})
}

// isPublic tells parameters whose values are of a closed set, dates or numbers.
func isPublic(name string) bool {
	switch name {
	case "limit", "format", "end_marker", "raw", "state", "billing", "kind", "currency", "country", "product",
		"since", "until", "ends_before", "ends_after", "expiring_within":
		return true
	}
	return false
}
