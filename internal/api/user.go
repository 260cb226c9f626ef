package api

import "strconv"

// User is a person with a login.
type User struct {
	ID        string   `json:"id"`
	Login     string   `json:"login"`
	Email     string   `json:"email"`
	Name      string   `json:"name"`
	Role      string   `json:"role" enum:"owner,seller,support,accountant,viewer"`
	Contracts []string `json:"contracts" nullable:"false" doc:"Ids of the contracts they may buy under; empty for all"`
	State     string   `json:"state" enum:"invited,active,disabled" doc:"invited: a password is mailed, and nobody has signed in with it yet"`
	Version   int64    `json:"version" doc:"Goes up with every change; the ETag"`
	CreatedAt string   `json:"created_at"`
	UpdatedAt string   `json:"updated_at"`
}

// ETag names the version of the user.
func (u User) ETag() string { return `"` + strconv.FormatInt(u.Version, 10) + `"` }

// UserFilter chooses people.
type UserFilter struct {
	Reseller string `query:"reseller" maxLength:"100" doc:"Id or login of a sub-reseller; your own people when left out"`
	Role     string `query:"role" enum:"owner,seller,support,accountant,viewer" doc:"What they may do"`
	State    string `query:"state" enum:"invited,active,disabled" doc:"State of the account"`
	Search   string `query:"search" maxLength:"200" doc:"Text in any field, ignoring case and accents"`
}

// UserCreateBody says who is to have an account.
type UserCreateBody struct {
	Login     string   `json:"login" minLength:"1" maxLength:"64" doc:"a-z, 0-9, dot, hyphen and underscore; unique in the installation"`
	Email     string   `json:"email" minLength:"1" maxLength:"320"`
	Name      string   `json:"name" minLength:"1" maxLength:"500"`
	Role      string   `json:"role" enum:"owner,seller,support,accountant,viewer"`
	Contracts []string `json:"contracts,omitempty" maxItems:"100" nullable:"false" doc:"Ids or numbers of the contracts they may buy under; all when left out"`
	Password  string   `json:"password,omitempty" maxLength:"256" doc:"At least 12 characters; one is made and mailed when left out"`
}

// UserCreateInput is the input of UserCreate.
type UserCreateInput struct {
	Write
	Body UserCreateBody
}

// WithoutSecrets is the input as it may be written down.
func (in UserCreateInput) WithoutSecrets() any {
	in.Body.Password = ""
	return in
}

// UserListInput is the input of UserList.
type UserListInput struct {
	Page
	UserFilter
}

// UserViewInput is the input of UserView.
type UserViewInput struct {
	User string `path:"user" doc:"Id or login"`
}

// UserFields are the details that can be changed.
type UserFields struct {
	Email     *string   `json:"email,omitempty" maxLength:"320"`
	Name      *string   `json:"name,omitempty" maxLength:"500"`
	Role      *string   `json:"role,omitempty" enum:"owner,seller,support,accountant,viewer"`
	Contracts *[]string `json:"contracts,omitempty" maxItems:"100" nullable:"false" doc:"Ids or numbers of the contracts they may buy under; an empty list for all"`
	Disabled  *bool     `json:"disabled,omitempty" doc:"Whoever is disabled is signed out, and cannot sign in"`
}

// UserEditInput is the input of UserEdit.
type UserEditInput struct {
	User    string `path:"user" doc:"Id or login"`
	IfMatch string `header:"If-Match" doc:"Refuses the change with 412 unless the user still has this version"`
	Body    UserFields
}

// UserDeleteInput is the input of UserDelete.
type UserDeleteInput struct {
	User string `path:"user" doc:"Id or login"`
}

// UserPasswordInput is the input of UserPassword.
type UserPasswordInput struct {
	Write
	User string `path:"user" doc:"Id or login"`
}

// SessionPasswordBody is the caller's old password and a new one.
type SessionPasswordBody struct {
	Old string `json:"old" minLength:"1" maxLength:"1024"`
	New string `json:"new" minLength:"1" maxLength:"256" doc:"At least 12 characters"`
}

// SessionPasswordInput is the input of SessionPassword.
type SessionPasswordInput struct {
	Body SessionPasswordBody
}

// UserCreate gives a person an account.
var UserCreate = Op[UserCreateInput, User]{
	ID: "user-create", Method: "POST", Path: "/v1/users", Status: 201,
	Summary: "Create a user", Scope: ScopeTokenWrite, Command: "user create",
}

// UserList lists people, newest first.
var UserList = Op[UserListInput, List[User]]{
	ID: "user-list", Method: "GET", Path: "/v1/users",
	Summary: "List users", Scope: ScopeTokenRead, Command: "user list",
}

// UserView gives one person.
var UserView = Op[UserViewInput, User]{
	ID: "user-view", Method: "GET", Path: "/v1/users/{user}",
	Summary: "View a user", Scope: ScopeTokenRead, Command: "user view",
}

// UserEdit changes the given details of a person.
var UserEdit = Op[UserEditInput, User]{
	ID: "user-edit", Method: "PATCH", Path: "/v1/users/{user}",
	Summary: "Edit a user", Scope: ScopeTokenWrite, Command: "user edit",
}

// UserDelete disables a person; what they did stays on record.
var UserDelete = Op[UserDeleteInput, User]{
	ID: "user-delete", Method: "DELETE", Path: "/v1/users/{user}",
	Summary: "Disable a user", Scope: ScopeTokenWrite, Command: "user delete",
}

// UserPassword has a new password mailed to a person, and ends the old one.
var UserPassword = Op[UserPasswordInput, User]{
	ID: "user-password", Method: "POST", Path: "/v1/users/{user}/password",
	Summary: "Mail a user a new password", Scope: ScopeTokenWrite, Command: "user password",
}

// SessionPassword changes the password of who signed in, and signs them out elsewhere.
var SessionPassword = Op[SessionPasswordInput, User]{
	ID: "session-password", Method: "PUT", Path: "/v1/session/password",
	Summary: "Change one's own password", Scope: ScopeAny, Command: "user password",
}
