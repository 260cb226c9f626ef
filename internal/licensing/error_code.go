package licensing

// Code names a kind of failure. It is stable, snake_case, and part of the
// public contract: scripts branch on it.
type Code string

// Every code that the API can answer with. Each is declared here once, with its
// kind in codeKinds; HTTP status and exit code derive from the kind.
const (
	CodeInternal             Code = "internal_error"
	CodeUnavailable          Code = "unavailable"
	CodeRateLimited          Code = "rate_limited"
	CodeUnauthenticated      Code = "unauthenticated"
	CodeTokenExpired         Code = "token_expired"
	CodeScopeMissing         Code = "scope_missing"
	CodeContractNotPermitted Code = "contract_not_permitted"
	CodeReadOnly             Code = "read_only"
	CodeRouteNotFound        Code = "route_not_found"
	CodeMethodNotAllowed     Code = "method_not_allowed"
	CodeNotFound             Code = "not_found"
	CodeInvalidRequest       Code = "invalid_request"
	CodeBodyTooLarge         Code = "body_too_large"
	CodeUnsupportedMedia     Code = "unsupported_media_type"
	CodeInvalidCursor        Code = "invalid_cursor"
	CodeAmbiguous            Code = "ambiguous_reference"
	CodeKeyReused            Code = "idempotency_key_reused"
	CodeKeyMissing           Code = "idempotency_key_missing"
	CodeVersionConflict      Code = "version_conflict"
	CodeAlreadyExists        Code = "already_exists"

	CodeInvalidQuantity     Code = "invalid_quantity"
	CodeInvalidTerm         Code = "invalid_term"
	CodeTermNotOffered      Code = "term_not_offered"
	CodeTrialUsed           Code = "trial_used"
	CodeCompanyRequired     Code = "company_required"
	CodeSerialRequired      Code = "serial_required"
	CodeSerialNotAllowed    Code = "serial_not_allowed"
	CodeSerialInUse         Code = "serial_in_use"
	CodeNoContract          Code = "no_active_contract"
	CodeContractRequired    Code = "contract_required"
	CodeContractClosed      Code = "contract_closed"
	CodeProductNotInContr   Code = "product_not_in_contract"
	CodeInsufficientFunds   Code = "insufficient_balance"
	CodeAmountTooLarge      Code = "amount_too_large"
	CodePriceChanged        Code = "price_changed"
	CodeNotExtendable       Code = "license_not_extendable"
	CodeNotPausable         Code = "license_not_pausable"
	CodeNotResumable        Code = "license_not_resumable"
	CodeSeatsExceeded       Code = "seats_exceed_quantity"
	CodeKeyTaken            Code = "key_taken"
	CodeInvalidKey          Code = "invalid_key"
	CodeLicenseNotUsable    Code = "license_not_usable"
	CodeNothingToInvoice    Code = "nothing_to_invoice"
	CodeLicenseWithoutComp  Code = "license_without_company"
	CodeTooManyLicenses     Code = "too_many_licenses"
	CodeCompanyNoEmail      Code = "company_without_email"
	CodeNotPermittedPr      Code = "product_not_permitted"
	CodePaymentNotAllowed   Code = "payment_not_allowed"
	CodePaymentFailed       Code = "payment_failed"
	CodeInsufficientCredit  Code = "insufficient_credits"
	CodeQuoteChanged        Code = "quote_changed"
	CodeQuoteExpired        Code = "quote_expired"
	CodeQuoteUsed           Code = "quote_used"
	CodeOrderNotPayable     Code = "order_not_payable"
	CodeOrderNotResendable  Code = "order_not_resendable"
	CodeOrderNotCancellable Code = "order_not_cancellable"
	CodeOrderNotRefundable  Code = "order_not_refundable"
	CodeRefundWindowOver    Code = "refund_window_over"

	CodeNotUpgradable     Code = "license_not_upgradable"
	CodeNotEditable       Code = "license_not_editable"
	CodeNotAssignable     Code = "license_not_assignable"
	CodeNotTransferable   Code = "license_not_transferable"
	CodeNotDeletable      Code = "license_not_deletable"
	CodeNotRenewable      Code = "license_not_renewable"
	CodeNotActivatable    Code = "license_not_activatable"
	CodeDeviceLimit       Code = "device_limit_reached"
	CodeDeviceUnknown     Code = "device_unknown"
	CodeCodeMistyped      Code = "code_mistyped"
	CodeLinkUnknown       Code = "link_unknown"
	CodeLinkExpired       Code = "link_expired"
	CodeLinkUsed          Code = "link_used"
	CodeLinkRevoked       Code = "link_revoked"
	CodeCustomerUnknown   Code = "customer_unknown"
	CodeInvoiceNotVoid    Code = "invoice_not_voidable"
	CodeInvoiceNotPayable Code = "invoice_not_payable"

	CodeInvalidLogin     Code = "invalid_login"
	CodeWeakPassword     Code = "weak_password"
	CodeResellerDisabled Code = "reseller_disabled"
	CodeLastOwner        Code = "last_owner"
	CodeClockFixed       Code = "clock_not_movable"
)

// Kind groups codes by how a caller should react.
type Kind int

// The kinds of failure.
const (
	KindInternal        Kind = iota // our fault; nothing was changed
	KindInvalid                     // the request is malformed; fix it
	KindUnauthenticated             // no valid token
	KindForbidden                   // the token may not do this
	KindNotFound                    // no such thing, or not yours
	KindMethod                      // the path exists, the method does not
	KindConflict                    // something else happened first
	KindPrecondition                // the resource changed since it was read
	KindTooLarge                    // the request body is over the limit
	KindMedia                       // the request body is not JSON
	KindRefused                     // understood, and refused by a rule
	KindRateLimited                 // slow down
	KindUnavailable                 // try again later
)

var codeKinds = map[Code]Kind{
	CodeInternal:             KindInternal,
	CodeUnavailable:          KindUnavailable,
	CodeRateLimited:          KindRateLimited,
	CodeUnauthenticated:      KindUnauthenticated,
	CodeTokenExpired:         KindUnauthenticated,
	CodeScopeMissing:         KindForbidden,
	CodeContractNotPermitted: KindForbidden,
	CodeReadOnly:             KindForbidden,
	CodeRouteNotFound:        KindNotFound,
	CodeMethodNotAllowed:     KindMethod,
	CodeNotFound:             KindNotFound,
	CodeInvalidRequest:       KindInvalid,
	CodeBodyTooLarge:         KindTooLarge,
	CodeUnsupportedMedia:     KindMedia,
	CodeInvalidCursor:        KindInvalid,
	CodeAmbiguous:            KindConflict,
	CodeKeyReused:            KindRefused,
	CodeKeyMissing:           KindInvalid,
	CodeVersionConflict:      KindPrecondition,
	CodeAlreadyExists:        KindConflict,
	CodeInvalidQuantity:      KindRefused,
	CodeInvalidTerm:          KindRefused,
	CodeTermNotOffered:       KindRefused,
	CodeTrialUsed:            KindRefused,
	CodeCompanyRequired:      KindRefused,
	CodeSerialRequired:       KindRefused,
	CodeSerialNotAllowed:     KindRefused,
	CodeSerialInUse:          KindConflict,
	CodeNoContract:           KindRefused,
	CodeContractRequired:     KindRefused,
	CodeContractClosed:       KindRefused,
	CodeProductNotInContr:    KindRefused,
	CodeInsufficientFunds:    KindRefused,
	CodeAmountTooLarge:       KindRefused,
	CodePriceChanged:         KindConflict,
	CodeNotExtendable:        KindRefused,
	CodeNotPausable:          KindRefused,
	CodeNotResumable:         KindRefused,
	CodeSeatsExceeded:        KindRefused,
	CodeKeyTaken:             KindConflict,
	CodeInvalidKey:           KindRefused,
	CodeLicenseNotUsable:     KindRefused,
	CodeNothingToInvoice:     KindRefused,
	CodeLicenseWithoutComp:   KindRefused,
	CodeTooManyLicenses:      KindRefused,
	CodeCompanyNoEmail:       KindRefused,
	CodeNotPermittedPr:       KindForbidden,
	CodePaymentNotAllowed:    KindRefused,
	CodePaymentFailed:        KindRefused,
	CodeInsufficientCredit:   KindRefused,
	CodeQuoteChanged:         KindConflict,
	CodeQuoteExpired:         KindRefused,
	CodeQuoteUsed:            KindConflict,
	CodeOrderNotPayable:      KindRefused,
	CodeOrderNotResendable:   KindRefused,
	CodeOrderNotCancellable:  KindRefused,
	CodeOrderNotRefundable:   KindRefused,
	CodeRefundWindowOver:     KindRefused,
	CodeNotUpgradable:        KindRefused,
	CodeNotEditable:          KindRefused,
	CodeNotAssignable:        KindRefused,
	CodeNotTransferable:      KindRefused,
	CodeNotDeletable:         KindRefused,
	CodeNotRenewable:         KindRefused,
	CodeNotActivatable:       KindRefused,
	CodeDeviceLimit:          KindRefused,
	CodeDeviceUnknown:        KindNotFound,
	CodeCodeMistyped:         KindRefused,
	CodeLinkUnknown:          KindNotFound,
	CodeLinkExpired:          KindRefused,
	CodeLinkUsed:             KindRefused,
	CodeLinkRevoked:          KindRefused,
	CodeCustomerUnknown:      KindNotFound,
	CodeInvoiceNotVoid:       KindRefused,
	CodeInvoiceNotPayable:    KindRefused,
	CodeInvalidLogin:         KindUnauthenticated,
	CodeWeakPassword:         KindRefused,
	CodeResellerDisabled:     KindForbidden,
	CodeLastOwner:            KindRefused,
	CodeClockFixed:           KindRefused,
}

// Kind tells how a caller should react to the code. An unknown code is internal.
func (c Code) Kind() Kind { return codeKinds[c] }

// Codes lists every code there is, in no particular order.
func Codes() []Code {
	all := make([]Code, 0, len(codeKinds))
	for c := range codeKinds {
		all = append(all, c)
	}
	return all
}
