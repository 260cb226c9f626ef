package main

import (
	"context"
	"strconv"
)

// license buys a license with quantity seats, for stock, and gives its id.
func (b *bench) license(ctx context.Context, quantity int) (string, error) {
	return b.ask(ctx, "license", "add", "--product", "seat", "--term", "yearly:1", "--quantity", strconv.Itoa(quantity),
		"--yes", "--json", "id", "--jq", ".id")
}

// fill makes the keys that are exported, where they are not there yet.
func (b *bench) fill(ctx context.Context) error {
	const most = 1_000_000 // seats of a license
	const batch = 50_000
	for b.filled < b.rows {
		seats := min(b.rows-b.filled, most)
		license, err := b.license(ctx, seats)
		if err != nil {
			return err
		}
		for ; seats > 0; seats -= batch {
			b.note("  %d of %d keys", b.filled, b.rows)
			count := min(seats, batch)
			if _, err := b.generate(ctx, license, count); err != nil {
				return err
			}
			b.filled += count
		}
	}
	return nil
}

// generate makes keys for a license with our client.
func (b *bench) generate(ctx context.Context, license string, count int) (cost, error) {
	return b.resell(ctx, b.path("answer"), "key", "generate", "--license", license, "--count", strconv.Itoa(count),
		"--name", "Seat {n:7}", "-o", "json")
}
