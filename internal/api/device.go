package api

// Device is one activation of a license, by its coupon or one of its keys.
type Device struct {
	ID             string     `json:"id"`
	Serial         string     `json:"serial" doc:"Unique among the active devices of a license"`
	Name           string     `json:"name"`
	State          string     `json:"state" enum:"active,deactivated"`
	License        LicenseRef `json:"license"`
	KeyID          string     `json:"key_id" doc:"The key that has activated it; empty for the license itself"`
	Key            string     `json:"key" doc:"Code of that key"`
	ActivatedAt    string     `json:"activated_at"`
	DeactivatedAt  *string    `json:"deactivated_at"`
	AllowedActions []string   `json:"allowed_actions" nullable:"false" doc:"What may be done with it now"`
}

// DeviceFilter chooses devices.
type DeviceFilter struct {
	License string `query:"license" maxLength:"100" doc:"Id or coupon"`
	Company string `query:"company" maxLength:"500" doc:"Id, domain, or exact name"`
	Key     string `query:"key" maxLength:"40" doc:"Id or code"`
	Serial  string `query:"serial" maxLength:"100" doc:"Exact serial number"`
	State   string `query:"state" enum:"active,deactivated" doc:"Whether it is activated now"`
	Search  string `query:"search" maxLength:"200" doc:"Text in any field, ignoring case and accents"`
}

// DeviceListInput is the input of DeviceList.
type DeviceListInput struct {
	Page
	DeviceFilter
}

// DeviceViewInput is the input of DeviceView.
type DeviceViewInput struct {
	Device string `path:"device" doc:"Id"`
}

// DeviceActivateBody says which device to activate, and by what.
type DeviceActivateBody struct {
	License string `json:"license,omitempty" maxLength:"100" doc:"Id or coupon; or else give a key"`
	Key     string `json:"key,omitempty" maxLength:"40" doc:"Id or code; it activates on each of its licenses that runs"`
	Serial  string `json:"serial" minLength:"1" maxLength:"100" doc:"Letters, digits and signs"`
	Name    string `json:"name,omitempty" maxLength:"200"`
}

// DeviceActivateInput is the input of DeviceActivate.
type DeviceActivateInput struct {
	Write
	Body DeviceActivateBody
}

// DeviceDeactivateInput is the input of DeviceDeactivate.
type DeviceDeactivateInput struct {
	Write
	Device string `path:"device" doc:"Id"`
}

// LicenseTransferBody says which device of a license is replaced by which.
type LicenseTransferBody struct {
	FromSerial string `json:"from_serial" minLength:"1" maxLength:"100" doc:"Serial number of an active device"`
	ToSerial   string `json:"to_serial" minLength:"1" maxLength:"100" doc:"Serial number of the one that replaces it"`
}

// LicenseTransferInput is the input of LicenseTransfer.
type LicenseTransferInput struct {
	Write
	License string `path:"license" doc:"Id or coupon"`
	Body    LicenseTransferBody
}

// DeviceList lists devices, those that were activated last first.
var DeviceList = Op[DeviceListInput, List[Device]]{
	ID: "device-list", Method: "GET", Path: "/v1/devices",
	Summary: "List devices", Scope: ScopeKeyRead, Command: "device list",
}

// DeviceView gives one device.
var DeviceView = Op[DeviceViewInput, Device]{
	ID: "device-view", Method: "GET", Path: "/v1/devices/{device}",
	Summary: "View a device", Scope: ScopeKeyRead, Command: "device view",
}

// DeviceActivate activates a device; one that is active already stays as it is.
var DeviceActivate = Op[DeviceActivateInput, Device]{
	ID: "device-activate", Method: "POST", Path: "/v1/devices",
	Summary: "Activate a device", Scope: ScopeKeyWrite, Command: "device activate",
}

// DeviceDeactivate ends an activation, and frees its place.
var DeviceDeactivate = Op[DeviceDeactivateInput, Device]{
	ID: "device-deactivate", Method: "POST", Path: "/v1/devices/{device}/deactivate",
	Summary: "Deactivate a device", Scope: ScopeKeyWrite, Command: "device deactivate",
}

// LicenseTransfer moves an active device to a new serial number, in the same seat.
var LicenseTransfer = Op[LicenseTransferInput, Device]{
	ID: "license-transfer", Method: "POST", Path: "/v1/licenses/{license}/transfer",
	Summary: "Transfer a license to a replacement device", Scope: ScopeLicenseWrite, Command: "license transfer",
}
