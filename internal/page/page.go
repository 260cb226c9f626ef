// Package page serves the pages that customers see: the one that an activation
// link opens, the development payment page, and those that say why a link does
// not work. They are plain HTML with one stylesheet and no script.
//
// The address of a page is a secret, so no page tells it on: not to other sites,
// not to caches, and not to the log.
package page

import (
	"html/template"
	"log/slog"
	"net/http"
	"time"
)

// Options are what the pages need. Without Activation or Payments there are no
// pages of that kind.
type Options struct {
	Activation Activation
	Payments   Payments
	Logger     *slog.Logger
	Now        func() time.Time
	// Limit is the number of pages that one client address may ask for in a
	// minute; a form that is sent counts as [formCost] pages. 0 is no limit.
	Limit int
	// Address names the client of a request for the limit, such as its IP address; a
	// limit needs it. It is the server's matter which proxy's header to believe.
	Address func(*http.Request) string
	// Secure says that browsers reach the pages over HTTPS even where this process
	// does not see it, because a proxy in front ends it.
	Secure bool
}

// handler serves every page.
type handler struct {
	Options

	limits      *limiter
	crossOrigin *http.CrossOriginProtection
	templates   map[string]*template.Template
	languages   *languages
}

// New makes the handler of /activate/{token}, /pay/{token}, and /paid, where payers come
// back to from a provider's own page. Every answer is an
// HTML page; what is below other paths is answered as a link that is not known.
func New(o Options) http.Handler {
	h := &handler{
		Options: o, limits: newLimiter(o.Limit, o.Now), crossOrigin: http.NewCrossOriginProtection(),
		templates: parseTemplates(), languages: newLanguages(),
	}
	mux := http.NewServeMux()
	if o.Activation != nil {
		mux.HandleFunc("GET /activate/{token}", h.showActivation)
		mux.HandleFunc("POST /activate/{token}", h.activate)
		mux.HandleFunc("/activate/{token}", h.refuseMethod)
	}
	if o.Payments != nil {
		mux.HandleFunc("GET /pay/{token}", h.showPayment)
		mux.HandleFunc("POST /pay/{token}", h.settle)
		mux.HandleFunc("/pay/{token}", h.refuseMethod)
	}
	mux.HandleFunc("GET /paid", h.thankPayer)
	mux.HandleFunc("/", h.unknownPath)
	return withHeaders(h.limited(mux))
}

func (h *handler) refuseMethod(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Allow", "GET, HEAD, POST")
	h.renderNotice(w, r, http.StatusMethodNotAllowed, notice{key: "notice.unreadable"})
}

func (h *handler) unknownPath(w http.ResponseWriter, r *http.Request) {
	h.renderNotice(w, r, http.StatusNotFound, notice{key: "link.unknown"})
}
