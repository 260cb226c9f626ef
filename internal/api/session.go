package api

// Session is who a token speaks for, and what it may do.
type Session struct {
	Reseller  *ResellerRef `json:"reseller" doc:"null for a token of the vendor"`
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

// SessionViewInput is the input of SessionView.
type SessionViewInput struct{}

// SessionView tells who the token speaks for.
var SessionView = Op[SessionViewInput, Session]{
	ID: "session-view", Method: "GET", Path: "/v1/session",
	Summary: "View the session", Scope: ScopeAny, Command: "auth status",
}
