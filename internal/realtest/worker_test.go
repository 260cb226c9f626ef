//go:build unix

package realtest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
)

// connect is a client of the API that tries nothing twice.
func connect(t *testing.T, url, token string) *client.Client {
	t.Helper()
	c, err := client.New(client.Options{Host: url, Token: token, MaxWait: -1})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

// write is one change, and what was answered to it.
type write struct {
	key  string // idempotency key
	send func(ctx context.Context, c *client.Client, key string) (written, bool, error)
	got  written
}

// written is what a change has made.
type written struct {
	License  string
	Invoices []string
	Keys     []string
}

// worker makes one change after the other: it buys, makes keys, buys again, and
// invoices both. What was sent and not answered it sends again first.
type worker struct {
	company  string
	step     int
	pending  *write
	acked    []write
	licenses []string // not invoiced yet
}

// newWorkers gives workers with a company each.
func newWorkers(t *testing.T, c *client.Client, n int) []*worker {
	t.Helper()
	workers := make([]*worker, n)
	for i := range workers {
		name := "company" + strconv.Itoa(i) + ".example"
		email := "billing@" + name
		_, err := client.Call(t.Context(), c, api.CompanyCreate, api.CompanyCreateInput{
			Write: api.Write{IdempotencyKey: rand.Text()}, Body: api.CompanyFields{Name: &name, Domain: &name, Email: &email},
		})
		require.NoError(t, err)
		workers[i] = &worker{company: name}
	}
	return workers
}

// do makes the next change, or the one that was not answered. It fails where there
// is no answer again.
func (w *worker) do(ctx context.Context, c *client.Client) error {
	if w.pending == nil {
		w.pending = w.next()
	}
	got, _, err := w.pending.send(ctx, c, w.pending.key)
	if err != nil {
		return err
	}
	w.pending.got = got
	w.acked = append(w.acked, *w.pending)
	w.pending = nil
	if got.License != "" {
		w.licenses = append(w.licenses, got.License)
	}
	if len(got.Invoices) > 0 {
		w.licenses = nil
	}
	return nil
}

func (w *worker) next() *write {
	w.step++
	switch w.step % 4 {
	case 2:
		return &write{key: rand.Text(), send: generate(w.licenses[len(w.licenses)-1])}
	case 0:
		return &write{key: rand.Text(), send: bill(w.licenses)}
	}
	return &write{key: rand.Text(), send: buy(w.company, w.step)}
}

type sender = func(context.Context, *client.Client, string) (written, bool, error)

func buy(company string, n int) sender {
	body := api.LicenseAddBody{
		Company: company, Product: "seat", Term: "yearly:1", Quantity: 10, InvoiceReference: "PO-" + strconv.Itoa(n),
	}
	return func(ctx context.Context, c *client.Client, key string) (written, bool, error) {
		bought, meta, err := client.CallMeta(ctx, c, api.LicenseAdd, api.LicenseAddInput{Write: api.Write{IdempotencyKey: key}, Body: body})
		var w written
		for _, l := range bought.Licenses {
			w.License = l.ID
		}
		return w, meta.Replayed, err
	}
}

func generate(license string) sender {
	body := api.KeyGenerateBody{License: license, Count: 5, Seats: 2, Name: "Room {n}"}
	return func(ctx context.Context, c *client.Client, key string) (written, bool, error) {
		batch, meta, err := client.CallMeta(ctx, c, api.KeyGenerate, api.KeyGenerateInput{Write: api.Write{IdempotencyKey: key}, Body: body})
		var w written
		for _, k := range batch.Keys {
			w.Keys = append(w.Keys, k.ID)
		}
		return w, meta.Replayed, err
	}
}

func bill(licenses []string) sender {
	body := api.InvoiceSendBody{Licenses: licenses}
	return func(ctx context.Context, c *client.Client, key string) (written, bool, error) {
		batch, meta, err := client.CallMeta(ctx, c, api.InvoiceSend, api.InvoiceSendInput{Write: api.Write{IdempotencyKey: key}, Body: body})
		var w written
		for _, i := range batch.Invoices {
			w.Invoices = append(w.Invoices, i.ID)
		}
		return w, meta.Replayed, err
	}
}

// again sends the last answered change once more, which must be answered alike.
func (w *worker) again(ctx context.Context, c *client.Client) error {
	if len(w.acked) == 0 {
		return nil
	}
	last := w.acked[len(w.acked)-1]
	got, replayed, err := last.send(ctx, c, last.key)
	if err == nil && (!replayed || fmt.Sprint(got) != fmt.Sprint(last.got)) {
		err = fmt.Errorf("repeated, a change was answered with %v (replayed: %t), and at first with %v", got, replayed, last.got)
	}
	return err
}

// unanswered reports whether a change failed because the server has gone, and not
// because it said no.
func unanswered(err error) bool {
	var unreachable *client.UnreachableError
	return errors.As(err, &unreachable)
}

// answers adds up what the workers were answered.
type answers struct {
	licenses, invoices, keys map[string]bool // ids
	writes, pending          int
}

func total(workers []*worker) answers {
	sum := answers{licenses: map[string]bool{}, invoices: map[string]bool{}, keys: map[string]bool{}}
	for _, w := range workers {
		sum.writes += len(w.acked)
		if w.pending != nil {
			sum.pending++
		}
		for _, a := range w.acked {
			if a.got.License != "" {
				sum.licenses[a.got.License] = true
			}
			for _, id := range a.got.Invoices {
				sum.invoices[id] = true
			}
			for _, id := range a.got.Keys {
				sum.keys[id] = true
			}
		}
	}
	return sum
}

// requireBooked requires that every answered change is in the books, and, once
// nothing is pending, nothing else.
func requireBooked(t *testing.T, workers []*worker, b books) {
	t.Helper()
	sum := total(workers)
	for id := range sum.licenses {
		require.True(t, b.licenses[id], "license %s was answered and is lost", id)
	}
	for id := range sum.invoices {
		require.True(t, b.invoices[id], "invoice %s was answered and is lost", id)
	}
	for id := range sum.keys {
		require.True(t, b.keys[id], "key %s was answered and is lost", id)
	}
	writes := sum.writes + len(workers) // and the companies
	require.GreaterOrEqual(t, b.answers, writes)
	require.LessOrEqual(t, b.answers, writes+sum.pending, "something was done twice")
	if sum.pending == 0 {
		require.Equal(t, sum.licenses, b.licenses)
		require.Equal(t, sum.invoices, b.invoices)
		require.Equal(t, sum.keys, b.keys)
	}
}
