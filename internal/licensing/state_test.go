package licensing

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func someTime() Time { return At(time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)) }

// anyLicense draws one with every mark that states depend on set or not, at once.
func anyLicense(t *rapid.T, today Date) License {
	mark := func(name string) Time {
		if rapid.Bool().Draw(t, name) {
			return someTime()
		}
		return Time{}
	}
	l := License{
		ID:          "lic_1",
		RefundedAt:  mark("refunded"),
		DeletedAt:   mark("deleted"),
		PausedAt:    mark("paused"),
		ActivatedAt: mark("activated"),
		CompanyID:   rapid.SampledFrom([]Ref{"", "com_1"}).Draw(t, "company"),
		Billing:     rapid.SampledFrom([]Billing{BillingUnbilled, BillingInvoiced, BillingPaid, BillingFree}).Draw(t, "billing"),
		Quantity:    10,
		KeySeats:    rapid.Int64Range(0, 10).Draw(t, "seats"),
		Devices:     rapid.Int64Range(0, 10).Draw(t, "devices"),
		Term:        "full:1",
		AutoRenew:   rapid.Bool().Draw(t, "auto-renew"),
		AnchorDay:   rapid.Int64Range(1, 31).Draw(t, "anchor"),
	}
	if rapid.Bool().Draw(t, "ends") {
		l.EndsOn = today.AddDays(rapid.IntRange(-2, 2).Draw(t, "days left"))
	}
	return l
}

func TestState(t *testing.T) {
	t.Parallel()
	today, at := NewDate(2026, 7, 15), someTime()
	tests := []struct {
		name    string
		license License
		want    State
	}{
		{"stock", License{}, StateAvailable},
		{"has a company", License{CompanyID: "com_1"}, StateAssigned},
		{"activated", License{ActivatedAt: at}, StateActive},
		{"activated by its company", License{ActivatedAt: at, CompanyID: "com_1"}, StateActive},
		{"last day", License{ActivatedAt: at, EndsOn: today.AddDays(1)}, StateActive},
		{"the end itself is out", License{ActivatedAt: at, EndsOn: today}, StateExpired},
		{"ended yesterday, in stock", License{EndsOn: today.AddDays(-1)}, StateExpired},
		{"perpetual", License{CompanyID: "com_1", StartsOn: today.AddDays(-9999)}, StateAssigned},
		{"paused", License{PausedAt: at, ActivatedAt: at, CompanyID: "com_1"}, StatePaused},
		{"paused and past its end", License{PausedAt: at, EndsOn: today}, StatePaused},
		{"deleted while paused", License{DeletedAt: at, PausedAt: at}, StateDeleted},
		{"refunded and past its end", License{RefundedAt: at, ActivatedAt: at, EndsOn: today}, StateRefunded},
		{"refunded, then deleted", License{RefundedAt: at, DeletedAt: at}, StateRefunded},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, tt.license.State(today))
		})
	}
}

func TestStateIsTheFirstThatFits(t *testing.T) {
	t.Parallel()
	today := NewDate(2026, 7, 15)
	fits := map[State]func(License) bool{
		StateRefunded:  func(l License) bool { return !l.RefundedAt.IsZero() },
		StateDeleted:   func(l License) bool { return !l.DeletedAt.IsZero() },
		StatePaused:    func(l License) bool { return !l.PausedAt.IsZero() },
		StateExpired:   func(l License) bool { return !l.EndsOn.IsZero() && today.DaysUntil(l.EndsOn) <= 0 },
		StateActive:    func(l License) bool { return !l.ActivatedAt.IsZero() },
		StateAssigned:  func(l License) bool { return l.CompanyID != "" },
		StateAvailable: func(License) bool { return true },
	}
	order := []State{StateRefunded, StateDeleted, StatePaused, StateExpired, StateActive, StateAssigned, StateAvailable}
	require.Equal(t, order, States())
	rapid.Check(t, func(t *rapid.T) {
		l := anyLicense(t, today)
		first := slices.IndexFunc(order, func(s State) bool { return fits[s](l) })
		require.Equal(t, order[first], l.State(today))
	})
}

func TestActionsOfStates(t *testing.T) {
	t.Parallel()
	today, at := NewDate(2026, 7, 15), someTime()
	ahead, over := today.AddDays(1), today
	base := License{EndsOn: ahead, Quantity: 5, CompanyID: "com_1", Billing: BillingInvoiced}
	with := func(change func(*License)) License { l := base; change(&l); return l }
	tests := []struct {
		name    string
		license License
		want    []Action
	}{
		{"assigned", base, []Action{ActionExtend, ActionPause, ActionGenerateKey, ActionEdit, ActionDelete}},
		{"to be billed", with(func(l *License) { l.Billing = BillingUnbilled }), []Action{ActionExtend, ActionPause, ActionGenerateKey, ActionInvoice, ActionEdit, ActionDelete}},
		{"unbilled stock", with(func(l *License) { l.Billing, l.CompanyID = BillingUnbilled, "" }), []Action{ActionExtend, ActionPause, ActionGenerateKey, ActionEdit, ActionDelete}},
		{"perpetual", with(func(l *License) { l.EndsOn = Date{} }), []Action{ActionPause, ActionGenerateKey, ActionEdit, ActionDelete}},
		{"all seats given", with(func(l *License) { l.KeySeats = 5 }), []Action{ActionExtend, ActionPause, ActionEdit, ActionDelete}},
		{"paused", with(func(l *License) { l.PausedAt = at }), []Action{ActionExtend, ActionResume, ActionGenerateKey, ActionEdit, ActionDelete}},
		{"expired", with(func(l *License) { l.EndsOn = over }), []Action{ActionExtend, ActionEdit, ActionDelete}},
		{"expired and unbilled", with(func(l *License) { l.EndsOn, l.Billing = over, BillingUnbilled }), []Action{ActionExtend, ActionInvoice, ActionEdit, ActionDelete}},
		{"activated", with(func(l *License) { l.ActivatedAt = at }), []Action{ActionExtend, ActionPause, ActionGenerateKey, ActionEdit}},
		{"has a device", with(func(l *License) { l.Devices = 1 }), []Action{ActionExtend, ActionPause, ActionGenerateKey, ActionEdit}},
		{"deleted", with(func(l *License) { l.DeletedAt, l.Billing = at, BillingUnbilled }), []Action{}},
		{"refunded", with(func(l *License) { l.RefundedAt, l.Billing = at, BillingUnbilled }), []Action{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, among(tt.license.AllowedActions(today), ActionExtend, ActionPause, ActionResume, ActionGenerateKey, ActionInvoice, ActionEdit, ActionDelete))
		})
	}
}

// among leaves out the actions that a test is not about.
func among(actions []Action, those ...Action) []Action {
	kept := []Action{}
	for _, a := range actions {
		if slices.Contains(those, a) {
			kept = append(kept, a)
		}
	}
	return kept
}

func TestAllowedActionsAgreeWithTheChecks(t *testing.T) {
	t.Parallel()
	today := NewDate(2026, 7, 15)
	rapid.Check(t, func(t *rapid.T) {
		l := anyLicense(t, today)
		allowed := l.AllowedActions(today)
		for _, c := range []struct {
			action Action
			err    error
			codes  []Code
		}{
			{ActionExtend, l.CheckExtend(today), []Code{CodeNotExtendable}},
			{ActionPause, l.CheckPause(today), []Code{CodeNotPausable}},
			{ActionResume, l.CheckResume(today), []Code{CodeNotResumable}},
			{ActionGenerateKey, l.CheckGenerate(today), []Code{CodeLicenseNotUsable, CodeSeatsExceeded}},
			{ActionAssignKey, l.CheckGenerate(today), []Code{CodeLicenseNotUsable, CodeSeatsExceeded}},
			{ActionActivate, l.CheckActivate(today), []Code{CodeNotActivatable}},
			{ActionLink, l.CheckActivate(today), []Code{CodeNotActivatable}},
			{ActionFile, l.CheckDevices(today), []Code{CodeNotActivatable}},
			{ActionTransfer, l.CheckTransfer(today), []Code{CodeNotTransferable}},
			{ActionActivateDevice, l.CheckDevice("SN", today), []Code{CodeNotActivatable, CodeDeviceLimit}},
			{ActionInvoice, l.CheckInvoice(), []Code{CodeLicenseWithoutComp, CodeNothingToInvoice}},
			{ActionEdit, l.CheckEdit(today), []Code{CodeNotEditable}},
			{ActionDelete, l.CheckDelete(today), []Code{CodeNotDeletable}},
			{ActionAssign, l.CheckAssign(l.Quantity, today), []Code{CodeNotAssignable}},
			{ActionAutoRenewOn, l.checkAutoRenewOn(today), []Code{CodeNotRenewable}},
			{ActionAutoRenewOff, l.checkAutoRenewOff(), []Code{CodeNotRenewable}},
		} {
			require.Equal(t, c.err == nil, slices.Contains(allowed, c.action), c.action)
			if c.err != nil {
				require.Contains(t, c.codes, CodeOf(c.err), c.action)
			}
		}
		_, err := l.Extend(Term{Kind: TermFull, N: 1}, today, false)
		require.Equal(t, slices.Contains(allowed, ActionExtend), err == nil, "what is offered can be done")
		require.False(t, slices.Contains(allowed, ActionPause) && slices.Contains(allowed, ActionResume))
	})
}
