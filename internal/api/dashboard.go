package api

// Dashboard is how a reseller stands on a day.
type Dashboard struct {
	Reseller string             `json:"reseller" doc:"Login"`
	Name     string             `json:"name" doc:"Of the reseller"`
	Date     string             `json:"date" doc:"The day that it is about, by the vendor's calendar"`
	Expiring []DashboardWeek    `json:"expiring" nullable:"false" doc:"What ends within the next 90 days, week by week from tomorrow on; the last week is shorter"`
	Revenue  []DashboardMonth   `json:"revenue" nullable:"false" doc:"What was ordered in each of the last 12 months, the current one included, and was not refunded since; in each currency"`
	Balances []DashboardBalance `json:"balances" nullable:"false"`
	Licenses []DashboardState   `json:"licenses" nullable:"false" doc:"How many there are in each state"`
}

// DashboardWeek is how many licenses end in some days.
type DashboardWeek struct {
	From     string `json:"from"`
	To       string `json:"to" doc:"The last day of the week"`
	Licenses int64  `json:"licenses"`
	Quantity int64  `json:"quantity" doc:"The sum of theirs"`
}

// DashboardMonth is what the orders of a month came to in one currency.
type DashboardMonth struct {
	Month    string `json:"month" doc:"YYYY-MM, by the vendor's calendar"`
	Currency string `json:"currency"`
	Orders   int64  `json:"orders" doc:"Orders of the month that stand"`
	Ordered  int64  `json:"ordered" doc:"Minor units, also of what was refunded since"`
	Refunded int64  `json:"refunded" doc:"Minor units, of the orders of this month"`
	Amount   int64  `json:"amount" doc:"Minor units: ordered less refunded"`
}

// DashboardBalance is what the reseller has in one currency.
type DashboardBalance struct {
	Currency    string `json:"currency"`
	Amount      int64  `json:"amount" doc:"Minor units"`
	CreditLimit int64  `json:"credit_limit" doc:"How far below zero it may go"`
}

// DashboardState is how many licenses are in a state.
type DashboardState struct {
	State    string `json:"state" enum:"refunded,deleted,paused,expired,active,assigned,available"`
	Licenses int64  `json:"licenses"`
	Quantity int64  `json:"quantity" doc:"The sum of theirs"`
}

// DashboardViewInput is the input of DashboardView.
type DashboardViewInput struct {
	Reseller string `query:"reseller" maxLength:"100" doc:"Id or login of a sub-reseller; yourself when left out"`
}

// DashboardView sums up how a reseller stands.
var DashboardView = Op[DashboardViewInput, Dashboard]{
	ID: "dashboard-view", Method: "GET", Path: "/v1/dashboard",
	Summary: "View the dashboard", Scope: ScopeOrderRead, Command: "dashboard",
}
