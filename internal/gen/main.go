// Command gen writes everything in the repository that is derived from the code:
// docs/openapi.yaml, docs/guide/errors.md, docs/cli, docs/man, docs/schema and completions.
//
//	go run ./internal/gen         # write them, and remove what is stale
//	go run ./internal/gen -check  # change nothing; exit 1 and name each file that differs
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/resell-cli/resell/internal/cli"
	"github.com/resell-cli/resell/internal/daemon"
	"github.com/resell-cli/resell/internal/server"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

var errDrift = errors.New("generated files are not what the code says: run make gen and commit the result")

func run(args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	check := flags.Bool("check", false, "compare with the files on disk and change nothing")
	root := flags.String("root", ".", "root of the repository")
	if err := flags.Parse(args); err != nil {
		return err
	}

	generated, err := generate()
	if err != nil {
		return err
	}
	tree, err := openTree(*root)
	if err != nil {
		return err
	}
	changes, err := tree.compare(generated)
	if err != nil {
		return err
	}
	for _, c := range changes {
		if _, err := fmt.Fprintln(stdout, c); err != nil {
			return fmt.Errorf("report %s: %w", c.path, err)
		}
	}
	if !*check {
		return tree.apply(changes)
	}
	if len(changes) > 0 {
		return errDrift
	}
	return nil
}

// generate returns the wanted content of every generated file by its slash path
// below the root of the repository.
func generate() (map[string][]byte, error) {
	openapi, err := server.OpenAPI()
	if err != nil {
		return nil, fmt.Errorf("describe the API: %w", err)
	}
	files := map[string][]byte{"docs/openapi.yaml": openapi, "docs/guide/errors.md": cli.ErrorReference()}

	resell := cli.NewTree(cli.Process{})
	if err := addCompletions(files, resell.Root); err != nil {
		return nil, err
	}
	if err := addReference(files, resell.Root); err != nil {
		return nil, err
	}
	if err := addSchemas(files, resell); err != nil {
		return nil, err
	}
	if err := addReference(files, daemon.NewRoot()); err != nil {
		return nil, err
	}
	return files, nil
}
