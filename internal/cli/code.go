package cli

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/resell-cli/resell/internal/api"
)

// exitCode is what an exit code means.
type exitCode struct {
	number  int
	meaning string
}

func exitCodes() []exitCode {
	return []exitCode{
		{exitDone, "done"},
		{exitFailed, "failed"},
		{exitUsage, "wrong usage"},
		{exitNotFound, "not found"},
		{exitAuth, "not logged in, or not allowed"},
		{exitRefused, "refused by a rule, or in conflict with something else"},
		{exitUnavailable, "rate-limited or unavailable, also after trying again"},
		{exitPartial, "some of many failed"},
		{exitIncomplete, "an export is incomplete, and was not kept"},
		{exitInterrupted, "interrupted"},
		{exitPipe, "the reader of the output has gone"},
	}
}

// code is an error code with the exit code that it ends with.
type code struct {
	name   string
	kind   string // HTTP status in words; empty for what resell finds out by itself
	exit   int
	means  string
	advice string
}

// codes are every code that an error can have, by exit code: those of the API, and
// those that resell gives by itself.
func codes() []code {
	all := []code{
		{"usage", "", exitUsage, "The command line is wrong.", "See the help of the command."},
		{"no_host", "", exitUsage, "No API is named.", "Give --host, set RESELL_HOST, or sign in."},
		{"invalid_host", "", exitUsage, "The host is no address that can be called.", "Write it as https://licensing.example.com."},
		{"not_logged_in", "", exitAuth, "There is no token for this profile and host.", "Sign in, or set RESELL_TOKEN."},
		{"mangled_token", "", exitAuth, "This text can never be a token; it was not sent to anyone.", "Copy the token again, whole and alone."},
		{"keyring_missing", "", exitAuth, "There is no keyring on this machine, or none for this login.", "Set RESELL_TOKEN or token_command, or sign in with --insecure-storage."},
		{"keyring_locked", "", exitAuth, "The keyring is locked.", "Unlock it and try again, or set RESELL_TOKEN or token_command."},
		{"keyring_headless", "", exitAuth, "The keyring is locked, and there is no desktop to unlock it on.", "Set RESELL_TOKEN or token_command, or sign in with --insecure-storage."},
		{"keyring_refused", "", exitAuth, "The keyring was not unlocked: its window was closed, or could not come up.", "Try again and unlock it, or set RESELL_TOKEN or token_command."},
		{"keyring_timeout", "", exitAuth, "The keyring did not answer within 3 seconds.", "Unlock it and try again, or set RESELL_TOKEN or token_command."},
		{"keyring_unavailable", "", exitAuth, "The keyring fails in another way; the message says how.", "Set RESELL_TOKEN or token_command, or sign in with --insecure-storage."},
		{"unreachable", "", exitUnavailable, "The server does not answer.", "Check the host and the network; a write can be run again and is not done twice."},
		{"unexpected_response", "", exitFailed, "What answered is no licensing API.", "Check the host, and whether a proxy is in between."},
		{"partly_failed", "", exitPartial, "Some of many failed; the rest is done.", "Mend what failed and run it again."},
		{"export_incomplete", "", exitIncomplete, "The export broke off; nothing of it was kept.", "Run it again."},
		{"rows_refused", "", exitRefused, "The server would refuse some of the rows, so none was sent.", "Mend them, or give --keep-going to leave them out."},
		{"run_unfinished", "", exitRefused, "A run that broke off is of these rows, or may have done some of them.", "Go on with it: --resume. --again does all rows anew, also those that are done, and pays for them once more."},
		{"run_repeated", "", exitRefused, "These very rows were done in the last 28 days, and once more would cost once more.", "Where that is meant, give --again: it does all rows, and pays for all of them."},
		{"run_in_progress", "", exitRefused, "Another process is carrying this run out, or has just done some of these rows.", "Wait for it, and run it again: what is done is left out."},
		{"nothing_to_resume", "", exitRefused, "No run of this command broke off.", "Give --from to begin one."},
		{"several_to_resume", "", exitRefused, "Several runs of this command broke off.", "Say which: --resume=ID; the message lists them."},
		{"run_too_old", "", exitRefused, "The run is more than 28 days old, and the server may not know any more what was done.", "See what it has done, and give the rows that are left with --from and --again."},
		{"declined", "", exitFailed, "You answered no.", "Nothing was changed."},
		{"failed", "", exitFailed, "Something else failed; the message says what.", "See the message."},
		{"interrupted", "", exitInterrupted, "It was interrupted.", "Run it again; what was done is not done twice."},
		{"license_file_malformed", "", exitRefused, "This is no license file, or a damaged one.", "Copy the file again, whole and as it is."},
		{"license_file_not_genuine", "", exitRefused, "The license file was signed by another key, or changed since.", "Do not rely on it; compare the public key with the vendor's."},
		{"license_file_wrong_secret", "", exitRefused, "The license file is encrypted with another secret.", "Give the key or coupon as it is written there."},
		{"license_file_not_yet_issued", "", exitRefused, "The license file was issued in the future.", "Set this machine's clock."},
		{"license_file_expired", "", exitRefused, "The license file is too old.", "Ask for a new file; the license itself may go on."},
		{"license_not_started", "", exitRefused, "The license of the file begins later.", "Wait for its first day."},
		{"license_ended", "", exitRefused, "The license of the file is over.", "Extend the license, then ask for a new file."},
	}
	for _, c := range api.ProblemCodes() {
		all = append(all, code{c.Code, http.StatusText(c.Status), exitOf(c.Status), c.Means, c.Advice})
	}
	slices.SortFunc(all, func(a, b code) int { return cmp.Or(a.exit-b.exit, strings.Compare(a.name, b.name)) })
	return all
}

// ErrorReference is the page of the guide about errors, in Markdown.
func ErrorReference() []byte {
	var page strings.Builder
	page.WriteString(errorPreface)
	page.WriteString("\n## Exit codes\n\n| exit | meaning |\n|---|---|\n")
	for _, e := range exitCodes() {
		fmt.Fprintf(&page, "| %d | %s |\n", e.number, e.meaning)
	}
	page.WriteString("\n## Codes\n\n| exit | code | HTTP | meaning | what to do |\n|---|---|---|---|---|\n")
	for _, c := range codes() {
		fmt.Fprintf(&page, "| %d | `%s` | %s | %s | %s |\n", c.exit, c.name, cmp.Or(c.kind, "–"), c.means, c.advice)
	}
	return []byte(page.String())
}

const errorPreface = `# Errors

An error says what happened, why, and what to do next. On a terminal:

    resell: lic_… is paused already
      resume it to run it again
      allowed now: resume, edit
      try: resell license resume 7GK2M9QX
      code license_not_pausable, request req_…

With JSON output it is one JSON object on standard error: code, message, hint, request_id, exit_code,
next_steps, and where the API tells them allowed_actions and subject, the kind and name of what is not
there. Standard output is empty when a command fails.
Branch on exit code and code, never on the text. Every command among next_steps is valid as it stands.
`
