package clitest

import (
	"context"
	"sync"

	"github.com/resell-cli/resell/internal/mail"
)

// Postbox sends messages on, and tells when so many have gone. It is safe for
// concurrent use.
type Postbox struct {
	sender mail.Sender

	mu      sync.Mutex
	sent    []string      // to whom
	changed chan struct{} // closed with the next message
}

// NewPostbox makes a postbox before a sender.
func NewPostbox(sender mail.Sender) *Postbox {
	return &Postbox{sender: sender, changed: make(chan struct{})}
}

// Send sends a message.
func (p *Postbox) Send(ctx context.Context, m mail.Message) error {
	if err := p.sender.Send(ctx, m); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent = append(p.sent, m.To)
	close(p.changed)
	p.changed = make(chan struct{})
	return nil
}

// Await waits until as many messages have gone to an address, "" being any, or until ctx
// ends.
func (p *Postbox) Await(ctx context.Context, to string, count int) {
	for {
		p.mu.Lock()
		sent, changed := p.sent, p.changed
		p.mu.Unlock()
		n := 0
		for _, address := range sent {
			if to == "" || address == to {
				n++
			}
		}
		if n >= count {
			return
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return
		}
	}
}
