//go:build unix

package realtest

import (
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// proxy stands between a client and a server, and can hold back what the server
// answers: a network that is slow for as long as a test wants it to be.
type proxy struct {
	url    string
	server string

	mu       sync.Mutex
	limit    int64 // bytes of answers that still pass, while holding
	holding  bool
	held     chan struct{} // closed when bytes are held back
	released chan struct{} // closed when they may go on
	conns    []net.Conn
}

func newProxy(t *testing.T, server string) *proxy {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	p := &proxy{url: "http://" + listener.Addr().String(), server: strings.TrimPrefix(server, "http://")}
	var all sync.WaitGroup
	all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() { p.carry(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		p.release()
		p.mu.Lock()
		for _, c := range p.conns {
			_ = c.Close()
		}
		p.mu.Unlock()
		all.Wait()
	})
	return p
}

// holdAfter lets so many bytes of answers pass from now on, and holds the rest.
func (p *proxy) holdAfter(bytes int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.holding, p.limit = true, bytes
	p.held, p.released = make(chan struct{}), make(chan struct{})
}

// awaitHeld waits until the client has got what passes.
func (p *proxy) awaitHeld(t *testing.T) {
	t.Helper()
	select {
	case <-p.held:
	case <-time.After(patience):
		require.FailNow(t, "the answer is shorter than the proxy lets pass")
	}
}

// release lets everything pass.
func (p *proxy) release() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.holding {
		p.holding = false
		close(p.released)
	}
}

func (p *proxy) carry(client net.Conn) {
	server, err := net.Dial("tcp", p.server)
	p.mu.Lock()
	p.conns = append(p.conns, client)
	if err == nil {
		p.conns = append(p.conns, server)
	}
	p.mu.Unlock()
	if err != nil {
		_ = client.Close()
		return
	}
	var both sync.WaitGroup
	both.Go(func() {
		_, _ = io.Copy(server, client)
		_ = server.(*net.TCPConn).CloseWrite()
	})
	both.Go(func() {
		err := p.answer(client, server)
		if err != nil { // what was cut off must not look complete
			_ = client.(*net.TCPConn).SetLinger(0)
		}
		_ = client.Close()
	})
	both.Wait()
	_ = server.Close()
}

func (p *proxy) answer(client io.Writer, server io.Reader) error {
	buf := make([]byte, 16<<10)
	for {
		n, err := server.Read(buf)
		for part := buf[:n]; len(part) > 0; {
			pass := p.pass(len(part))
			if _, err := client.Write(part[:pass]); err != nil {
				return err
			}
			part = part[pass:]
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// pass tells how many of n bytes may pass, and blocks while none may.
func (p *proxy) pass(n int) int {
	for {
		p.mu.Lock()
		if !p.holding {
			p.mu.Unlock()
			return n
		}
		if p.limit > 0 {
			may := min(int64(n), p.limit)
			p.limit -= may
			p.mu.Unlock()
			return int(may)
		}
		select {
		case <-p.held:
		default:
			close(p.held)
		}
		released := p.released
		p.mu.Unlock()
		<-released
	}
}

// cut breaks every connection off.
func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		_ = c.(*net.TCPConn).SetLinger(0)
		_ = c.Close()
	}
}
