package server

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

// answer is what huma writes for an Op.
type answer[O any] struct {
	ETag     string `header:"ETag"`
	Replayed string `header:"Idempotency-Replayed"`
	Body     O
}

// handle serves an Op with fn.
func handle[I, O any](a huma.API, s *Server, op api.Op[I, O], fn func(context.Context, service.Caller, *I) (O, error)) {
	huma.Register(a, s.operation(a, op.Meta(), op.Status), func(ctx context.Context, in *I) (*answer[O], error) {
		c := callerOf(ctx)
		replayed := false
		if keyed, ok := any(in).(interface{ RequestKey() string }); ok {
			if c.IdempotencyKey = keyed.RequestKey(); c.IdempotencyKey == "" {
				return nil, problemOf(ctx, licensing.Errorf(licensing.CodeKeyMissing, "the request has no Idempotency-Key").
					WithHint("send one, made anew for each thing to be done, and the same when it is repeated"))
			}
			c.Replayed = &replayed
		}
		body, err := fn(ctx, c, in)
		if err != nil {
			if op.Scope == api.ScopeNone {
				s.guesses.failed(addressOf(ctx), family(op.Meta()), err)
			}
			return nil, s.problem(ctx, err)
		}
		out := &answer[O]{Body: body}
		if tagged, ok := any(body).(interface{ ETag() string }); ok {
			out.ETag = tagged.ETag()
		}
		if replayed {
			out.Replayed = "true"
		}
		return out, nil
	})
}

// handleStream serves an Op that streams an export.
func handleStream[I any](a huma.API, s *Server, op api.Op[I, api.Stream],
	fn func(context.Context, service.Caller, *I) (store.Export, api.ExportFormat, error),
) {
	operation := s.operation(a, op.Meta(), op.Status)
	operation.Responses = map[string]*huma.Response{"200": {
		Description: "The rows, with their number and SHA-256 in the trailers " + api.TrailerRows + " and " + api.TrailerSum,
		Content:     map[string]*huma.MediaType{"text/csv": textSchema(), "application/x-ndjson": textSchema()},
	}}
	huma.Register(a, operation, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		export, format, err := fn(ctx, callerOf(ctx), in)
		if err != nil {
			return nil, s.problem(ctx, err)
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			r, w := humago.Unwrap(hc)
			s.stream(w, r, export, format)
		}}, nil
	})
}

func textSchema() *huma.MediaType {
	return &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
}

func (s *Server) operation(a huma.API, m api.Meta, status int) huma.Operation {
	if status == 0 {
		status = http.StatusOK
	}
	security := []map[string][]string{{"token": {}}}
	if m.Scope == api.ScopeNone {
		security = []map[string][]string{}
	}
	return huma.Operation{
		OperationID: m.ID, Method: m.Method, Path: m.Path, Summary: m.Summary, Tags: []string{family(m)},
		Description:   "Scope: " + string(m.Scope),
		DefaultStatus: status, MaxBodyBytes: -1, // it is limited where it is read
		// The body is here already. A deadline on it would end the request of whoever
		// waits longer than that for the database.
		BodyReadTimeout: -1,
		Security:        security,
		Middlewares:     huma.Middlewares{s.authenticate(a, m)},
	}
}

// family is what an endpoint is about: those of one family take the same secrets.
func family(m api.Meta) string {
	name, _, _ := strings.Cut(strings.TrimPrefix(m.Path, "/v1/"), "/")
	return name
}

type callerKey struct{}

func callerOf(ctx context.Context) service.Caller {
	c, _ := ctx.Value(callerKey{}).(service.Caller) // authenticate has put it there
	return c
}

// authenticate finds the caller by the bearer token, and checks the Op's scope,
// before anything of the request is looked at; then it takes in the body.
func (s *Server) authenticate(_ huma.API, m api.Meta) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		r, w := humago.Unwrap(hc)
		noteOperation(hc.Context(), m.ID)
		c, err := s.admit(r, w, m)
		if err != nil {
			s.writeError(w, r, err)
			return
		}
		noteToken(hc.Context(), c.Token.ID)
		if err := checkHeaders(r.Header); err != nil {
			s.writeError(w, r, err)
			return
		}
		if m.Method != http.MethodGet {
			done, err := s.bodies.take(r)
			defer done()
			allowWriting(w) // the body may have been long on its way
			if err != nil {
				w.Header().Set("Connection", "close") // where the next request begins is not known
				s.writeError(w, r, err)
				return
			}
		}
		next(huma.WithValue(hc, callerKey{}, c))
	}
}

// admit finds out who asks, and whether they may.
func (s *Server) admit(r *http.Request, w http.ResponseWriter, m api.Meta) (service.Caller, error) {
	if m.Scope == api.ScopeNone {
		if err := s.guesses.check(w.Header(), addressOf(r.Context()), family(m)); err != nil {
			return service.Caller{}, err
		}
		c, err := s.service.Anyone(r.Context())
		c.RequestID = requestID(r.Context())
		return c, err
	}
	c, err := s.caller(r.Context(), r.Header.Get("Authorization"))
	if err == nil {
		err = s.limits.take(w.Header(), c.Token.ID)
	}
	if err == nil {
		err = c.Allow(string(m.Scope))
	}
	return c, err
}

func (s *Server) caller(ctx context.Context, authorization string) (service.Caller, error) {
	scheme, token, _ := strings.Cut(authorization, " ")
	if authorization == "" || !strings.EqualFold(scheme, "Bearer") {
		return service.Caller{}, licensing.Errorf(licensing.CodeUnauthenticated, "the request has no token").
			WithHint("send Authorization: Bearer with an API token")
	}
	if err := api.CheckToken(token); err != nil {
		return service.Caller{}, licensing.Errorf(licensing.CodeUnauthenticated, "%s", err.Error()).
			WithHint("copy the token again, whole")
	}
	c, err := s.service.Authenticate(ctx, api.HashToken(token))
	c.RequestID, c.SealKey = requestID(ctx), service.SealKey(token)
	return c, err
}
