package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strconv"

	"golang.org/x/sync/errgroup"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
)

// purchases measures writes over 16 connections against the same over one. Each is a
// transaction of its own, so this is the baseline for writing several together.
func (b *bench) purchases(ctx context.Context) error {
	const connections, count = 16, 800
	over := func(name string, connections int) racer {
		return racer{name: name, run: func(ctx context.Context) (cost, error) { return b.buyers(ctx, connections, count) }}
	}
	ours, other, err := b.race(ctx, b.runs, over(fmt.Sprintf("%d connections", connections), connections), over("one connection", 1))
	if err != nil {
		return err
	}
	b.report.pair(fmt.Sprintf("buy %d licenses", count), 0, ours, other)
	b.report.served(ours, other)
	b.report.note("Licenses bought over %d connections: %.0f a second, one durable transaction each; over one: %.0f. "+
		"The goal for several in a transaction, 2.5 times that, has nothing to hold against yet.",
		connections, count/middle(ours.runs).wall.Seconds(), count/middle(other.runs).wall.Seconds())
	return nil
}

// buyers runs this program to buy licenses.
func (b *bench) buyers(ctx context.Context, connections, count int) (cost, error) {
	self, err := os.Executable()
	if err != nil {
		return cost{}, fmt.Errorf("find this program: %w", err)
	}
	took, err := b.spawn(ctx, "", self, "buy", b.server.host, strconv.Itoa(connections), strconv.Itoa(count))
	if err == nil {
		b.bought += count
	}
	return took, err
}

// buy is what the bench program does when it is run to buy: from args[0], over
// args[1] connections, args[2] licenses in all.
func buy(ctx context.Context, args []string) error {
	if len(args) != 3 {
		return errors.New("usage: bench buy HOST CONNECTIONS COUNT")
	}
	connections, err := strconv.Atoi(args[1])
	if err != nil {
		return fmt.Errorf("number of connections: %w", err)
	}
	count, err := strconv.Atoi(args[2])
	if err != nil {
		return fmt.Errorf("number of licenses: %w", err)
	}
	c, err := client.New(client.Options{Host: args[0], Token: os.Getenv("RESELL_TOKEN")})
	if err != nil {
		return err
	}
	defer c.Close()
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(connections)
	for range count {
		group.Go(func() error {
			in := api.LicenseAddInput{Body: api.LicenseAddBody{Product: "seat", Term: "yearly:1", Quantity: 1}}
			in.SetRequestKey(rand.Text())
			_, err := client.Call(ctx, c, api.LicenseAdd, in)
			return err
		})
	}
	return group.Wait()
}
