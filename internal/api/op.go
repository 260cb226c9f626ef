// Package api is the wire contract between reselld and its clients: one Op for
// each endpoint, the structs that travel, and the shape of an error.
//
// The server registers an Op, the client calls the same value, and the OpenAPI
// document is generated from it, so that nothing about an endpoint is written
// down twice. The package depends on the standard library alone.
package api

// Op is one endpoint. I is a struct whose fields carry path, query and header
// tags, and a Body where there is one; O is the body of the answer.
type Op[I, O any] struct {
	ID      string // operation id: license-extend
	Method  string
	Path    string
	Summary string
	Status  int    // of success; 0 is 200
	Scope   Scope  // what a token needs; ScopeAny for every valid token
	Command string // the CLI command that calls it, or "" with NoCommand set
	// NoCommand says why no command calls the endpoint.
	NoCommand string
	// Preview marks a POST that changes nothing, which can be repeated as a GET can.
	Preview bool
}

// Meta is what can be said of an endpoint without its types.
type Meta struct {
	ID, Method, Path, Summary string
	Scope                     Scope
	Command, NoCommand        string
}

// Meta describes the endpoint.
func (o Op[I, O]) Meta() Meta {
	return Meta{o.ID, o.Method, o.Path, o.Summary, o.Scope, o.Command, o.NoCommand}
}

// Stream marks an Op that answers with rows of text rather than one JSON value.
type Stream struct{}

// File marks an Op that answers with a file rather than one JSON value.
type File struct{}

// Scope is a right that a token carries.
type Scope string

// The scopes of a reseller's token. A write scope does not include its read scope.
const (
	ScopeAny           Scope = "any"
	ScopeCompanyRead   Scope = "company:read"
	ScopeCompanyWrite  Scope = "company:write"
	ScopeLicenseRead   Scope = "license:read"
	ScopeLicenseWrite  Scope = "license:write"
	ScopeKeyRead       Scope = "key:read"
	ScopeKeyWrite      Scope = "key:write"
	ScopeOrderRead     Scope = "order:read"
	ScopeOrderWrite    Scope = "order:write"
	ScopeInvoiceRead   Scope = "invoice:read"
	ScopeInvoiceWrite  Scope = "invoice:write"
	ScopeResellerRead  Scope = "reseller:read"
	ScopeResellerWrite Scope = "reseller:write"
	ScopeTokenRead     Scope = "token:read"
	ScopeTokenWrite    Scope = "token:write"
	ScopeEventRead     Scope = "event:read"
	ScopeVendor        Scope = "vendor"
	// ScopeNone is for the endpoints that need no token: what they take is a secret itself.
	ScopeNone Scope = "none"
)

// ResellerScopes lists every scope a reseller's token can carry.
func ResellerScopes() []Scope {
	return []Scope{
		ScopeCompanyRead, ScopeCompanyWrite, ScopeLicenseRead, ScopeLicenseWrite, ScopeKeyRead, ScopeKeyWrite,
		ScopeOrderRead, ScopeOrderWrite, ScopeInvoiceRead, ScopeInvoiceWrite, ScopeResellerRead, ScopeResellerWrite,
		ScopeTokenRead, ScopeTokenWrite, ScopeEventRead,
	}
}

// Write is part of the input of every POST.
type Write struct {
	IdempotencyKey string `header:"Idempotency-Key" maxLength:"255" doc:"Makes the request safe to repeat: the same key with the same request is carried out once, and answered alike, for 30 days. Required for requests that change something."`
}

// SetRequestKey sets the idempotency key.
func (w *Write) SetRequestKey(key string) { w.IdempotencyKey = key }

// RequestKey is the idempotency key, on every input that embeds Write.
func (w *Write) RequestKey() string { return w.IdempotencyKey }

// Page is part of the input of every list.
type Page struct {
	Cursor string `query:"cursor" maxLength:"500" doc:"next_cursor of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"50" doc:"rows in a page"`
}

// Turn moves to the page after cursor.
func (p *Page) Turn(cursor string) { p.Cursor = cursor }

// SetLimit asks for pages of rows, 1 to 500.
func (p *Page) SetLimit(rows int) { p.Limit = rows }

// List is one page. NextCursor is empty on the last.
type List[T any] struct {
	Data       []T    `json:"data" nullable:"false"`
	NextCursor string `json:"next_cursor,omitempty"`
}
