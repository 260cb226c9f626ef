package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) deviceList(ctx context.Context, c service.Caller, in *api.DeviceListInput) (api.List[api.Device], error) {
	rows, err := s.service.Devices(ctx, c, service.DeviceQuery(in.DeviceFilter), page(in.Page))
	return listing(rows, err, s.wireDevice(c))
}

func (s *Server) deviceView(ctx context.Context, c service.Caller, in *api.DeviceViewInput) (api.Device, error) {
	device, err := s.service.Device(ctx, c, in.Device)
	return s.wireDevice(c)(device), err
}

func (s *Server) deviceActivate(ctx context.Context, c service.Caller, in *api.DeviceActivateInput) (api.Device, error) {
	device, err := s.service.ActivateDevice(ctx, c, service.DeviceActivation(in.Body))
	return s.wireDevice(c)(device), err
}

func (s *Server) deviceDeactivate(ctx context.Context, c service.Caller, in *api.DeviceDeactivateInput) (api.Device, error) {
	device, err := s.service.DeactivateDevice(ctx, c, in.Device)
	return s.wireDevice(c)(device), err
}

func (s *Server) licenseTransfer(ctx context.Context, c service.Caller, in *api.LicenseTransferInput) (api.Device, error) {
	device, err := s.service.TransferDevice(ctx, c, service.Transfer{
		License: in.License, FromSerial: in.Body.FromSerial, ToSerial: in.Body.ToSerial,
	})
	return s.wireDevice(c)(device), err
}

// wireDevice maps a device as it is on the vendor's date now.
func (s *Server) wireDevice(c service.Caller) func(service.DeviceDetails) api.Device {
	today, wire := s.service.Today(c), s.wireLicenseRef(c)
	return func(d service.DeviceDetails) api.Device {
		state := "active"
		if !d.Active() {
			state = "deactivated"
		}
		return api.Device{
			ID: d.ID, Serial: d.Serial, Name: d.Name, State: state, License: wire(d.License), KeyID: string(d.KeyID), Key: string(d.KeyCode),
			ActivatedAt: d.ActivatedAt.String(), DeactivatedAt: some(d.DeactivatedAt.String()),
			AllowedActions: actions(d.AllowedActions(d.License, today)),
		}
	}
}

func (s *Server) wireLicenseRef(c service.Caller) func(licensing.License) api.LicenseRef {
	today := s.service.Today(c)
	return func(l licensing.License) api.LicenseRef {
		return api.LicenseRef{
			ID: l.ID, Coupon: l.Coupon, Product: l.ProductSKU, Company: companyRef(l.CompanyID, l.CompanyName, l.CompanyDomain),
			State: string(l.State(today)), EndsOn: some(l.EndsOn.String()),
		}
	}
}
