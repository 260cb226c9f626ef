package api

// Quote is a purchase as it was previewed, to be bought exactly so.
type Quote struct {
	ID        string  `json:"id"`
	State     string  `json:"state" enum:"open,used,expired"`
	ExpiresAt string  `json:"expires_at" doc:"Until when it can be bought"`
	OrderID   string  `json:"order_id" doc:"The order that bought it; empty until then"`
	CreatedAt string  `json:"created_at"`
	Preview   Preview `json:"preview" doc:"What it came to when it was saved, and comes to when it is bought"`
}

// QuoteCreateInput is the input of QuoteCreate.
type QuoteCreateInput struct {
	Write
	Body LicenseAddBody
}

// QuoteViewInput is the input of QuoteView.
type QuoteViewInput struct {
	Quote string `path:"quote" doc:"Id"`
}

// QuoteCreate saves what a purchase would do; it spends nothing.
var QuoteCreate = Op[QuoteCreateInput, Quote]{
	ID: "quote-create", Method: "POST", Path: "/v1/quotes", Status: 201,
	Summary: "Save a quote", Scope: ScopeLicenseWrite, Command: "license add",
}

// QuoteView gives a quote as it was saved.
var QuoteView = Op[QuoteViewInput, Quote]{
	ID: "quote-view", Method: "GET", Path: "/v1/quotes/{quote}",
	Summary: "View a quote", Scope: ScopeLicenseRead, Command: "license add",
}
