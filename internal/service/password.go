package service

import (
	"context"
	"crypto/rand"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"github.com/alexedwards/argon2id"
	"golang.org/x/sync/semaphore"
)

// passwords hashes and compares passwords, a few at a time: each takes time and
// memory on purpose, and must not take all of it.
type passwords struct {
	places *semaphore.Weighted
	decoy  func() (string, error) // the hash of a password that nobody has
}

func newPasswords() *passwords {
	return &passwords{
		places: semaphore.NewWeighted(int64(max(2, runtime.NumCPU()))),
		decoy:  sync.OnceValues(func() (string, error) { return hashOf(rand.Text()) }),
	}
}

// hashOf takes the parameters that OWASP recommends: 19 MiB, two passes, one lane.
func hashOf(password string) (string, error) {
	hash, err := argon2id.CreateHash(password, &argon2id.Params{
		Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32,
	})
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// hash makes what is kept of a password.
func (p *passwords) hash(ctx context.Context, password string) (string, error) {
	if err := p.places.Acquire(ctx, 1); err != nil {
		return "", err
	}
	defer p.places.Release(1)
	return hashOf(password)
}

// match tells whether the password is the one that was hashed. Where there is no hash
// it takes as long to say no.
func (p *passwords) match(ctx context.Context, password, hash string) (bool, error) {
	if err := p.places.Acquire(ctx, 1); err != nil {
		return false, err
	}
	defer p.places.Release(1)
	known := hash != ""
	if !known {
		var err error
		if hash, err = p.decoy(); err != nil {
			return false, err
		}
	}
	same, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return same && known, nil
}

// newPassword makes a password of 100 random bits, in groups that can be typed.
func newPassword() string {
	text := strings.ToLower(rand.Text()[:20])
	return text[:5] + "-" + text[5:10] + "-" + text[10:15] + "-" + text[15:]
}
