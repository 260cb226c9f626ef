package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
)

// lists measures lists of licenses against curl of the same requests.
func (b *bench) lists(ctx context.Context) error {
	const most = 1000
	if !b.has("curl", "list licenses") {
		return nil
	}
	if err := b.stock(ctx, most); err != nil {
		return err
	}
	for _, l := range []struct {
		rows int
		goal float64
	}{{50, 1.0}, {most, 1.1}} {
		requests, err := b.listRequests(ctx, l.rows)
		if err != nil {
			return err
		}
		ours, other, err := b.race(ctx, max(20, b.runs),
			racer{name: "resell license list -o json", run: func(ctx context.Context) (cost, error) {
				return b.resell(ctx, b.path("ours.json"), "license", "list", "--limit", strconv.Itoa(l.rows), "-o", "json")
			}},
			racer{name: "curl of the same pages", run: func(ctx context.Context) (cost, error) {
				return b.curl(ctx, requests...)
			}})
		if err != nil {
			return err
		}
		b.report.pair(fmt.Sprintf("list %d licenses", l.rows), l.goal, ours, other)
	}
	return nil
}

// listRequests are curl's arguments for what our client asks for: pages of up to 500,
// over one connection.
func (b *bench) listRequests(ctx context.Context, rows int) ([]string, error) {
	const largest = 500
	var args []string
	cursor := ""
	for n := 0; rows > 0; n++ {
		values := url.Values{"limit": {strconv.Itoa(min(rows, largest))}}
		if cursor != "" {
			values.Set("cursor", cursor)
		}
		path := "/v1/licenses?" + values.Encode()
		args = append(args, "-o", b.path(fmt.Sprintf("curl%d.json", n)), b.server.url(path))
		answer, err := b.ask(ctx, "api", path)
		if err != nil {
			return nil, err
		}
		var list struct {
			Next string `json:"next_cursor"`
		}
		if err := json.Unmarshal([]byte(answer), &list); err != nil {
			return nil, fmt.Errorf("list licenses: %w", err)
		}
		cursor, rows = list.Next, rows-largest
	}
	return args, nil
}

// stock makes sure that there are as many licenses as this.
func (b *bench) stock(ctx context.Context, licenses int) error {
	if b.bought >= licenses {
		return nil
	}
	_, err := b.buyers(ctx, 4, licenses-b.bought)
	return err
}
