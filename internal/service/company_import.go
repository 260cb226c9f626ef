package service

import (
	"context"
	"errors"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// CompanyImport is a batch of companies, told apart by their domains.
type CompanyImport struct {
	Companies []CompanyChange
	Update    bool // change those that exist and differ
	DryRun    bool // change nothing
}

// ImportStatus is what became of one company of a batch.
type ImportStatus string

// The outcomes of an import's row.
const (
	ImportCreated   ImportStatus = "created"
	ImportUnchanged ImportStatus = "unchanged"
	ImportUpdated   ImportStatus = "updated"
	ImportDiffers   ImportStatus = "differs" // it exists with other details, and no update was asked for
	ImportFailed    ImportStatus = "failed"
)

// ImportRow is what became of one company of a batch.
type ImportRow struct {
	ID      string
	Status  ImportStatus
	Code    licensing.Code
	Message string
}

// ImportCompanies creates and, where asked to, updates companies of the caller, each
// atomically, all in one transaction. The results are in the order of the batch.
func (s *Service) ImportCompanies(ctx context.Context, c Caller, in CompanyImport) ([]ImportRow, error) {
	c.DryRun = in.DryRun
	return write(ctx, s, c, "company-import", in, func(tx *store.Tx) ([]ImportRow, error) {
		rows := make([]ImportRow, 0, len(in.Companies))
		for _, change := range in.Companies {
			row, err := s.importCompany(ctx, tx, c, change, in.Update)
			if err != nil {
				return nil, err
			}
			if in.DryRun && row.Status == ImportCreated {
				row.ID = "" // nothing has it
			}
			rows = append(rows, row)
		}
		return rows, nil
	})
}

func (s *Service) importCompany(ctx context.Context, tx *store.Tx, c Caller, change CompanyChange, update bool) (ImportRow, error) {
	var row ImportRow
	err := tx.Nested(ctx, func() error {
		var err error
		row, err = s.importOne(ctx, tx, c, change, update)
		return err
	})
	var refusal *licensing.Error
	if errors.As(err, &refusal) && refusal.Code.Kind() != licensing.KindInternal {
		return ImportRow{Status: ImportFailed, Code: refusal.Code, Message: refusal.Detail}, nil
	}
	return row, err
}

func (s *Service) importOne(ctx context.Context, tx *store.Tx, c Caller, change CompanyChange, update bool) (ImportRow, error) {
	var wanted licensing.Company
	change.apply(&wanted)
	if wanted.Domain == "" {
		return ImportRow{}, licensing.Invalid("domain", "is missing: it tells an import's companies apart")
	}
	existing, err := tx.CompanyByDomain(ctx, c.Reseller.ID, string(wanted.Domain))
	if store.IsNotFound(err) {
		created, err := s.createCompany(ctx, tx, c, change)
		return ImportRow{ID: created.ID, Status: ImportCreated}, err
	}
	if err != nil {
		return ImportRow{}, err
	}
	changed := existing
	change.apply(&changed)
	switch {
	case changed == existing:
		return ImportRow{ID: existing.ID, Status: ImportUnchanged}, nil
	case !update:
		return ImportRow{ID: existing.ID, Status: ImportDiffers}, nil
	}
	_, err = s.changeCompany(ctx, tx, c, existing, change)
	return ImportRow{ID: existing.ID, Status: ImportUpdated}, err
}
