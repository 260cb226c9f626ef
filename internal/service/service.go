// Package service holds the use cases of reselld: it authorises, opens a
// transaction, applies the rules of package licensing, and writes the audit
// event and the jobs into the same transaction.
package service

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"
	"golang.org/x/sync/semaphore"

	"github.com/resell-cli/resell/internal/job"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	store *store.Store
	queue *job.Queue
	now   func() time.Time

	payments Payments
	clock    clock

	keys      *semaphore.Weighted // keys being made, which are held in memory
	passwords *passwords

	mu      sync.Mutex // guards entropy and last
	entropy *ulid.MonotonicEntropy
	last    uint64   // millisecond of the newest id
	zones   sync.Map // name → *time.Location
}

// New makes a Service over an open and migrated store.
func New(s *store.Store, q *job.Queue, now func() time.Time) *Service {
	return &Service{
		store: s, queue: q, now: now, keys: semaphore.NewWeighted(MaxKeys), entropy: ulid.Monotonic(rand.Reader, 0),
		passwords: newPasswords(),
	}
}

// Prefixes of ids.
const (
	prefixCompany  = "com_"
	prefixLicense  = "lic_"
	prefixKey      = "key_"
	prefixOrder    = "ord_"
	prefixLine     = "oli_"
	prefixInvoice  = "inv_"
	prefixBillLine = "ili_"
	prefixContract = "con_"
	prefixProduct  = "prd_"
	prefixReseller = "rsl_"
	prefixToken    = "tok_"
	prefixEvent    = "evt_"
	prefixEntry    = "led_"
	prefixCredit   = "crd_"
	prefixUser     = "usr_"
	prefixMessage  = "msg_"
	prefixLocation = "loc_"
	prefixDevice   = "dev_"
	prefixLink     = "lnk_"
	prefixQuote    = "quo_"
)

// newID makes an id that sorts after those made before it by this process, even
// where the clock was set back.
func (s *Service) newID(prefix string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last = max(s.last, ulid.Timestamp(s.now()))
	id, err := ulid.New(s.last, s.entropy)
	if err != nil { // the last of a millisecond's 2^80 ids: start over from random
		s.entropy = ulid.Monotonic(rand.Reader, 0)
		s.last++
		id = ulid.MustNew(s.last, s.entropy)
	}
	return prefix + id.String()
}

// Ready reports whether the database answers and the installation has a vendor.
func (s *Service) Ready(ctx context.Context) error {
	return s.store.View(ctx, func(tx *store.Tx) error {
		_, err := tx.Vendor(ctx)
		return err
	})
}

// view runs a use case that only reads.
func view[O any](ctx context.Context, s *Service, fn func(tx *store.Tx) (O, error)) (O, error) {
	var out O
	err := s.store.View(ctx, func(tx *store.Tx) error {
		var err error
		out, err = fn(tx)
		return err
	})
	return out, readable(err)
}

// readable refuses with invalid_request text that the database has no way to hold.
func readable(err error) error {
	if errors.Is(err, store.ErrText) {
		return licensing.Errorf(licensing.CodeInvalidRequest, "the request has a character that text cannot have").
			WithHint("send UTF-8 without NUL characters").Because(err)
	}
	return err
}

// write runs a use case that changes something. Where the call has an idempotency
// key, the use case runs once for it: a repeat gives the first answer, the same
// key with other input fails with idempotency_key_reused, and one still under way
// is waited for. A use case that fails leaves nothing behind, the key included.
// A dry run, too, leaves nothing behind, and answers what it would have come to.
// The vendor's own tokens get scope_missing.
func write[O any](ctx context.Context, s *Service, c Caller, operation string, in any, fn func(tx *store.Tx) (O, error)) (O, error) {
	if c.Reseller.ID == "" {
		var none O
		return none, licensing.Errorf(licensing.CodeScopeMissing, "the token is the vendor's own, and this is for resellers").
			WithHint("use a token of a reseller")
	}
	return once(ctx, s, c, operation, in, fn)
}

// vendorWrite is write for what only the vendor does; resellers' tokens get scope_missing.
func vendorWrite[O any](ctx context.Context, s *Service, c Caller, operation string, in any, fn func(tx *store.Tx) (O, error)) (O, error) {
	if err := c.isVendor(); err != nil {
		var none O
		return none, err
	}
	return once(ctx, s, c, operation, in, fn)
}

// errDryRun undoes what a dry run did.
var errDryRun = errors.New("dry run")

// once runs a use case in a transaction, and answers a repeat from memory.
func once[O any](ctx context.Context, s *Service, c Caller, operation string, in any, fn func(tx *store.Tx) (O, error)) (O, error) {
	var out O
	hash, err := hashRequest(operation, in)
	if err != nil {
		return out, err
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		if c.DryRun || c.IdempotencyKey == "" { // a dry run has nothing to repeat
			var err error
			if out, err = fn(tx); err == nil && c.DryRun {
				err = errDryRun
			}
			return err
		}
		before, ours, err := tx.Claim(ctx, c.owner(), c.IdempotencyKey, hash, licensing.At(s.now()))
		if err != nil {
			return err
		}
		if !ours {
			return replay(c, before, hash, &out)
		}
		if out, err = fn(tx); err != nil {
			return err
		}
		response, err := json.Marshal(out)
		if err != nil {
			return fmt.Errorf("keep the answer of %s: %w", operation, err)
		}
		return tx.Answered(ctx, c.owner(), c.IdempotencyKey, string(response))
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return out, readable(err)
}

func replay(c Caller, before store.Replay, hash string, out any) error {
	if before.RequestHash != hash {
		return licensing.Errorf(licensing.CodeKeyReused, "this idempotency key was used for another request").
			WithHint("use a new key for a new request")
	}
	if err := json.Unmarshal([]byte(before.Response), out); err != nil {
		return fmt.Errorf("read the kept answer: %w", err)
	}
	if c.Replayed != nil {
		*c.Replayed = true
	}
	return nil
}

func hashRequest(operation string, in any) (string, error) {
	body, err := json.Marshal(in)
	if err != nil {
		return "", fmt.Errorf("hash request: %w", err)
	}
	// A NUL character is \u0000 in JSON, and the text \u0000 is \\u0000.
	if bytes.Contains(bytes.ReplaceAll(body, []byte(`\\`), nil), []byte(`\u0000`)) {
		return "", readable(store.ErrText)
	}
	sum := sha256.Sum256(append([]byte(operation+"\n"), body...))
	return hex.EncodeToString(sum[:]), nil
}

// today is the vendor's calendar date.
func (s *Service) today(c Caller) licensing.Date {
	return licensing.Today(s.now(), s.zone(c.Vendor.TimeZone))
}

func (s *Service) zone(name string) *time.Location {
	if z, ok := s.zones.Load(name); ok {
		return z.(*time.Location) //nolint:errcheck // only locations are stored
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		z = time.UTC // names are checked when the vendor sets one
	}
	s.zones.Store(name, z)
	return z
}

// found turns a missing row into not_found, and several into ambiguous_reference.
func found[T any](row T, err error, what licensing.Subject) (T, error) {
	switch {
	case errors.Is(err, store.ErrNotFound):
		return row, notFound(what)
	case errors.Is(err, store.ErrAmbiguous):
		return row, licensing.Errorf(licensing.CodeAmbiguous, "several sub-resellers have %s", what).About(what).
			WithHint("name it by its id")
	}
	return row, err
}

// named is a kind of thing with what it was asked for by. Keys are left out: a mistyped
// one is nearly a secret.
func named(kind, name string) licensing.Subject { return licensing.Subject{Kind: kind, Name: name} }

func notFound(what licensing.Subject) *licensing.Error {
	return licensing.Errorf(licensing.CodeNotFound, "no such %s", what).About(what).WithHint("list what there is, or search for it")
}
