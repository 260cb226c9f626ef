package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
	"github.com/resell-cli/resell/internal/store"
)

func (s *Server) dashboardView(ctx context.Context, c service.Caller, in *api.DashboardViewInput) (api.Dashboard, error) {
	d, err := s.service.Dashboard(ctx, c, in.Reseller)
	if err != nil {
		return api.Dashboard{}, err
	}
	return api.Dashboard{
		Reseller: d.Reseller.Login, Name: d.Reseller.Name, Date: d.On.String(),
		Expiring: mapped(d.Expiring, func(w service.Week) api.DashboardWeek {
			return api.DashboardWeek{From: w.From.String(), To: w.To.String(), Licenses: w.Licenses, Quantity: w.Quantity}
		}),
		Revenue: mapped(d.Revenue, func(m service.MonthSum) api.DashboardMonth {
			return api.DashboardMonth{
				Month: m.Month.String()[:len("2006-01")], Currency: m.Currency, Orders: m.Orders,
				Ordered: m.Ordered, Refunded: m.Refunded, Amount: m.Ordered - m.Refunded,
			}
		}),
		Balances: mapped(d.Balances, func(b licensing.Balance) api.DashboardBalance {
			return api.DashboardBalance{Currency: b.Currency, Amount: b.Amount, CreditLimit: b.CreditLimit}
		}),
		Licenses: mapped(d.States, func(x store.StateCount) api.DashboardState {
			return api.DashboardState{State: string(x.State), Licenses: x.Licenses, Quantity: x.Quantity}
		}),
	}, nil
}
