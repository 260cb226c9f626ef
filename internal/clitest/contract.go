package clitest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/server"
)

// Contract is the API's OpenAPI document, to hold requests and answers against.
type Contract struct{ doc *openapi3.T }

// LoadContract gives the document that the server is described by, which is the same
// for every server of a process. The error tells where it is not valid OpenAPI 3.1.
func LoadContract() (*Contract, error) { return sharedContract() }

// Reading the document takes longer than most scripts.
//
//nolint:gochecknoglobals // what is shared by a process can live nowhere else
var sharedContract = sync.OnceValues(readContract)

func readContract() (*Contract, error) {
	text, err := server.OpenAPI()
	if err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return nil, fmt.Errorf("load OpenAPI document: %w", err)
	}
	if !doc.IsOpenAPI31OrLater() {
		return nil, fmt.Errorf("the document is OpenAPI %s", doc.OpenAPI)
	}
	return &Contract{doc}, doc.Validate(context.Background())
}

// Check says where an answer is not what the document promises. What is accepted
// must be a request that the document allows, too. Of a path that the document does
// not have, the answer must be a problem.
func (c *Contract) Check(r *http.Request, sent []byte, answer *http.Response, got []byte) error {
	if isPage(r.URL.Path) {
		return nil
	}
	route, params := c.find(r.Method, r.URL)
	if route == nil {
		return checkProblem(answer, got)
	}
	request := r.Clone(r.Context())
	request.Body = io.NopCloser(bytes.NewReader(sent))
	options := &openapi3filter.Options{
		IncludeResponseStatus: true, MultiError: true, AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
	}
	in := &openapi3filter.RequestValidationInput{Request: request, PathParams: params, Route: route, Options: options}
	if answer.StatusCode < http.StatusMultipleChoices {
		if err := openapi3filter.ValidateRequest(r.Context(), in); err != nil {
			return fmt.Errorf("%s %s was accepted: %w", r.Method, route.Path, err)
		}
	}
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: answer.StatusCode, Header: answer.Header, Options: options,
		Body: io.NopCloser(bytes.NewReader(got)),
	}
	if isExport(answer) { // rows are no value with a schema; their type is in the document
		streamed := *options
		streamed.ExcludeResponseBody = true
		out.Options = &streamed
		kind, _, _ := strings.Cut(answer.Header.Get("Content-Type"), ";")
		if route.Operation.Responses.Status(http.StatusOK).Value.Content.Get(kind) == nil {
			return fmt.Errorf("%s %s answered %s, which the document does not have", r.Method, route.Path, kind)
		}
	}
	if err := openapi3filter.ValidateResponse(r.Context(), out); err != nil {
		return fmt.Errorf("%s %s answered %d: %w", r.Method, route.Path, answer.StatusCode, err)
	}
	if answer.StatusCode >= http.StatusBadRequest {
		return checkProblem(answer, got)
	}
	return nil
}

// isPage tells what people see in a browser, and the document has nothing of.
func isPage(path string) bool {
	return strings.HasPrefix(path, "/pay/") || path == "/paid" || strings.HasPrefix(path, "/activate/")
}

func isExport(answer *http.Response) bool {
	kind := answer.Header.Get("Content-Type")
	return strings.HasPrefix(kind, "text/csv") || strings.HasPrefix(kind, "application/x-ndjson") ||
		strings.HasPrefix(kind, "application/pdf") || strings.HasPrefix(kind, "text/html")
}

// find is the route of a request, nil where there is none. A path of words comes
// before one of parameters.
func (c *Contract) find(method string, at *url.URL) (*routers.Route, map[string]string) {
	var found *routers.Route
	var params map[string]string
	segments := strings.Split(at.EscapedPath(), "/")
	for path, item := range c.doc.Paths.Map() {
		values, ok := match(strings.Split(path, "/"), segments)
		operation := item.GetOperation(method)
		if !ok || operation == nil || (found != nil && len(values) > len(params)) {
			continue
		}
		found = &routers.Route{Spec: c.doc, Path: path, PathItem: item, Method: method, Operation: operation}
		params = values
	}
	return found, params
}

func match(pattern, segments []string) (map[string]string, bool) {
	if len(pattern) != len(segments) {
		return nil, false
	}
	values := make(map[string]string)
	for i, part := range pattern {
		if name, ok := strings.CutPrefix(part, "{"); ok {
			value, err := url.PathUnescape(segments[i])
			if err != nil || value == "" {
				return nil, false
			}
			values[strings.TrimSuffix(name, "}")] = value
			continue
		}
		if part != segments[i] {
			return nil, false
		}
	}
	return values, true
}

// checkProblem holds an answer that is not 2xx against RFC 9457 and the API's own
// additions to it.
func checkProblem(answer *http.Response, body []byte) error {
	if kind := answer.Header.Get("Content-Type"); kind != api.ProblemType {
		return fmt.Errorf("status %d is of type %q, not %s", answer.StatusCode, kind, api.ProblemType)
	}
	var problem api.Problem
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&problem); err != nil {
		return fmt.Errorf("status %d: %w", answer.StatusCode, err)
	}
	switch {
	case problem.Status != answer.StatusCode:
		return fmt.Errorf("the problem's status is %d, the answer's %d", problem.Status, answer.StatusCode)
	case problem.Code == "" || problem.Title == "" || problem.Detail == "":
		return errors.New("the problem lacks code, title or detail")
	case problem.RequestID == "" || problem.RequestID != answer.Header.Get("X-Request-Id"):
		return errors.New("the problem's request id is not that of the answer")
	}
	return nil
}
