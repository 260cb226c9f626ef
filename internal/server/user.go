package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) userCreate(ctx context.Context, c service.Caller, in *api.UserCreateInput) (api.User, error) {
	user, err := s.service.CreateUser(ctx, c, service.NewUser{
		Login: in.Body.Login, Email: in.Body.Email, Name: in.Body.Name, Role: licensing.Role(in.Body.Role),
		Contracts: in.Body.Contracts, Password: in.Body.Password,
	})
	return wireUser(user), err
}

func (s *Server) userList(ctx context.Context, c service.Caller, in *api.UserListInput) (api.List[api.User], error) {
	rows, err := s.service.Users(ctx, c, service.UserQuery{
		Reseller: in.Reseller, Role: licensing.Role(in.Role), State: licensing.UserState(in.State), Search: in.Search,
	}, page(in.Page))
	return listing(rows, err, wireUser)
}

func (s *Server) userView(ctx context.Context, c service.Caller, in *api.UserViewInput) (api.User, error) {
	user, err := s.service.User(ctx, c, in.User)
	return wireUser(user), err
}

func (s *Server) userEdit(ctx context.Context, c service.Caller, in *api.UserEditInput) (api.User, error) {
	version, err := versionOf(in.IfMatch, "a user")
	if err != nil {
		return api.User{}, err
	}
	change := service.UserChange{Email: in.Body.Email, Name: in.Body.Name, Contracts: in.Body.Contracts, Disabled: in.Body.Disabled}
	if in.Body.Role != nil {
		change.Role = new(licensing.Role(*in.Body.Role))
	}
	user, err := s.service.EditUser(ctx, c, in.User, version, change)
	return wireUser(user), err
}

func (s *Server) userDelete(ctx context.Context, c service.Caller, in *api.UserDeleteInput) (api.User, error) {
	user, err := s.service.EditUser(ctx, c, in.User, 0, service.UserChange{Disabled: new(true)})
	return wireUser(user), err
}

func (s *Server) userPassword(ctx context.Context, c service.Caller, in *api.UserPasswordInput) (api.User, error) {
	user, err := s.service.ResetPassword(ctx, c, in.User)
	return wireUser(user), err
}

// sessionPassword counts wrong old passwords with the wrong guesses at the login: a
// token that was found is no way to try passwords.
func (s *Server) sessionPassword(ctx context.Context, c service.Caller, in *api.SessionPasswordInput) (api.User, error) {
	end, err := s.guesses.begin(answerHeaders(ctx), c.User.Login, guessLogin)
	if err != nil {
		return api.User{}, err
	}
	user, err := s.service.ChangePassword(ctx, c, in.Body.Old, in.Body.New)
	end(err)
	return wireUser(user), err
}

func wireUser(u licensing.User) api.User {
	return api.User{
		ID: u.ID, Login: u.Login, Email: u.Email, Name: u.Name, Role: string(u.Role), Contracts: words(u.Contracts),
		State: string(u.State()), Version: u.Version, CreatedAt: u.CreatedAt.String(), UpdatedAt: u.UpdatedAt.String(),
	}
}
