package daemon

import (
	"errors"
	"net"
	"net/url"
	"strconv"
)

// checkURL refuses what is no address of a server.
func checkURL(text string) error {
	u, err := url.Parse(text)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
		return errors.New("--public-url is not a URL such as https://licensing.example.com")
	}
	return nil
}

// localURL is where a server that listens on an address is reached from this machine.
func localURL(at net.Addr, secure bool) string {
	scheme, host := "http://", at.String()
	if secure {
		scheme = "https://"
	}
	if tcp, ok := at.(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		host = net.JoinHostPort("localhost", strconv.Itoa(tcp.Port))
	}
	return scheme + host
}
