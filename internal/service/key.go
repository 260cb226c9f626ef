package service

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// KeyOrder says which keys to make.
type KeyOrder struct {
	License string // id or coupon; empty for keys without a license
	Count   int    // 1 to MaxKeys
	Name    string // {n} becomes the key's number, {n:4} with leading zeros
	Seats   int64  // of each key
	Key     string // the caller's own code; empty for random ones
}

// KeyBatch is what was made. Keys holds the first shownKeys of them.
type KeyBatch struct {
	License         licensing.License // zero for keys without a license
	Count           int
	FirstID, LastID string
	Keys            []licensing.Key
}

const shownKeys = 100

// MaxKeys is the most keys one request makes.
const MaxKeys = 1_000_000

// GenerateKeys makes keys, all of them or none. It fails with not_found, read_only,
// license_not_usable, seats_exceed_quantity, invalid_quantity, invalid_key or
// key_taken.
func (s *Service) GenerateKeys(ctx context.Context, c Caller, in KeyOrder) (KeyBatch, error) {
	if err := in.check(); err != nil {
		return KeyBatch{}, err
	}
	// Keys are in memory until they are in the database: however many requests there
	// are, not more than one of the largest at once.
	if err := s.keys.Acquire(ctx, int64(in.Count)); err != nil {
		return KeyBatch{}, err
	}
	defer s.keys.Release(int64(in.Count))
	return write(ctx, s, c, "key-generate", in, func(tx *store.Tx) (KeyBatch, error) {
		batch := KeyBatch{Count: in.Count}
		if in.License != "" {
			license, err := lockLicense(ctx, tx, c, in.License)
			if err != nil {
				return batch, err
			}
			if err := s.takeSeats(ctx, tx, c, &license, int64(in.Count)*in.Seats); err != nil {
				return batch, err
			}
			batch.License = license
		}
		keys, err := s.makeKeys(c, batch.License.ID, in)
		if err != nil {
			return batch, err
		}
		batch.FirstID, batch.LastID = keys[0].ID, keys[len(keys)-1].ID
		batch.Keys = append([]licensing.Key(nil), keys[:min(shownKeys, len(keys))]...)
		if err := tx.InsertKeys(ctx, keys); err != nil {
			if errors.Is(err, store.ErrExists) {
				return batch, licensing.Errorf(licensing.CodeKeyTaken, "this key exists already").WithHint("choose another, or let it be random").Because(err)
			}
			return batch, err
		}
		return batch, s.record(ctx, tx, c, "key.generated", batch.FirstID, nil, keysMade{
			LicenseID: licensing.Ref(batch.License.ID), Count: batch.Count, FirstID: batch.FirstID, LastID: batch.LastID,
		})
	})
}

// keysMade is what the audit log keeps of a batch of keys.
type keysMade struct {
	LicenseID licensing.Ref `db:"license_id"`
	Count     int           `db:"count"`
	FirstID   string        `db:"first_id"`
	LastID    string        `db:"last_id"`
}

func (in KeyOrder) check() error {
	if in.Count < 1 || in.Count > MaxKeys {
		return licensing.Errorf(licensing.CodeInvalidQuantity, "the number of keys must be a whole number from 1 to %d", MaxKeys).
			WithHint("for more, repeat the request with a new idempotency key")
	}
	return licensing.CheckQuantity(in.Seats)
}

// takeSeats gives seats of a license to keys. It fails with license_not_usable or
// seats_exceed_quantity.
func (s *Service) takeSeats(ctx context.Context, tx *store.Tx, c Caller, license *licensing.License, seats int64) error {
	if err := s.refuse(c, *license, license.CheckGenerate(s.today(c))); err != nil {
		return err
	}
	taken, err := tx.TakeSeats(ctx, license.ID, seats)
	if err != nil {
		return err
	}
	if !taken {
		return s.refuse(c, *license, license.SeatsExceeded())
	}
	license.KeySeats += seats
	return nil
}

func (s *Service) makeKeys(c Caller, license string, in KeyOrder) ([]licensing.Key, error) {
	name, err := namePattern(in.Name)
	if err != nil {
		return nil, err
	}
	if in.Key != "" && in.Count != 1 {
		return nil, licensing.Invalid("count", "is more than one, for a key of your own")
	}
	now := licensing.At(s.now())
	codes := licensing.NewCodeGenerator(rand.Reader)
	keys := make([]licensing.Key, in.Count)
	for i := range keys {
		keys[i] = licensing.Key{
			ID: s.newID(prefixKey), ResellerID: c.Reseller.ID, LicenseID: licensing.Ref(license),
			Name: name(i + 1), Seats: in.Seats, CreatedAt: now,
		}
		if in.Key != "" {
			keys[i].Code, err = licensing.CanonicalKey(in.Key)
		} else {
			keys[i].Code, err = codes.Key()
		}
		if err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// namePattern gives the name of the n-th key: {n} is its number, {n:4} the number
// with leading zeros to four digits.
func namePattern(pattern string) (func(n int) string, error) {
	if !strings.Contains(pattern, "{") {
		return func(int) string { return pattern }, nil
	}
	place := regexp.MustCompile(`\{n(?::([1-9]))?\}`)
	where := place.FindStringSubmatchIndex(pattern)
	if where == nil || strings.Count(pattern, "{") != 1 {
		return nil, licensing.Invalid("name", "may have one place for the number: {n} or {n:4}")
	}
	before, after, width := pattern[:where[0]], pattern[where[1]:], 0
	if where[2] >= 0 {
		width, _ = strconv.Atoi(pattern[where[2]:where[3]]) // one digit
	}
	return func(n int) string { return fmt.Sprintf("%s%0*d%s", before, width, n, after) }, nil
}
