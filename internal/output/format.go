package output

import (
	"fmt"
	"slices"
	"strings"
)

// Format is a form of output, as named by --output.
type Format string

// The formats.
const (
	Table    Format = "table"    // aligned columns for a person
	JSON     Format = "json"     // one JSON value: an array for a list
	NDJSON   Format = "ndjson"   // one compact JSON object a line
	YAML     Format = "yaml"     // one YAML document
	CSV      Format = "csv"      // RFC 4180, LF line ends, safe to open in a spreadsheet
	TSV      Format = "tsv"      // tab-separated, with \t, \n, \r and \\ escaped
	Markdown Format = "markdown" // a pipe table
	Name     Format = "name"     // one id a line
)

// Formats lists the valid formats, the most used first.
func Formats() []string {
	return []string{
		string(Table), string(JSON), string(NDJSON), string(YAML),
		string(CSV), string(TSV), string(Markdown), string(Name),
	}
}

// ParseFormat returns the format named s. The empty string is the default
// format. The error for any other name lists the valid ones.
func ParseFormat(s string) (Format, error) {
	if s == "" {
		return "", nil
	}
	valid := Formats()
	if slices.Contains(valid, s) {
		return Format(s), nil
	}
	return "", fmt.Errorf("unknown output format %q%s; valid formats: %s",
		s, DidYouMean(s, valid), strings.Join(valid, ", "))
}
