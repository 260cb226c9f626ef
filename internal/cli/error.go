package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/client"
	"github.com/resell-cli/resell/internal/command"
	"github.com/resell-cli/resell/internal/config"
	"github.com/resell-cli/resell/internal/credential"
	"github.com/resell-cli/resell/internal/output"
)

// Exit codes. Scripts branch on them.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitNotFound    = 3
	exitAuth        = 4
	exitRefused     = 5
	exitUnavailable = 6
	exitPartial     = 7
	exitIncomplete  = 8
	exitInterrupted = 130
	exitPipe        = 141 // as a shell reports a program whose reader has gone
)

// failure is what is told of an error, to a person or as JSON.
type failure struct {
	Code      string   `json:"code"`
	Message   string   `json:"message"`
	Hint      string   `json:"hint,omitempty"`
	RequestID string   `json:"request_id,omitempty"`
	ExitCode  int      `json:"exit_code"`
	NextSteps []string `json:"next_steps"`
	// AllowedActions is what may be done instead, where the API says so.
	AllowedActions *[]string `json:"allowed_actions,omitempty"`
	// Subject is what was named and is not there, where the API says so.
	Subject *api.ProblemSubject `json:"subject,omitempty"`

	inWords bool // whatever the output is
}

// report tells of an error on standard error, and gives the exit code.
func report(f *command.Factory, cmd *cobra.Command, err error) int {
	if ended, ok := errors.AsType[*command.ExitError](err); ok {
		return ended.Code
	}
	what := fitting(f, cmd, describe(cmd, err))
	if what.NextSteps == nil {
		what.NextSteps = nextSteps(f, cmd, what)
	}
	if what.ExitCode == exitPipe {
		return what.ExitCode // nobody is there to read it
	}
	if f.WantsJSON() && !what.inWords {
		encoder := json.NewEncoder(f.Stderr)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(what); err == nil {
			return what.ExitCode
		}
	}
	f.Note("resell: %s", what.Message)
	if what.Hint != "" {
		f.Note("  %s", what.Hint)
	}
	if what.AllowedActions != nil && !strings.Contains(what.Hint, strings.Join(*what.AllowedActions, ", ")) {
		f.Note("  allowed now: %s", strings.Join(*what.AllowedActions, ", "))
	}
	for _, step := range what.NextSteps {
		f.Note("  try: %s", step)
	}
	switch {
	case what.RequestID != "":
		f.Note("  code %s, request %s", what.Code, what.RequestID)
	case what.AllowedActions != nil: // the server's refusal, before it was asked
		f.Note("  code %s", what.Code)
	}
	return what.ExitCode
}

// describe is the one place where an error becomes an exit code.
func describe(cmd *cobra.Command, err error) failure {
	var (
		problem     *api.Problem
		usage       *command.UsageError
		argument    *client.ArgumentError
		setting     *config.InvalidError
		field       *output.FieldError
		query       *output.QueryError
		unreachable *client.UnreachableError
		address     *client.ConfigError
		keyring     *credential.UnavailableError
		refused     *command.RefusedError
		stopped     *command.StoppedError
		partial     *command.PartialError
		incomplete  *client.IncompleteError
		writing     *client.WriteError
	)
	// Each is looked for before what it may wrap.
	switch {
	case errors.As(err, &stopped):
		why := describe(cmd, stopped.Err)
		why.Hint = fmt.Sprintf("%d of %d rows have their result; no row is done twice when it goes on", stopped.Done, stopped.Rows)
		why.NextSteps = append([]string{stopped.Resume}, why.NextSteps...)
		return why
	case errors.Is(err, context.Canceled):
		return failure{Code: "interrupted", Message: "interrupted", ExitCode: exitInterrupted}
	case errors.Is(err, syscall.EPIPE):
		return failure{Code: "closed_pipe", ExitCode: exitPipe}
	case errors.Is(err, command.ErrDeclined):
		return failure{Code: "declined", Message: err.Error(), ExitCode: exitFailed}
	case errors.As(err, &partial):
		return failure{Code: "partly_failed", Message: err.Error(), Hint: partial.Hint, ExitCode: exitPartial}
	case errors.As(err, &incomplete), errors.As(err, &writing):
		hint := map[bool]string{true: "nothing was kept; make room and run it again", false: "nothing was kept; run it again"}[writing != nil]
		return failure{Code: "export_incomplete", Message: err.Error(), Hint: hint, ExitCode: exitIncomplete}
	case errors.As(err, &problem):
		return fromProblem(problem, cmd)
	case errors.As(err, &refused):
		return failure{Code: refused.Code, Message: err.Error(), Hint: refused.Hint, ExitCode: exitRefused}
	case errors.As(err, &unreachable):
		return failure{Code: "unreachable", Message: err.Error(), ExitCode: exitUnavailable}
	case errors.Is(err, command.ErrNoHost):
		return failure{Code: "no_host", Message: err.Error(), Hint: "give --host, set RESELL_HOST, or sign in", ExitCode: exitUsage}
	case errors.Is(err, credential.ErrNotFound):
		return failure{Code: "not_logged_in", Message: "not logged in", Hint: "sign in, or set RESELL_TOKEN", ExitCode: exitAuth}
	case errors.As(err, &keyring):
		return failure{
			Code: keyring.Code, Message: "the keyring cannot be used: " + keyring.Reason, Hint: strings.Join(keyring.Hints, ", or "),
			ExitCode: exitAuth,
		}
	case isMangled(err):
		return failure{Code: "mangled_token", Message: err.Error(), ExitCode: exitAuth}
	case errors.As(err, &address):
		return failure{Code: "invalid_host", Message: err.Error(), ExitCode: exitUsage}
	case errors.As(err, &query):
		return fromQuery(query, cmd)
	case errors.As(err, &usage), errors.As(err, &argument), errors.As(err, &setting), errors.As(err, &field), isCobraUsage(err):
		steps := []string{helpOf(cmd)}
		switch {
		case usage != nil && len(usage.Try) > 0:
			steps = usage.Try
		case setting != nil && setting.Unset != "":
			steps = []string{"resell config unset " + setting.Unset}
		case setting != nil && setting.Variable != "":
			steps = []string{"resell help environment"}
		}
		words := usage != nil && usage.InWords
		return failure{Code: "usage", Message: usageText(cmd, err), ExitCode: exitUsage, NextSteps: steps, inWords: words}
	}
	return failure{Code: "failed", Message: err.Error(), ExitCode: exitFailed}
}

// isMangled tells text that can never be a token, which is not sent to anyone.
func isMangled(err error) bool {
	var text *credential.MangledError
	var setting *client.ConfigError
	return errors.Is(err, api.ErrMangledToken) || errors.As(err, &text) || (errors.As(err, &setting) && setting.Name == "token")
}

// fromQuery tells of a jq expression that failed on the data. That is wrong usage as a
// syntax error is, but not after a change, which has been made.
func fromQuery(e *output.QueryError, cmd *cobra.Command) failure {
	out := failure{Code: "usage", Message: e.Error(), ExitCode: exitUsage, NextSteps: []string{helpOf(cmd)}}
	if e.List {
		out.Hint = "the result is a list: begin with .[], as in '.[].id'"
	}
	if cmd != nil && cmd.Flags().Lookup("idempotency-key") != nil {
		out.Code, out.ExitCode, out.NextSteps = "failed", exitFailed, nil
	}
	return out
}

// fromProblem tells what the API has answered, with the flags of the command for the
// fields of its request.
func fromProblem(p *api.Problem, cmd *cobra.Command) failure {
	out := failure{Code: p.Code, Message: p.Error(), Hint: p.Hint, RequestID: p.RequestID, ExitCode: exitOf(p.Status), AllowedActions: p.AllowedActions, Subject: p.Subject}
	for _, field := range p.Errors {
		if !strings.Contains(out.Message, field.Message) {
			out.Message += "; " + field.Field + ": " + field.Message
		}
		if name := flagOf(cmd, field.Field); name != "" {
			out.Message = strings.Replace(out.Message, field.Field+" "+field.Message, name+" "+field.Message, 1)
		}
	}
	return out
}

// flagOf is the flag that was given for a field of a request; empty where none was.
func flagOf(cmd *cobra.Command, field string) string {
	if cmd == nil {
		return ""
	}
	name := strings.ReplaceAll(field, "_", "-")
	if flag := cmd.Flag(name); flag == nil || !flag.Changed {
		return ""
	}
	return "--" + name
}

// exitOf is the one place where an HTTP status becomes an exit code.
func exitOf(status int) int {
	switch status {
	case http.StatusBadRequest:
		return exitUsage
	case http.StatusNotFound:
		return exitNotFound
	case http.StatusUnauthorized, http.StatusForbidden:
		return exitAuth
	case http.StatusConflict, http.StatusPreconditionFailed, http.StatusUnprocessableEntity:
		return exitRefused
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return exitUnavailable
	}
	return exitFailed
}

func helpOf(cmd *cobra.Command) string {
	switch {
	case cmd == nil:
		return "resell --help"
	case cmd.Name() == "help":
		return cmd.CommandPath() // which is asked about help already
	}
	return cmd.CommandPath() + " --help"
}
