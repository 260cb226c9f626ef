package client

import (
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/resell-cli/resell/internal/api"
)

// codeUnexpected is the code of an answer that no licensing API gives.
const codeUnexpected = "unexpected_response"

// problem makes an error of an answer that is not 2xx.
func (c *Client) problem(answer *Response) *api.Problem {
	if location := answer.Header.Get("Location"); location != "" && answer.Status/100 == 3 {
		return c.redirected(answer, location)
	}
	kind := mediaType(answer.Header)
	if !isJSON(kind) {
		return c.notJSON(answer)
	}
	p := &api.Problem{}
	if err := json.Unmarshal(answer.Body, p); err != nil || p.Code == "" {
		return c.unexpected(answer.Status, answer.Header, "JSON of another shape")
	}
	p.Status = answer.Status
	if p.Title == "" {
		p.Title = http.StatusText(p.Status)
	}
	if p.RequestID == "" {
		p.RequestID = answer.Header.Get(headerRequestID)
	}
	return p
}

// redirected is given instead of following a redirect; see checkRedirect.
func (c *Client) redirected(answer *Response, location string) *api.Problem {
	p := c.unexpected(answer.Status, answer.Header, "")
	where := "elsewhere"
	if u, err := url.Parse(location); err == nil && u.Host != "" {
		where = "to " + printable(u.Scheme+"://"+u.Host)
	}
	p.Detail = fmt.Sprintf("the server at %s redirects %s (%d); the request was not sent there", c.host.origin, where, answer.Status)
	p.Hint = "if that is the licensing API, set it as the host"
	return p
}

func (c *Client) notJSON(answer *Response) *api.Problem {
	kind := mediaType(answer.Header)
	if kind == "" {
		kind = "nothing"
		if len(answer.Body) > 0 {
			kind = "data of no type"
		}
	}
	return c.unexpected(answer.Status, answer.Header, printable(kind)+" instead of JSON")
}

func (c *Client) unexpected(status int, header http.Header, with string) *api.Problem {
	return &api.Problem{
		Type:      "about:blank",
		Title:     http.StatusText(status),
		Status:    status,
		Code:      codeUnexpected,
		Detail:    fmt.Sprintf("the server at %s answered %d with %s", c.host.origin, status, with),
		Hint:      "check the host: is this the address of a licensing API?",
		RequestID: header.Get(headerRequestID),
	}
}

func mediaType(header http.Header) string {
	kind, _, err := mime.ParseMediaType(header.Get(headerContentType))
	if err != nil {
		return ""
	}
	return kind
}

func isJSON(kind string) bool {
	return kind == typeJSON || strings.HasPrefix(kind, "application/") && strings.HasSuffix(kind, "+json")
}

// printable is text for a terminal: what a server sends may hold escapes.
func printable(text string) string {
	const most = 100
	text = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, text)
	return text[:min(len(text), most)]
}
