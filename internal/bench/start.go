package main

import (
	"context"
	"strings"
)

// starts measures how long resell takes to begin, against a program that does nothing.
func (b *bench) starts(ctx context.Context) error {
	const runs = 50
	for _, line := range []string{"--version", "--help", "license list --help"} {
		ours, other, err := b.race(ctx, max(runs, b.runs),
			racer{name: "resell " + line, run: func(ctx context.Context) (cost, error) { return b.resell(ctx, "", strings.Fields(line)...) }},
			racer{name: "hello world in Go", run: func(ctx context.Context) (cost, error) { return b.spawn(ctx, "", b.path("hello")) }})
		if err != nil {
			return err
		}
		b.report.pair("start-up", 2.8, ours, other)
	}
	return nil
}
