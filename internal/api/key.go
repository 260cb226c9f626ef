package api

// Key is an activation key.
type Key struct {
	ID             string       `json:"id"`
	Code           string       `json:"code" doc:"XXXX-XXXX-XXXX-XXXX"`
	Name           string       `json:"name"`
	LicenseID      string       `json:"license_id" doc:"The first license that it unlocks; empty for a key without one"`
	Licenses       []LicenseRef `json:"licenses" nullable:"false" doc:"All that it unlocks"`
	Seats          int64        `json:"seats" doc:"Devices that it can activate at once; they count against the quantity of each of its licenses"`
	Devices        int64        `json:"devices" doc:"Devices that it has activated"`
	CreatedAt      string       `json:"created_at"`
	AllowedActions []string     `json:"allowed_actions" nullable:"false" doc:"What may be done with it now"`
}

// KeyFilter chooses keys, in lists and exports alike.
type KeyFilter struct {
	License string `query:"license" maxLength:"100" doc:"Id or coupon"`
	Order   string `query:"order" maxLength:"100" doc:"Keys of the licenses this order created: id or number"`
	Company string `query:"company" maxLength:"500" doc:"Id, domain, or exact name"`
	Name    string `query:"name" maxLength:"200" doc:"Exact name"`
	Search  string `query:"search" maxLength:"200" doc:"Text that the code or the name begins with, ignoring case and accents"`
}

// KeyGenerateBody says which keys to make.
type KeyGenerateBody struct {
	License string `json:"license,omitempty" maxLength:"100" doc:"Id or coupon; empty for keys without a license"`
	Count   int    `json:"count,omitempty" minimum:"1" maximum:"1000000" doc:"How many, all or none; 1 when left out"`
	Name    string `json:"name,omitempty" maxLength:"200" doc:"{n} becomes the number of the key, {n:4} with leading zeros"`
	Seats   int64  `json:"seats,omitempty" minimum:"1" maximum:"1000000" doc:"Seats of each key; 1 when left out"`
	Key     string `json:"key,omitempty" maxLength:"40" doc:"Your own, in the form XXXX-XXXX-XXXX-XXXX; random when left out"`
}

// KeyGenerateInput is the input of KeyGenerate.
type KeyGenerateInput struct {
	Write
	Body KeyGenerateBody
}

// KeyGenerateResult tells what was made. Keys holds the first 100 of them.
type KeyGenerateResult struct {
	LicenseID string `json:"license_id"`
	Count     int    `json:"count"`
	FirstID   string `json:"first_id"`
	LastID    string `json:"last_id"`
	Keys      []Key  `json:"keys" nullable:"false" doc:"The first 100"`
}

// KeyListInput is the input of KeyList.
type KeyListInput struct {
	Page
	KeyFilter
}

// KeyViewInput is the input of KeyView.
type KeyViewInput struct {
	Key string `path:"key" doc:"Id or code"`
}

// KeyAssignBody says which licenses a key is to unlock.
type KeyAssignBody struct {
	Licenses []string `json:"licenses" minItems:"1" maxItems:"100" nullable:"false" doc:"Ids or coupons; those that it has already stay"`
}

// KeyAssignInput is the input of KeyAssign.
type KeyAssignInput struct {
	Write
	Key  string `path:"key" doc:"Id or code"`
	Body KeyAssignBody
}

// KeyCheckInput is the input of KeyCheck.
type KeyCheckInput struct {
	Code string `path:"code" doc:"A key or a coupon, in any case, with or without hyphens"`
}

// Code is what a code stands for.
type Code struct {
	Code           string       `json:"code" doc:"In its canonical form"`
	Kind           string       `json:"kind" enum:"key,coupon"`
	CheckCharacter bool         `json:"check_character" doc:"Whether its last character is that of the others, as in every generated code; a key of one's own choice has none"`
	ID             string       `json:"id" doc:"Of the key, or of the coupon's license"`
	Name           string       `json:"name"`
	Licenses       []LicenseRef `json:"licenses" nullable:"false" doc:"What it unlocks"`
	AllowedActions []string     `json:"allowed_actions" nullable:"false" doc:"What may be done with the key, or the license, now"`
}

// KeyGenerate makes activation keys, all of them or none.
var KeyGenerate = Op[KeyGenerateInput, KeyGenerateResult]{
	ID: "key-generate", Method: "POST", Path: "/v1/keys", Status: 201,
	Summary: "Generate activation keys", Scope: ScopeKeyWrite, Command: "key generate",
}

// KeyList lists keys, newest first.
var KeyList = Op[KeyListInput, List[Key]]{
	ID: "key-list", Method: "GET", Path: "/v1/keys",
	Summary: "List activation keys", Scope: ScopeKeyRead, Command: "key list",
}

// KeyView gives one key.
var KeyView = Op[KeyViewInput, Key]{
	ID: "key-view", Method: "GET", Path: "/v1/keys/{key}",
	Summary: "View an activation key", Scope: ScopeKeyRead, Command: "key view",
}

// KeyAssign lets a key unlock further licenses, all of them or none.
var KeyAssign = Op[KeyAssignInput, Key]{
	ID: "key-assign", Method: "POST", Path: "/v1/keys/{key}/assign",
	Summary: "Assign licenses to an activation key", Scope: ScopeKeyWrite, Command: "key assign",
}

// KeyCheck tells what a code stands for, and a mistyped one from an unknown one.
var KeyCheck = Op[KeyCheckInput, Code]{
	ID: "key-check", Method: "GET", Path: "/v1/codes/{code}",
	Summary: "Check a code", Scope: ScopeKeyRead, Command: "key check",
}
