package licensing

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestDevicesOfStates(t *testing.T) {
	t.Parallel()
	today, at := NewDate(2026, 7, 15), someTime()
	base := License{ID: "lic_1", EndsOn: today.AddDays(1), Quantity: 2, Devices: 1, CompanyID: "com_1", ActivatedAt: at, Term: "full:1"}
	all := []Action{ActionActivate, ActionLink, ActionActivateDevice, ActionDeactivateDevice, ActionFile, ActionTransfer}
	running := []Action{ActionActivateDevice, ActionDeactivateDevice, ActionFile, ActionTransfer}
	for _, tt := range []struct {
		name         string
		change       func(*License)
		want         []Action
		device       Code   // of one device more
		activate     Code   // for a customer
		transfer     Code   // of a device
		deviceHint   string // says what to do instead
		activateHint string
	}{
		{"active", func(*License) {}, running, "", CodeNotActivatable, "", "", "activate devices"},
		{"assigned", func(l *License) { l.ActivatedAt = Time{} }, all, "", "", "", "", ""},
		{
			"stock", func(l *License) { l.ActivatedAt, l.CompanyID, l.Devices = Time{}, "", 0 },
			[]Action{ActionActivate, ActionLink},
			CodeNotActivatable, "", CodeNotTransferable, "assign it to a company", "",
		},
		{
			"full", func(l *License) { l.Devices = 2 },
			[]Action{ActionDeactivateDevice, ActionFile, ActionTransfer},
			CodeDeviceLimit, CodeNotActivatable, "", "deactivate a device", "",
		},
		{
			"without a device", func(l *License) { l.Devices = 0 },
			[]Action{ActionActivateDevice, ActionFile},
			"", CodeNotActivatable, CodeNotTransferable, "", "",
		},
		{
			"perpetual", func(l *License) { l.EndsOn = Date{} },
			[]Action{ActionActivateDevice, ActionDeactivateDevice, ActionFile},
			"", CodeNotActivatable, CodeNotTransferable, "", "",
		},
		{
			"paused", func(l *License) { l.PausedAt = at },
			[]Action{ActionDeactivateDevice},
			CodeNotActivatable, CodeNotActivatable, CodeNotTransferable, "resume it", "resume it",
		},
		{
			"over", func(l *License) { l.EndsOn = today },
			[]Action{ActionDeactivateDevice},
			CodeNotActivatable, CodeNotActivatable, CodeNotTransferable, "extend it", "extend it",
		},
		{
			"a trial that is over", func(l *License) { l.EndsOn, l.Term = today, "trial:30d" },
			[]Action{ActionDeactivateDevice},
			CodeNotActivatable, CodeNotActivatable, CodeNotTransferable, "paid license", "paid license",
		},
		{
			"refunded", func(l *License) { l.RefundedAt = at },
			[]Action{ActionDeactivateDevice},
			CodeNotActivatable, CodeNotActivatable, CodeNotTransferable, "another license", "another license",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := base
			tt.change(&l)
			require.Equal(t, tt.want, among(l.AllowedActions(today), all...))
			requireRefusal(t, tt.device, tt.deviceHint, l.CheckDevice("SN", today))
			requireRefusal(t, tt.activate, tt.activateHint, l.CheckActivate(today))
			requireRefusal(t, tt.transfer, "", l.CheckTransfer(today))
		})
	}
}

// requireRefusal wants an error with a code and a way out; no code is no error.
func requireRefusal(t *testing.T, code Code, hint string, err error) {
	t.Helper()
	if code == "" {
		require.NoError(t, err)
		return
	}
	require.Error(t, err)
	require.Equal(t, code, CodeOf(err))
	var refusal *Error
	require.ErrorAs(t, err, &refusal)
	require.NotEmpty(t, refusal.Hint)
	require.Contains(t, refusal.Hint, hint)
}

func TestBoundSerials(t *testing.T) {
	t.Parallel()
	today := NewDate(2026, 7, 15)
	l := License{ID: "lic_1", Quantity: 2, CompanyID: "com_1", Serials: []string{"SN-1", "SN-2"}}
	require.NoError(t, l.CheckDevice("SN-2", today))
	requireRefusal(t, CodeSerialNotAllowed, "", l.CheckDevice("sn-2", today))
	requireRefusal(t, CodeSerialNotAllowed, "", l.CheckDevice("SN-3", today))
}

func TestCheckDevice(t *testing.T) {
	t.Parallel()
	require.NoError(t, CheckDevice("SN/1_2:3", "Reception Ä"))
	for _, wrong := range [][2]string{
		{"", ""}, {"a b", ""}, {"a,b", ""}, {"a\x00", ""}, {"ä", ""}, {strings.Repeat("x", 101), ""}, {"SN", "a\nb"}, {"SN", strings.Repeat("x", 201)},
	} {
		require.Equal(t, CodeInvalidRequest, CodeOf(CheckDevice(wrong[0], wrong[1])), wrong)
	}
}

func TestDeviceActions(t *testing.T) {
	t.Parallel()
	today, at := NewDate(2026, 7, 15), someTime()
	l := License{EndsOn: today.AddDays(1), Quantity: 2, Devices: 1, CompanyID: "com_1"}
	require.Equal(t, []Action{ActionDeactivate, ActionTransfer}, Device{ActivatedAt: at}.AllowedActions(l, today))
	require.Equal(t, []Action{}, Device{ActivatedAt: at, DeactivatedAt: at}.AllowedActions(l, today))
	l.EndsOn = Date{}
	require.Equal(t, []Action{ActionDeactivate}, Device{ActivatedAt: at}.AllowedActions(l, today))
}

func TestKeyActions(t *testing.T) {
	t.Parallel()
	today := NewDate(2026, 7, 15)
	ready, over := License{Quantity: 2, CompanyID: "com_1"}, License{EndsOn: today}
	require.Equal(t, []Action{ActionAssign}, Key{Seats: 2}.AllowedActions(nil, today))
	require.Equal(t, []Action{ActionAssign}, Key{Seats: 2}.AllowedActions([]License{over}, today))
	require.Equal(t, []Action{ActionAssign, ActionActivateDevice, ActionDeactivateDevice}, Key{Seats: 2, Devices: 1}.AllowedActions([]License{over, ready}, today))
	require.Equal(t, []Action{ActionAssign, ActionDeactivateDevice}, Key{Seats: 2, Devices: 2}.AllowedActions([]License{ready}, today))
	requireRefusal(t, CodeDeviceLimit, "deactivate", Key{Seats: 2, Devices: 2}.SeatsTaken())
}

func TestLinkCheckOpen(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 7, 15, 12, 0, 0, 0, time.UTC)
	link := Link{ExpiresAt: At(now.Add(time.Second))}
	require.NoError(t, link.CheckOpen(now))
	require.Equal(t, CodeLinkExpired, CodeOf(link.CheckOpen(now.Add(time.Second))))
	link.RevokedAt = At(now)
	require.Equal(t, CodeLinkRevoked, CodeOf(link.CheckOpen(now)))
	link.UsedAt = At(now)
	require.Equal(t, CodeLinkUsed, CodeOf(link.CheckOpen(now)))
}

func TestCheckCustomer(t *testing.T) {
	t.Parallel()
	require.NoError(t, License{}.CheckCustomer("com_1"))
	require.NoError(t, License{CompanyID: "com_1"}.CheckCustomer("com_1"))
	requireRefusal(t, CodeNotActivatable, "registered e-mail", License{ID: "lic_1", CompanyID: "com_1"}.CheckCustomer("com_2"))
}
