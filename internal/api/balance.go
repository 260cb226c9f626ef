package api

// Balance is what the reseller has in one currency, in minor units.
type Balance struct {
	Currency    string `json:"currency"`
	Amount      int64  `json:"amount" doc:"Minor units"`
	CreditLimit int64  `json:"credit_limit" doc:"How far below zero it may go"`
	Deposits    int64  `json:"deposits" doc:"Sum of the deposits"`
	Purchases   int64  `json:"purchases" doc:"Sum of the purchases; not positive"`
	Refunds     int64  `json:"refunds" doc:"Sum of the refunds"`
	Entries     int64  `json:"entries"`
}

// LedgerEntry is one movement of the balance. Entries are never changed.
type LedgerEntry struct {
	ID        string `json:"id"`
	Kind      string `json:"kind" enum:"deposit,purchase,refund"`
	Amount    int64  `json:"amount" doc:"Signed, minor units"`
	Balance   int64  `json:"balance" doc:"After the entry, minor units"`
	Currency  string `json:"currency"`
	OrderID   string `json:"order_id"`
	Note      string `json:"note"`
	CreatedAt string `json:"created_at"`
}

// BalanceViewInput is the input of BalanceView.
type BalanceViewInput struct {
	Reseller string `query:"reseller" maxLength:"100" doc:"Id or login of a sub-reseller; your own balance when left out"`
}

// LedgerFilter chooses ledger entries.
type LedgerFilter struct {
	Currency string `query:"currency" maxLength:"3" doc:"ISO 4217 code, such as EUR"`
	Reseller string `query:"reseller" maxLength:"100" doc:"Id or login of a sub-reseller; your own ledger when left out"`
}

// BalanceHistoryInput is the input of BalanceHistory.
type BalanceHistoryInput struct {
	Page
	LedgerFilter
}

// BalanceView gives the balance in each currency, with the sums of its ledger.
var BalanceView = Op[BalanceViewInput, List[Balance]]{
	ID: "balance-view", Method: "GET", Path: "/v1/balance",
	Summary: "View the balance", Scope: ScopeOrderRead, Command: "balance view",
}

// BalanceHistory lists the ledger, newest first.
var BalanceHistory = Op[BalanceHistoryInput, List[LedgerEntry]]{
	ID: "balance-history", Method: "GET", Path: "/v1/balance/entries",
	Summary: "List the ledger", Scope: ScopeOrderRead, Command: "balance history",
}
