package licensefile

// Reason says why a license file is refused. It is stable and snake_case: scripts
// branch on it.
type Reason string

// Why a file is refused. With the last four Verify gives the license all the same: it
// is genuine, and not valid at this time.
const (
	Malformed     Reason = "license_file_malformed"      // no license file, or a damaged one
	NotGenuine    Reason = "license_file_not_genuine"    // signed by another key, or changed since
	SecretMissing Reason = "license_file_encrypted"      //nolint:gosec // genuine, and not to be read without its secret; no credential is here
	WrongSecret   Reason = "license_file_wrong_secret"   //nolint:gosec // genuine, and encrypted with another secret; no credential is here
	NotYetIssued  Reason = "license_file_not_yet_issued" // issued in the future: a clock is wrong
	Expired       Reason = "license_file_expired"        // the file is too old; the license may go on
	NotStarted    Reason = "license_not_started"         // the license begins later
	Ended         Reason = "license_ended"               // the license is over
)

// Error is a license file refused.
type Error struct {
	Reason Reason
	Detail string // in words, without anything of the file that is not proven genuine
	Cause  error  // where there is one
}

// Error is the detail.
func (e *Error) Error() string { return e.Detail }

// Unwrap gives the cause, if any.
func (e *Error) Unwrap() error { return e.Cause }

func malformed(why string, cause error) error {
	return &Error{Reason: Malformed, Detail: "not a license file, or a damaged one: " + why, Cause: cause}
}
