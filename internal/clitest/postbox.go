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
	sent    []sentMail    // in the order in which they went
	changed chan struct{} // closed with the next message
}

// sentMail is a message that has gone.
type sentMail struct {
	to       string
	confirms bool // an order
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
	p.sent = append(p.sent, sentMail{m.To, strings.HasPrefix(m.ID, Confirmation)})
	close(p.changed)
	p.changed = make(chan struct{})
	return nil
}

// Await waits until as many messages have gone to an address, "" being any, that confirm
// orders, or that do not, or until ctx ends.
func (p *Postbox) Await(ctx context.Context, to string, confirmations bool, count int) {
	for {
		p.mu.Lock()
		sent, changed := p.sent, p.changed
		p.mu.Unlock()
		n := 0
		for _, m := range sent {
			if m.confirms == confirmations && (to == "" || m.to == to) {
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
