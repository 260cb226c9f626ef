package api

// LicenseFile is a signed license file, with which a program runs without a network.
type LicenseFile struct {
	File      string `json:"file" doc:"The file itself, a text"`
	Encrypted bool   `json:"encrypted"`
	Code      string `json:"code" doc:"The key or coupon that is in the file, and that opens an encrypted one"`
	LicenseID string `json:"license_id"`
	Device    Device `json:"device" doc:"The device that it is for, activated"`
	IssuedAt  string `json:"issued_at"`
}

// LicenseFileBody says for which device to make a license file.
type LicenseFileBody struct {
	Serial  string `json:"serial" minLength:"1" maxLength:"100" doc:"Serial number of the device; it is activated unless it is"`
	Name    string `json:"name,omitempty" maxLength:"200" doc:"Of the device, for people"`
	Key     string `json:"key,omitempty" maxLength:"40" doc:"Activate by this key, id or code, instead of the license's own coupon"`
	Encrypt bool   `json:"encrypt,omitempty" doc:"Make it readable only with the code"`
}

// LicenseFileInput is the input of LicenseSignFile.
type LicenseFileInput struct {
	Write
	License string `path:"license" doc:"Id or coupon"`
	Body    LicenseFileBody
}

// PublicKeyViewInput is the input of PublicKeyView.
type PublicKeyViewInput struct{}

// PublicKey is what license files are verified with.
type PublicKey struct {
	Algorithm string `json:"algorithm" enum:"Ed25519"`
	PublicKey string `json:"public_key" doc:"64 hexadecimal digits, as SDKs take it"`
}

// LicenseSignFile makes the license file of a device.
var LicenseSignFile = Op[LicenseFileInput, LicenseFile]{
	ID: "license-file", Method: "POST", Path: "/v1/licenses/{license}/file",
	Summary: "Make a license file", Scope: ScopeLicenseWrite, Command: "license file",
}

// PublicKeyView gives the key that license files are verified with.
var PublicKeyView = Op[PublicKeyViewInput, PublicKey]{
	ID: "public-key-view", Method: "GET", Path: "/v1/public-key",
	Summary: "View the key that verifies license files", Scope: ScopeNone, Command: "license public-key",
}
