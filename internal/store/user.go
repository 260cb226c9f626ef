package store

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
)

// UserFilter chooses people. Reseller is whose they are, "" for the vendor's own;
// other fields, where they are empty, choose nothing out.
type UserFilter struct {
	Reseller string
	Role     string
	State    licensing.UserState
	Search   string
}

func (f UserFilter) conditions() *conditions {
	var c conditions
	c.ofReseller("u.reseller_id", f.Reseller)
	c.equal("u.role", f.Role)
	switch f.State {
	case licensing.UserInvited:
		c.terms = append(c.terms, "u.disabled_at IS NULL AND u.password_mail <> ''")
	case licensing.UserActive:
		c.terms = append(c.terms, "u.disabled_at IS NULL AND u.password_mail = ''")
	case licensing.UserDisabled:
		c.terms = append(c.terms, "u.disabled_at IS NOT NULL")
	}
	c.search("u.search_text", f.Search)
	return &c
}

func selectUser() string {
	return "SELECT " + columnsOf[licensing.User]("u") + " FROM users u"
}

// Users lists people, newest first.
func (tx *Tx) Users(ctx context.Context, f UserFilter, p Page) ([]licensing.User, error) {
	c := f.conditions()
	rest := c.page("u.id", p)
	return selectAll[licensing.User](ctx, tx, selectUser()+rest, c.args...)
}

// User gives a person by id or login.
func (tx *Tx) User(ctx context.Context, ref string) (licensing.User, error) {
	return get[licensing.User](ctx, tx, selectUser()+" WHERE u.id = $1 OR u.login = $1", ref)
}

// UserByLogin gives a person by login.
func (tx *Tx) UserByLogin(ctx context.Context, login string) (licensing.User, error) {
	return get[licensing.User](ctx, tx, selectUser()+" WHERE u.login = $1", login)
}

// UserForUpdate gives a person by id and keeps others from changing them until the
// transaction ends.
func (tx *Tx) UserForUpdate(ctx context.Context, id string) (licensing.User, error) {
	return get[licensing.User](ctx, tx, selectUser()+" WHERE u.id = $1"+tx.forUpdate("u"), id)
}

// UsersByEmail gives the people with an e-mail address who are not disabled, of any
// reseller, two at most.
func (tx *Tx) UsersByEmail(ctx context.Context, email string) ([]licensing.User, error) {
	return selectAll[licensing.User](ctx, tx, selectUser()+" WHERE u.email = $1 AND u.disabled_at IS NULL ORDER BY u.id LIMIT 2", email)
}

// OwnersForUpdate gives the ids of a reseller's owners who are not disabled, or of
// the vendor's, and keeps others from changing them until the transaction ends.
func (tx *Tx) OwnersForUpdate(ctx context.Context, reseller string) ([]string, error) {
	var c conditions
	c.ofReseller("u.reseller_id", reseller)
	c.equal("u.role", string(licensing.RoleOwner))
	c.terms = append(c.terms, "u.disabled_at IS NULL")
	return selectAll[string](ctx, tx, "SELECT u.id FROM users u"+c.String()+" ORDER BY u.id"+tx.forUpdate("u"), c.args...)
}

// InsertUser adds a person. It fails with ErrExists where the login is taken.
func (tx *Tx) InsertUser(ctx context.Context, u licensing.User) error {
	u.SearchText = userSearchText(u)
	return insert(ctx, tx, "users", u)
}

// UpdateUser changes a person.
func (tx *Tx) UpdateUser(ctx context.Context, u licensing.User) error {
	u.SearchText = userSearchText(u)
	return update(ctx, tx, "users", u)
}

func userSearchText(u licensing.User) string {
	return searchText(u.ID, u.Login, u.Email, u.Name)
}
