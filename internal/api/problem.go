package api

import "fmt"

// ProblemType is the media type of every error, from RFC 9457.
const ProblemType = "application/problem+json"

// Problem is the body of every answer that is not 2xx.
type Problem struct {
	Type      string         `json:"type" doc:"URI of the kind of problem"`
	Title     string         `json:"title" doc:"The HTTP status in words"`
	Status    int            `json:"status" doc:"HTTP status"`
	Detail    string         `json:"detail,omitempty" doc:"What happened"`
	Code      string         `json:"code" doc:"Stable name of the problem; branch on this"`
	Hint      string         `json:"hint,omitempty" doc:"What to do about it"`
	RequestID string         `json:"request_id,omitempty" doc:"Names this request in the server's log"`
	Errors    []ProblemField `json:"errors,omitempty" doc:"What is wrong with which field"`
	// AllowedActions is empty, and there, where nothing may be done any more.
	AllowedActions *[]string `json:"allowed_actions,omitempty" doc:"What may be done instead with what was refused, where that is known"`
	// Subject is what was named, where that is not there, or is there several times.
	Subject *ProblemSubject `json:"subject,omitempty" doc:"What was named and is not there, or is there several times"`
}

// ProblemSubject is a thing as the request named it. A key, which is nearly a secret, has no name.
type ProblemSubject struct {
	Kind string `json:"kind" doc:"What it is: company, license, product and so on"`
	Name string `json:"name,omitempty" doc:"What the request called it"`
}

// ProblemField is one thing wrong with one field. It never repeats the value.
type ProblemField struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

// Error is the detail, or the title where there is none.
func (p *Problem) Error() string {
	if p.Detail != "" {
		return p.Detail
	}
	return fmt.Sprintf("the server answered %d %s", p.Status, p.Title)
}
