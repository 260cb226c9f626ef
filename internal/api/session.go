package api

// Session is who a token speaks for, and what it may do.
type Session struct {
	Reseller  *ResellerRef `json:"reseller" doc:"null for a token of the vendor"`
	User      *UserRef     `json:"user" doc:"Who signed in for the token; null for one made for a machine"`
	TokenID   string       `json:"token_id"`
	TokenName string       `json:"token_name"`
	Scopes    []string     `json:"scopes" nullable:"false"`
	Contracts []string     `json:"contracts" nullable:"false" doc:"Contract ids it is limited to; empty for all"`
	ExpiresAt *string      `json:"expires_at"`
	Vendor    string       `json:"vendor" doc:"Name of the vendor"`
	TimeZone  string       `json:"time_zone" doc:"Calendar dates are this zone's"`
	Today     string       `json:"today" doc:"The vendor's calendar date now"`
	Now       string       `json:"now" doc:"The server's clock"`
	Version   string       `json:"version" doc:"The server's version"`
}

// ResellerRef names a reseller.
type ResellerRef struct {
	ID    string `json:"id"`
	Login string `json:"login"`
	Name  string `json:"name"`
}

// UserRef names a person.
type UserRef struct {
	ID    string `json:"id"`
	Login string `json:"login"`
	Name  string `json:"name"`
	Role  string `json:"role" enum:"owner,seller,support,accountant,viewer"`
}

// SessionCreateBody is what somebody signs in with.
type SessionCreateBody struct {
	Login    string `json:"login" minLength:"1" maxLength:"320" doc:"Login, or an e-mail address that one person alone has"`
	Password string `json:"password" minLength:"1" maxLength:"1024"`
	Name     string `json:"name,omitempty" maxLength:"200" doc:"What the token is called in lists: where somebody signed in"`
}

// SessionCreateInput is the input of SessionCreate. Each request signs in anew, so that
// it needs no idempotency key.
type SessionCreateInput struct {
	Body SessionCreateBody
}

// NewSession is a session with its token.
type NewSession struct {
	Token   string  `json:"token" doc:"Shown this once"`
	Session Session `json:"session"`
}

// SessionDeleteInput is the input of SessionDelete.
type SessionDeleteInput struct{}

// SessionViewInput is the input of SessionView.
type SessionViewInput struct{}

// SessionView tells who the token speaks for.
var SessionView = Op[SessionViewInput, Session]{
	ID: "session-view", Method: "GET", Path: "/v1/session",
	Summary: "View the session", Scope: ScopeAny, Command: "auth status",
}

// SessionCreate signs a person in with a password, and gives a token with the rights of
// their role for 90 days. Whatever is wrong, the answer is invalid_login.
var SessionCreate = Op[SessionCreateInput, NewSession]{
	ID: "session-create", Method: "POST", Path: "/v1/session", Status: 201,
	Summary: "Sign in", Scope: ScopeNone, Command: "auth login",
}

// SessionDelete revokes the token that it is called with.
var SessionDelete = Op[SessionDeleteInput, Token]{
	ID: "session-delete", Method: "DELETE", Path: "/v1/session",
	Summary: "Sign out", Scope: ScopeAny, Command: "auth logout",
}
