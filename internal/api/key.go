package api

// Key is an activation key.
type Key struct {
	ID        string `json:"id"`
	Code      string `json:"code" doc:"XXXX-XXXX-XXXX-XXXX"`
	Name      string `json:"name"`
	LicenseID string `json:"license_id" doc:"Empty for a key without a license"`
	Seats     int64  `json:"seats"`
	CreatedAt string `json:"created_at"`
}

// KeyFilter chooses keys, in lists and exports alike.
type KeyFilter struct {
	License string `query:"license" maxLength:"100" doc:"Id or coupon"`
	Order   string `query:"order" maxLength:"100" doc:"Keys of the licenses this order created: id or number"`
	Company string `query:"company" maxLength:"500" doc:"Id, domain, or exact name"`
	Name    string `query:"name" maxLength:"200" doc:"Exact name"`
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
