// Command bench measures resell and reselld against programs that do the same, in
// pairs that take turns, and prints the ratios beside their goals. It asserts
// nothing about them: times depend on the machine and on who else uses it.
//
//	go run ./internal/bench -rows 100000 -runs 3
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
)

type options struct {
	runs, rows, keys int
	dir              string
	keep             bool
	only             *regexp.Regexp
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
		os.Exit(2)
	case err != nil:
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) > 0 && args[0] == "page" {
		return page(ctx, args[1:])
	}
	if len(args) > 0 && args[0] == "buy" {
		return buy(ctx, args[1:])
	}
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	b, err := newBench(ctx, o, stderr)
	if err != nil {
		return err
	}
	defer b.close()
	err = b.measure(ctx)
	return errors.Join(err, b.report.print(stdout)) // what was measured counts, also where the rest was not
}

func parse(args []string, stderr io.Writer) (options, error) {
	var o options
	only := ""
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.IntVar(&o.runs, "runs", 5, "pairs that count, after one that does not")
	flags.IntVar(&o.rows, "rows", 1_000_000, "keys to export")
	flags.IntVar(&o.keys, "keys", 100_000, "keys to generate")
	flags.StringVar(&o.dir, "dir", "", "work below this `folder`, on the disk to be measured")
	flags.BoolVar(&o.keep, "keep", false, "keep the folder with the binaries and the database")
	flags.StringVar(&only, "only", "", "measure only what this `expression` matches: start, company, buy, list, export, ndjson, sqlite, page, key")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || o.runs < 1 || o.rows < 1 || o.keys < 1 {
		return o, errors.New("usage: bench [-runs N] [-rows N] [-keys N] [-dir FOLDER] [-only EXPRESSION]")
	}
	var err error
	o.only, err = regexp.Compile(only)
	return o, err
}
