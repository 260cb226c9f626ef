package clitest

import (
	"context"
	"strings"
	"sync"

	"github.com/resell-cli/resell/internal/mail"
)

// Confirmation is what the id of a mail begins with that confirms an order. There is
// one for each order, so they are counted by themselves.
const Confirmation = "ord_"

// Postbox sends messages on, and tells when so many have gone. It is safe for
// concurrent use.
type Postbox struct {
	sender mail.Sender

	mu      sync.Mutex
	sent    []mail.Message
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
	p.sent = append(p.sent, m)
	close(p.changed)
	p.changed = make(chan struct{})
	return nil
}

// Await waits until as many messages have gone to an address, "" being any, that confirm
// orders, or that do not, or until ctx ends.
func (p *Postbox) Await(ctx context.Context, to string, confirmations bool, count int) {
	p.await(ctx, count, func(m mail.Message) bool {
		return strings.HasPrefix(m.ID, Confirmation) == confirmations && (to == "" || m.To == to)
	})
}

// AwaitAbout waits until as many messages with this in their subject have gone, or until
// ctx ends, and gives them.
func (p *Postbox) AwaitAbout(ctx context.Context, subject string, count int) []mail.Message {
	return p.await(ctx, count, func(m mail.Message) bool { return strings.Contains(m.Subject, subject) })
}

func (p *Postbox) await(ctx context.Context, count int, fits func(mail.Message) bool) []mail.Message {
	for {
		p.mu.Lock()
		var found []mail.Message
		for _, m := range p.sent {
			if fits(m) {
				found = append(found, m)
			}
		}
		changed := p.changed
		p.mu.Unlock()
		if len(found) >= count {
			return found
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return found
		}
	}
}
