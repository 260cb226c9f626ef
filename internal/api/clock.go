package api

// Clock is what time it is for the server.
type Clock struct {
	Now      string `json:"now"`
	Today    string `json:"today" doc:"The vendor's calendar date, by which licenses begin and end"`
	TimeZone string `json:"time_zone" doc:"The vendor's"`
	Movable  bool   `json:"movable" doc:"Whether it can be moved ahead: on development servers alone"`
}

// ClockViewInput is the input of ClockView.
type ClockViewInput struct{}

// ClockAdvanceBody says how far to move the clock.
type ClockAdvanceBody struct {
	By string `json:"by,omitempty" maxLength:"20" doc:"Hours, days or weeks: 12h, 30d, 2w"`
	To string `json:"to,omitempty" maxLength:"10" doc:"To the beginning of this date, YYYY-MM-DD"`
}

// ClockAdvanceInput is the input of ClockAdvance.
type ClockAdvanceInput struct {
	Write
	Body ClockAdvanceBody
}

// ClockAdvanced is where the clock stands, and what was done on the way.
type ClockAdvanced struct {
	Clock
	Renewed    int `json:"renewed" doc:"Licenses that were renewed on the way"`
	NotRenewed int `json:"not_renewed" doc:"Renewals that failed on the way; one that fails on several days counts for each"`
}

// ClockView tells what time it is for the server.
var ClockView = Op[ClockViewInput, Clock]{
	ID: "clock-view", Method: "GET", Path: "/v1/clock",
	Summary: "View the server's clock", Scope: ScopeAny, Command: "clock view",
}

// ClockAdvance moves the clock of a development server ahead, and does what is due on
// the way before it answers.
var ClockAdvance = Op[ClockAdvanceInput, ClockAdvanced]{
	ID: "clock-advance", Method: "POST", Path: "/v1/clock/advance",
	Summary: "Move the clock of a development server ahead", Scope: ScopeAny, Command: "clock advance",
}
