package licensing

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestContractState(t *testing.T) {
	t.Parallel()
	today := NewDate(2026, 7, 15)
	tests := []struct {
		name     string
		contract Contract
		want     ContractState
	}{
		{"open-ended", Contract{StartsOn: today.AddDays(-100)}, ContractActive},
		{"first day", Contract{StartsOn: today}, ContractActive},
		{"day before the first", Contract{StartsOn: today.AddDays(1)}, ContractPending},
		{"last day", Contract{StartsOn: today.AddDays(-9), EndsOn: today.AddDays(1)}, ContractActive},
		{"the end itself is out", Contract{StartsOn: today.AddDays(-9), EndsOn: today}, ContractEnded},
		{"closed", Contract{StartsOn: today, ClosedAt: someTime()}, ContractClosed},
		{"closed and ended", Contract{StartsOn: today.AddDays(-9), EndsOn: today, ClosedAt: someTime()}, ContractClosed},
		{"closed before it began", Contract{StartsOn: today.AddDays(1), ClosedAt: someTime()}, ContractClosed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.want, tt.contract.State(today))
			require.Equal(t, tt.want == ContractActive, tt.contract.Active(today))
			if err := tt.contract.CheckOpen(today); tt.want != ContractActive {
				require.Equal(t, CodeContractClosed, CodeOf(err))
			} else {
				require.NoError(t, err)
			}
		})
	}
}

func TestCheckOffer(t *testing.T) {
	t.Parallel()
	device := Product{SKU: "D1", Kind: KindDevice, Terms: List{"full", "perpetual", "trial"}}
	software := Product{SKU: "S1", Kind: KindSoftware, Terms: List{"full", "perpetual"}}
	plan := Product{SKU: "P1", Kind: KindSubscription, Terms: List{"monthly", "yearly"}}
	tests := []struct {
		name     string
		product  Product
		term     string
		quantity int64
		serials  []string
		want     Code // "" where it is offered
	}{
		{"a term it is sold for", software, "full:3", 10, nil, ""},
		{"another plan term", plan, "monthly:6", MaxQuantity, nil, ""},
		{"perpetual software needs no serial", software, "perpetual", 10, nil, ""},
		{"perpetual device with serials", device, "perpetual", 2, []string{"A1", "A2"}, ""},
		{"term device without serials", device, "full:1", 2, nil, ""},
		{"a term it is not sold for", software, "calendar:1", 1, nil, CodeTermNotOffered},
		{"a trial it has not", plan, "trial", 1, nil, CodeTermNotOffered},
		{"no terms at all", Product{Kind: KindSoftware}, "full:1", 1, nil, CodeTermNotOffered},
		{"perpetual device without serials", device, "perpetual", 2, nil, CodeSerialRequired},
		{"perpetual device with no serials given", device, "perpetual", 2, []string{}, CodeSerialRequired},
		{"serials on software", software, "perpetual", 1, []string{"A1"}, CodeSerialNotAllowed},
		{"serials on a term device", device, "full:1", 1, []string{"A1"}, CodeSerialNotAllowed},
		{"fewer than serials", device, "perpetual", 1, []string{"A1", "A2"}, CodeInvalidQuantity},
		{"more than serials", device, "perpetual", 3, []string{"A1", "A2"}, CodeInvalidQuantity},
		{"the same serial twice", device, "perpetual", 2, []string{"A1", "A1"}, CodeInvalidRequest},
		{"an empty serial", device, "perpetual", 2, []string{"A1", ""}, CodeInvalidRequest},
		{"a serial with spaces around", device, "perpetual", 1, []string{" A1"}, CodeInvalidRequest},
		{"a serial of 101 bytes", device, "perpetual", 1, []string{strings.Repeat("x", 101)}, CodeInvalidRequest},
		{"a serial of 100 bytes", device, "perpetual", 1, []string{strings.Repeat("x", 100)}, ""},
		{"none", software, "full:1", 0, nil, CodeInvalidQuantity},
		{"less than none", software, "full:1", -1, nil, CodeInvalidQuantity},
		{"far too many", software, "full:1", 1e12, nil, CodeInvalidQuantity},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			err := tt.product.CheckOffer(term(t, tt.term), tt.quantity, tt.serials)
			if tt.want == "" {
				require.NoError(t, err)
				return
			}
			require.Equal(t, tt.want, CodeOf(err))
		})
	}
}

func TestCheckOfferRepeatsNoSerial(t *testing.T) {
	t.Parallel()
	device := Product{SKU: "D1", Kind: KindDevice, Terms: List{"perpetual"}}
	for _, serials := range [][]string{{"s3cret ", "b"}, {"s3cret", "s3cret"}, {"s3cret"}} {
		err := device.CheckOffer(term(t, "perpetual"), 2, serials)
		e := new(Error)
		require.ErrorAs(t, err, &e)
		require.NotContains(t, fmt.Sprintf("%+v", *e), "s3cret")
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	p := Product{Name: "Sign Player"}
	year := Period{NewDate(2026, 7, 1), NewDate(2027, 7, 1)}
	require.Equal(t, "Sign Player, full:1, from 2026-07-01 to before 2027-07-01", p.Describe(term(t, "full:1"), year, nil))
	require.Equal(t, "Sign Player, perpetual, from 2026-07-01, serial A1, A2",
		p.Describe(term(t, "perpetual"), Period{StartsOn: year.StartsOn}, []string{"A1", "A2"}))
	for _, line := range []OrderLine{
		{Term: "full:1", StartsOn: year.StartsOn, EndsOn: year.EndsOn, Description: p.Describe(term(t, "full:1"), year, nil)},
		{Term: "full:1", StartsOn: year.StartsOn, EndsOn: year.EndsOn, Description: "Sign Player"},
		{Term: "yearly:2", StartsOn: year.StartsOn, Description: p.Describe(term(t, "yearly:2"), Period{StartsOn: year.StartsOn}, nil)},
	} {
		require.Equal(t, "Sign Player", line.Subject())
	}
	require.Equal(t, "Sign Player, serial A1", OrderLine{
		Term: "perpetual", StartsOn: year.StartsOn, Description: p.Describe(term(t, "perpetual"), Period{StartsOn: year.StartsOn}, []string{"A1"}),
	}.Subject())
}
