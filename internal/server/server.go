// Package server speaks HTTP: it serves every Op of package api, authenticates,
// maps what travels to the domain and back, and streams exports.
package server

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/payment"
	"github.com/resell-cli/resell/internal/service"
)

// Options are what a server needs.
type Options struct {
	Service   *service.Service
	Logger    *slog.Logger
	Version   string
	RateLimit int // requests a second for each token; 0 is no limit
	// AddressHeader is the header in which a trusted proxy names the client's address,
	// such as X-Forwarded-For; empty where there is no proxy.
	AddressHeader string
	TokenPrefix   string // of the tokens it makes: api.LivePrefix or api.TestPrefix
	// PublicURL is where others reach the API; empty where that is not known.
	PublicURL string
	// Payments takes card payments; nil where no cards are taken.
	Payments payment.Provider
}

const (
	maxBody      = 8 << 20          // bytes of a request
	writeTimeout = 60 * time.Second // for one answer, or for one part of a stream
)

// Server is the HTTP side of reselld.
type Server struct {
	service *service.Service
	logger  *slog.Logger
	version string
	limits  *limiter
	guesses *guesses
	metrics *metrics
	bodies  *bodies

	addressHeader string
	tokenPrefix   string
	publicURL     string
}

// New makes the handler of every path.
func New(o Options) http.Handler {
	s := &Server{
		service: o.Service, logger: o.Logger, version: o.Version, limits: newLimiter(o.RateLimit), metrics: newMetrics(),
		bodies: newBodies(largeBodies, bodyWait), addressHeader: o.AddressHeader,
		tokenPrefix: o.TokenPrefix, publicURL: o.PublicURL,
	}
	s.guesses = newGuesses(s.now, guessEvery, guessBurst)
	mux := http.NewServeMux()
	s.register(newAPI(mux, o.Version))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(s.metrics.registry, promhttp.HandlerOpts{}))
	if events, ok := o.Payments.(eventReader); ok {
		mux.Handle("POST /v1/webhooks/stripe", s.stripeWebhook(events))
	}
	pages := s.pages(o)
	mux.Handle("/pay/", pages)
	mux.Handle("/paid", pages)
	mux.Handle("/activate/", pages)
	mux.HandleFunc("/", unknownPath(mux))
	return s.observe(recoverPanics(s.logger, saneAddress(mux)))
}

func (s *Server) now() time.Time { return s.service.Now().Time }

func newAPI(mux *http.ServeMux, version string) huma.API {
	setHooks()
	config := huma.DefaultConfig("Resell licensing API", version)
	config.Info.Description = "Companies, licenses, activation keys, orders and invoices of software resellers. " +
		"Every error is an RFC 9457 problem with a stable code."
	config.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	config.CreateHooks = nil // no $schema in answers
	config.DocsPath, config.SchemasPath = "", ""
	config.OpenAPIPath = "/openapi"
	format := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: decode}
	config.Formats = map[string]huma.Format{"application/json": format, "json": format}
	config.RejectUnknownQueryParameters = true // a filter that is mistyped is not "everything"
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"token": {Type: "http", Scheme: "bearer", Description: "An API token: rs_live_… or rs_test_…"},
	}
	return humago.New(mux, config)
}

// OpenAPI is the API's description, OpenAPI 3.1 in YAML.
func OpenAPI() ([]byte, error) {
	a := newAPI(http.NewServeMux(), "v1")
	(&Server{}).register(a)
	return a.OpenAPI().YAML()
}

func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if err := s.service.Ready(r.Context()); err != nil {
		writeProblem(w, r, licensing.Errorf(licensing.CodeUnavailable, "the database does not answer, or there is no vendor yet").Because(err))
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}

// unknownPath answers what no route answers: a path that exists with another method
// is told apart from one that does not exist.
func unknownPath(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodDelete, http.MethodPut} {
			probe := r.Clone(r.Context())
			probe.Method = method
			if _, pattern := mux.Handler(probe); pattern != "/" && pattern != "" {
				w.Header().Add("Allow", method)
			}
		}
		if w.Header().Get("Allow") != "" {
			writeProblem(w, r, licensing.Errorf(licensing.CodeMethodNotAllowed, "this path does not take %s", r.Method))
			return
		}
		writeProblem(w, r, licensing.Errorf(licensing.CodeRouteNotFound, "there is no such path").
			WithHint("the API is described at /openapi.json"))
	}
}
