package client

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// host is where the API is.
type host struct {
	origin   string // scheme, name and port, for people
	base     string // origin and path, without a slash at the end: paths are appended
	loopback bool
}

// parseHost refuses everything that would send a token in the clear. Its errors
// repeat no part of text but a host name: people paste tokens into the wrong field.
func parseHost(text string) (host, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return host{}, errors.New("is not a URL such as https://licenses.example.com")
	}
	switch {
	case u.Scheme != "https" && u.Scheme != "http":
		return host{}, errors.New("must begin with https://")
	case u.Hostname() == "":
		return host{}, errors.New("names no host: write it as https://licenses.example.com")
	case u.User != nil:
		return host{}, errors.New("must not contain a user or password")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return host{}, errors.New("must not contain ? or #")
	}

	loopback := isLoopback(u.Hostname())
	if u.Scheme == "http" && !loopback {
		return host{}, fmt.Errorf("is plain http, which is for this computer alone: use https://%s", u.Host)
	}
	origin := u.Scheme + "://" + u.Host
	return host{origin: origin, base: origin + strings.TrimRight(u.EscapedPath(), "/"), loopback: loopback}, nil
}

func isLoopback(name string) bool {
	if strings.EqualFold(name, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(name)
	return err == nil && addr.Unmap().IsLoopback()
}
