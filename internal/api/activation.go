package api

// Activation is how a code stands on a device, for the vendor's own software.
type Activation struct {
	Valid       bool          `json:"valid" doc:"Whether the device may be used: one of the licenses runs, and the device is active on it"`
	Reason      string        `json:"reason" enum:",device_unknown,license_not_usable" doc:"Why it may not: it is not active, or no license of the code runs"`
	Serial      string        `json:"serial"`
	Name        string        `json:"name" doc:"Of the device, as it was given when it was activated"`
	ActivatedAt *string       `json:"activated_at"`
	Licenses    []CodeLicense `json:"licenses" nullable:"false" doc:"What the code unlocks"`
}

// CodeLicense is what the holder of a code is told of a license.
type CodeLicense struct {
	Product     string  `json:"product" doc:"SKU"`
	ProductName string  `json:"product_name"`
	Edition     string  `json:"edition"`
	Kind        string  `json:"kind" enum:"device,software,support,subscription"`
	Metric      string  `json:"metric" doc:"What the quantity counts: users, devices, screens, servers or channels"`
	Quantity    int64   `json:"quantity"`
	State       string  `json:"state" enum:"refunded,deleted,paused,expired,active,assigned,available"`
	StartsOn    string  `json:"starts_on"`
	EndsOn      *string `json:"ends_on" doc:"First day on which it is no longer valid, in the vendor's time zone; null when perpetual"`
	Valid       bool    `json:"valid" doc:"Whether it runs, and the device is active on it"`
}

// ActivationBody is a code with the device that it is used on.
type ActivationBody struct {
	Code   string `json:"code" minLength:"1" maxLength:"40" doc:"A key or a coupon, in any case, with or without hyphens"`
	Serial string `json:"serial" minLength:"1" maxLength:"100" doc:"Letters, digits and signs that name the device"`
}

// ActivationCreateBody is a code with the device to be activated.
type ActivationCreateBody struct {
	ActivationBody
	Name string `json:"name,omitempty" maxLength:"200" doc:"Of the device, for people"`
}

// ActivationCreateInput is the input of ActivationCreate.
type ActivationCreateInput struct {
	Write
	Body ActivationCreateBody
}

// ActivationDeactivateInput is the input of ActivationDeactivate.
type ActivationDeactivateInput struct {
	Write
	Body ActivationBody
}

// ActivationCheckInput is the input of ActivationCheck.
type ActivationCheckInput struct {
	Body ActivationBody
}

const withoutToken = "vendors' software calls it, with a code in place of a token"

// ActivationCreate activates a device with a code; one that is active already stays as
// it is.
var ActivationCreate = Op[ActivationCreateInput, Activation]{
	ID: "activation-create", Method: "POST", Path: "/v1/activations",
	Summary: "Activate a device with a code", Scope: ScopeNone, NoCommand: withoutToken,
}

// ActivationDeactivate ends what a device has active with a code, and frees its place.
var ActivationDeactivate = Op[ActivationDeactivateInput, Activation]{
	ID: "activation-deactivate", Method: "POST", Path: "/v1/activations/deactivate",
	Summary: "Deactivate a device with a code", Scope: ScopeNone, NoCommand: withoutToken,
}

// ActivationCheck tells how a code stands on a device, and changes nothing. It is a POST
// so that the code is in no address.
var ActivationCheck = Op[ActivationCheckInput, Activation]{
	ID: "activation-check", Method: "POST", Path: "/v1/activations/check",
	Summary: "Check a device with a code", Scope: ScopeNone, NoCommand: withoutToken,
}
