package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) clockView(_ context.Context, c service.Caller, _ *api.ClockViewInput) (api.Clock, error) {
	return wireClock(s.service.Clock(c)), nil
}

func (s *Server) clockAdvance(ctx context.Context, c service.Caller, in *api.ClockAdvanceInput) (api.ClockAdvanced, error) {
	advance := service.Advance{By: in.Body.By}
	if err := dates(dateParam{"to", in.Body.To, &advance.To}); err != nil {
		return api.ClockAdvanced{}, err
	}
	clock, done, err := s.service.AdvanceClock(ctx, c, advance)
	return api.ClockAdvanced{Clock: wireClock(clock), Renewed: done.Renewed, NotRenewed: done.Failed}, err
}

func wireClock(c service.Clock) api.Clock {
	return api.Clock{Now: c.Now.String(), Today: c.Today.String(), TimeZone: c.TimeZone, Movable: c.Movable}
}
