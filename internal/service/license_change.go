package service

import (
	"context"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// LicenseChange is details of a license; nil leaves one as it is.
type LicenseChange struct{ Name, Note, Email, InvoiceReference *string }

// EditLicense changes details of a license of the caller. A version other than the
// current one fails with version_conflict; 0 is any. It fails with not_found,
// read_only, license_not_editable or invalid_request.
func (s *Service) EditLicense(ctx context.Context, c Caller, ref string, version int64, in LicenseChange) (licensing.License, error) {
	input := struct {
		Ref     string
		Version int64
		In      LicenseChange
	}{ref, version, in}
	return write(ctx, s, c, "license-edit", input, func(tx *store.Tx) (licensing.License, error) {
		license, err := lockLicense(ctx, tx, c, ref)
		if err != nil {
			return license, err
		}
		if err := checkVersion("license", version, license.Version, license.UpdatedAt); err != nil {
			return license, err
		}
		if err := s.refuse(c, license, license.CheckEdit(s.today(c))); err != nil {
			return license, err
		}
		before := license
		if !in.apply(&license) {
			return license, nil
		}
		if err := in.check(); err != nil {
			return license, err
		}
		return s.saveLicense(ctx, tx, c, "license.edited", before, license)
	})
}

// apply changes a license, and reports whether that makes a difference.
func (in LicenseChange) apply(license *licensing.License) bool {
	changed := false
	set := func(to *string, from *string) {
		if from != nil && *to != *from {
			*to, changed = *from, true
		}
	}
	set(&license.Name, in.Name)
	set(&license.Note, in.Note)
	set(&license.Email, in.Email)
	set(&license.InvoiceReference, in.InvoiceReference)
	return changed
}

func (in LicenseChange) check() error {
	for field, text := range map[string]*string{"name": in.Name, "invoice_reference": in.InvoiceReference} {
		if text == nil {
			continue
		}
		if err := checkLine(field, *text); err != nil {
			return err
		}
	}
	if in.Email != nil && *in.Email != "" {
		return checkEmail(*in.Email)
	}
	return nil
}

// DeleteLicense ends a license that was never activated, and frees its serial
// numbers. No money is returned. It fails with not_found, read_only or
// license_not_deletable.
func (s *Service) DeleteLicense(ctx context.Context, c Caller, ref string) (licensing.License, error) {
	return write(ctx, s, c, "license-delete", ref, func(tx *store.Tx) (licensing.License, error) {
		license, err := lockLicense(ctx, tx, c, ref)
		if err != nil {
			return license, err
		}
		if err := s.refuse(c, license, license.CheckDelete(s.today(c))); err != nil {
			return license, err
		}
		used, err := tx.HadDevice(ctx, license.ID)
		if err != nil {
			return license, err
		}
		if err := s.refuse(c, license, license.CheckUnused(used)); err != nil {
			return license, err
		}
		if err := tx.FreeSerials(ctx, license.ID); err != nil {
			return license, err
		}
		before := license
		license.DeletedAt, license.AutoRenew = licensing.At(s.now()), false
		// Its serial numbers still find it.
		if license, err = s.saveLicense(ctx, tx, c, "license.deleted", before, license); err != nil {
			return license, err
		}
		license.Serials = nil
		return license, nil
	})
}
