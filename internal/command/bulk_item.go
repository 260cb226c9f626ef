package command

import "github.com/resell-cli/resell/internal/api"

// BulkPreview is what the server says of a row beforehand.
type BulkPreview struct {
	ID       string        // of what it changes; "" for what is made
	Costs    []api.Preview // in each currency; none where it costs nothing
	Message  string        // what else there is to say
	Licenses []api.License // that it is about, where Merge needs to know
}

// BulkOutcome is what a row has come to.
type BulkOutcome struct {
	ID       string
	Order    string // number
	Amount   int64  // minor units
	Currency string
	Credits  int64
	Message  string
}

// BulkItem is a row with its request.
type BulkItem[I any] struct {
	Line  int      `json:"line"`
	Cells []string `json:"cells"`
	ID    string   `json:"id,omitempty"` // of what it changes, once that is known
	Input I        `json:"input"`
	Mark  string   `json:"mark,omitempty"` // of what the row asks for
}
