package api

// Token is an API credential. Its secret is shown when it is made, and never again.
type Token struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	State     string   `json:"state" enum:"active,expired,revoked"`
	User      string   `json:"user" doc:"Login of who signed in for it; empty for a token made for a machine"`
	Scopes    []string `json:"scopes" nullable:"false"`
	Contracts []string `json:"contracts" nullable:"false" doc:"Contract ids it is limited to; empty for all"`
	ExpiresAt *string  `json:"expires_at"`
	RevokedAt *string  `json:"revoked_at"`
	CreatedAt string   `json:"created_at"`
}

// TokenFilter chooses tokens.
type TokenFilter struct {
	State string `query:"state" enum:"active,expired,revoked" doc:"State of the token"`
	User  string `query:"user" maxLength:"100" doc:"Id or login of who signed in for it"`
}

// TokenCreateBody says what a token may do.
type TokenCreateBody struct {
	Name        string   `json:"name" minLength:"1" maxLength:"200" doc:"What it is for"`
	Scopes      []string `json:"scopes" minItems:"1" maxItems:"50" nullable:"false" doc:"Rights, such as license:read; none that your own token has not"`
	Contracts   []string `json:"contracts,omitempty" maxItems:"100" nullable:"false" doc:"Ids or numbers of the contracts it may buy under; all when left out"`
	ExpiresDays int      `json:"expires_days,omitempty" minimum:"1" maximum:"3650" doc:"Days until it expires; never when left out"`
}

// TokenCreateInput is the input of TokenCreate.
type TokenCreateInput struct {
	Write
	Body TokenCreateBody
}

// IssuedToken is a token with its secret.
type IssuedToken struct {
	Secret string `json:"secret" doc:"Send it as the bearer token; shown this once"`
	Token  Token  `json:"token"`
}

// TokenListInput is the input of TokenList.
type TokenListInput struct {
	Page
	TokenFilter
}

// TokenRevokeInput is the input of TokenRevoke.
type TokenRevokeInput struct {
	Token string `path:"token" doc:"Id"`
}

// TokenCreate makes a token for a machine.
var TokenCreate = Op[TokenCreateInput, IssuedToken]{
	ID: "token-create", Method: "POST", Path: "/v1/tokens", Status: 201,
	Summary: "Create a token", Scope: ScopeTokenWrite, Command: "token create",
}

// TokenList lists tokens, newest first.
var TokenList = Op[TokenListInput, List[Token]]{
	ID: "token-list", Method: "GET", Path: "/v1/tokens",
	Summary: "List tokens", Scope: ScopeTokenRead, Command: "token list",
}

// TokenRevoke makes a token worth nothing.
var TokenRevoke = Op[TokenRevokeInput, Token]{
	ID: "token-revoke", Method: "DELETE", Path: "/v1/tokens/{token}",
	Summary: "Revoke a token", Scope: ScopeTokenWrite, Command: "token revoke",
}
