package house_test

import (
	"slices"
	"strings"
)

// module is the path that every package of the house begins with.
const module = "github.com/resell-cli/resell/"

// arrows says which packages of the module a package may import, by its path
// below the module. A name stands for itself and for the packages below it, and
// the longest name that fits an importer decides. Whatever is below a name may
// import its own kind; "cli/*" stands for each noun by itself, so that one noun
// never imports another.
func arrows() map[string][]string {
	server := []string{
		"internal/api", "internal/invoice", "internal/job", "internal/letter", "internal/licensefile", "internal/licensing",
		"internal/mail", "internal/nearest", "internal/page", "internal/payment", "internal/server", "internal/service",
		"internal/store", "internal/version",
	}
	terminal := []string{
		"internal/api", "internal/client", "internal/command", "internal/config",
		"internal/credential", "internal/nearest", "internal/output", "internal/version",
	}
	everything := slices.Concat(server, terminal, []string{"internal/cli", "internal/daemon", "internal/pgtest"})
	return map[string][]string{
		"cmd/resell":  {"internal/cli"},
		"cmd/reselld": {"internal/daemon"},

		"internal/licensing":   nil,
		"internal/ratelimit":   nil,
		"internal/licensefile": nil,
		"internal/api":         nil,
		"internal/version":     nil,
		"internal/nearest":     nil,

		"internal/store":   {"internal/licensing"},
		"internal/mail":    {"internal/licensing", "internal/version"},
		"internal/page":    {"internal/licensing", "internal/ratelimit"},
		"internal/invoice": {"internal/licensing", "internal/mail"},
		"internal/letter":  {"internal/licensing", "internal/mail"},
		"internal/job":     {"internal/mail"},
		"internal/payment": {"internal/licensing"},
		"internal/service": {"internal/job", "internal/licensefile", "internal/licensing", "internal/nearest", "internal/payment", "internal/store"},
		"internal/server": {
			"internal/api", "internal/invoice", "internal/licensefile", "internal/licensing", "internal/page", "internal/payment",
			"internal/ratelimit", "internal/service", "internal/store",
			"internal/version",
		},
		"internal/daemon": server,

		"internal/client":      {"internal/api", "internal/version"},
		"internal/config":      {"internal/nearest", "internal/privatefile"},
		"internal/credential":  {"internal/privatefile"},
		"internal/privatefile": nil,
		"internal/output":      {"internal/nearest"},
		"internal/command": {
			"internal/api", "internal/client", "internal/config", "internal/credential",
			"internal/nearest", "internal/output", "internal/privatefile", "internal/version",
		},
		"internal/cli/*": {
			"internal/api", "internal/command", "internal/licensefile", "internal/output", "internal/version",
		},
		"internal/cli": slices.Concat(terminal, []string{"internal/cli"}),

		"internal/gen":      {"internal/cli", "internal/daemon", "internal/server"},
		"internal/house":    nil,
		"internal/pgtest":   nil,
		"internal/clitest":  everything,
		"internal/bench":    everything,
		"internal/realtest": everything,
	}
}

// owners names the only packages that may import a library (or anything below
// it). A library that is not listed is free.
func owners() map[string][]string {
	return map[string][]string{
		"github.com/olekukonko/tablewriter":   {"internal/output"},
		"github.com/itchyny/gojq":             {"internal/output"},
		"github.com/spf13/viper":              {"internal/config"},
		"github.com/zalando/go-keyring":       {"internal/credential"},
		"github.com/atotto/clipboard":         {"cmd/resell"},
		"github.com/cli/browser":              {"cmd/resell"},
		"github.com/go-resty/resty":           {"internal/client"},
		"github.com/danielgtaylor/huma":       {"internal/server"},
		"github.com/wneessen/go-mail":         {"internal/mail"},
		"codeberg.org/go-pdf/fpdf":            {"internal/invoice"},
		"golang.org/x/image":                  {"internal/invoice"},
		"github.com/stripe":                   {"internal/payment"},
		"github.com/pressly/goose":            {"internal/store"},
		"modernc.org/sqlite":                  {"internal/store"},
		"zombiezen.com/go/sqlite":             {"internal/store"},
		"github.com/jackc/pgx":                {"internal/store", "internal/pgtest"},
		"github.com/riverqueue/river":         {"internal/job", "internal/store", "internal/daemon"},
		"github.com/spf13/cobra/doc":          {"internal/gen"},
		"github.com/spf13/cobra":              {"internal/cli", "internal/command", "internal/daemon", "internal/gen"},
		"github.com/stretchr/testify":         {"internal/clitest", "internal/pgtest", "internal/bench"},
		"github.com/rogpeppe/go-internal":     {"internal/clitest"},
		"github.com/emersion/go-smtp":         {"internal/clitest"},
		"github.com/getkin/kin-openapi":       {"internal/clitest"},
		"github.com/keygen-sh":                {"internal/clitest"},
		"pgregory.net/rapid":                  {"internal/clitest"},
		"github.com/chromedp":                 {"internal/clitest"},
		"go.uber.org/goleak":                  {"internal/clitest", "internal/pgtest"},
		"testing":                             {"internal/clitest", "internal/pgtest", "internal/bench"},
		"github.com/schollz/progressbar":      {"internal/command", "internal/output"},
		"github.com/prometheus/client_golang": {"internal/server", "internal/job", "internal/daemon"},
	}
}

// unlinked names the libraries that a binary must not contain, however far down
// the import is. (The module's own packages are kept apart by the arrows.)
func unlinked() map[string][]string {
	tests := []string{
		"github.com/spf13/cobra/doc",
		"github.com/cpuguy83/go-md2man",
		"github.com/rogpeppe/go-internal",
		"github.com/emersion/go-smtp",
		"github.com/getkin/kin-openapi",
		"github.com/keygen-sh",
		"github.com/santhosh-tekuri/jsonschema",
		"pgregory.net/rapid",
		"github.com/ledongthuc/pdf",
		"github.com/chromedp",
		"github.com/stripe/stripe-mock",
	}
	// River links these into every worker: its test signals live beside its code.
	rivers := []string{"github.com/stretchr/testify", "go.uber.org/goleak", "testing"}
	return map[string][]string{
		"cmd/resell": append([]string{
			"modernc.org/sqlite",
			"modernc.org/libc",
			"zombiezen.com/go/sqlite",
			"github.com/jackc/pgx",
			"github.com/danielgtaylor/huma",
			"github.com/riverqueue/river",
			"github.com/pressly/goose",
			"github.com/wneessen/go-mail",
			"codeberg.org/go-pdf/fpdf",
			"golang.org/x/image",
			"github.com/stripe",
		}, slices.Concat(tests, rivers)...),
		"cmd/reselld": append([]string{
			"github.com/olekukonko/tablewriter",
			"github.com/spf13/viper",
			"github.com/zalando/go-keyring",
			"github.com/go-resty/resty",
		}, tests...),
	}
}

// standardOnly names the packages that import nothing but the standard library.
func standardOnly() []string {
	return []string{"internal/licensing", "internal/licensefile", "internal/api", "internal/version"}
}

// within says whether path is name or lies below it.
func within(path, name string) bool {
	return path == name || strings.HasPrefix(path, name+"/")
}
