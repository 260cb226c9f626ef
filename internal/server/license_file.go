package server

import (
	"context"

	"github.com/resell-cli/resell/internal/api"
	"github.com/resell-cli/resell/internal/licensefile"
	"github.com/resell-cli/resell/internal/service"
)

func (s *Server) licenseFile(ctx context.Context, c service.Caller, in *api.LicenseFileInput) (api.LicenseFile, error) {
	b := in.Body
	made, err := s.service.SignLicenseFile(ctx, c, service.FileOrder{
		License: in.License, Key: b.Key, Serial: b.Serial, Name: b.Name, Encrypt: b.Encrypt,
	})
	return api.LicenseFile{
		File: made.File, Encrypted: b.Encrypt, Code: made.Code, LicenseID: made.LicenseID,
		Device: s.wireDevice(c)(made.DeviceDetails), IssuedAt: made.Issued.String(),
	}, err
}

func (s *Server) publicKeyView(_ context.Context, c service.Caller, _ *api.PublicKeyViewInput) (api.PublicKey, error) {
	key, err := s.service.PublicKey(c)
	return api.PublicKey{Algorithm: "Ed25519", PublicKey: licensefile.FormatPublicKey(key)}, err
}
