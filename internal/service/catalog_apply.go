package service

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// ApplyCatalog makes the installation as the catalogue says, for its bootstrap: what
// is missing is added, what differs is changed, and what it does not name stays. A
// product or contract that it names has the prices that it gives, and no others. A
// second time, it changes nothing. It fails with invalid_request or already_exists.
func (s *Service) ApplyCatalog(ctx context.Context, catalog Catalog) error {
	if err := catalog.check(); err != nil {
		return err
	}
	return s.store.Update(ctx, func(tx *store.Tx) error { return s.applyCatalog(ctx, tx, catalog) })
}

// ChangeCatalog is ApplyCatalog for the vendor, and tells what it changed, or would
// change. It fails as ApplyCatalog does, or with scope_missing.
func (s *Service) ChangeCatalog(ctx context.Context, c Caller, catalog Catalog, dryRun bool) ([]CatalogChange, error) {
	if err := catalog.check(); err != nil {
		return nil, err
	}
	if dryRun {
		if err := c.isVendor(); err != nil {
			return nil, err
		}
		return s.planCatalog(ctx, catalog)
	}
	return vendorWrite(ctx, s, c, "catalog-apply", catalog, func(tx *store.Tx) ([]CatalogChange, error) {
		changes, err := s.compareApplied(ctx, tx, catalog)
		if err != nil || len(changes) == 0 {
			return changes, err
		}
		return changes, s.record(ctx, tx, c, "catalog.applied", "catalog", nil, changes)
	})
}

// planCatalog applies a catalogue and takes it back.
func (s *Service) planCatalog(ctx context.Context, catalog Catalog) ([]CatalogChange, error) {
	var changes []CatalogChange
	err := s.store.Update(ctx, func(tx *store.Tx) error {
		var err error
		if changes, err = s.compareApplied(ctx, tx, catalog); err != nil {
			return err
		}
		return errDryRun
	})
	if errors.Is(err, errDryRun) {
		err = nil
	}
	return changes, err
}

func (s *Service) compareApplied(ctx context.Context, tx *store.Tx, catalog Catalog) ([]CatalogChange, error) {
	before, err := catalogOf(ctx, tx)
	if err != nil {
		return nil, err
	}
	if err := s.applyCatalog(ctx, tx, catalog); err != nil {
		return nil, err
	}
	after, err := catalogOf(ctx, tx)
	if err != nil {
		return nil, err
	}
	return compareCatalogs(before, after)
}

// Catalog is what the vendor sells now, as a catalogue that would change nothing.
func (s *Service) Catalog(ctx context.Context, c Caller) (Catalog, error) {
	if err := c.isVendor(); err != nil {
		return Catalog{}, err
	}
	return view(ctx, s, func(tx *store.Tx) (Catalog, error) { return catalogOf(ctx, tx) })
}

func (s *Service) applyCatalog(ctx context.Context, tx *store.Tx, catalog Catalog) error {
	if err := s.applyVendor(ctx, tx, catalog.Vendor); err != nil {
		return err
	}
	skus := make(map[string]string)
	for _, p := range catalog.Products {
		id, err := s.applyProduct(ctx, tx, p)
		if err != nil {
			return fmt.Errorf("product %s: %w", p.SKU, err)
		}
		skus[p.SKU] = id
	}
	for _, r := range catalog.Resellers {
		if err := s.applyReseller(ctx, tx, r, skus); err != nil {
			return fmt.Errorf("reseller %s: %w", r.Login, err)
		}
	}
	return nil
}

func (s *Service) applyVendor(ctx context.Context, tx *store.Tx, v CatalogVendor) error {
	vendor, err := tx.Vendor(ctx)
	if err != nil && !store.IsNotFound(err) {
		return err
	}
	isNew := store.IsNotFound(err)
	vendor.Name, vendor.TimeZone, vendor.MailFrom, vendor.TaxRate = v.Name, v.TimeZone, v.MailFrom, v.TaxRate
	vendor.Address, vendor.PostalCode, vendor.City, vendor.Country, vendor.VATID = v.Address, v.PostalCode, v.City, v.Country, v.VATID
	if vendor.TimeZone == "" {
		vendor.TimeZone = "UTC"
	}
	if !isNew {
		return tx.UpdateVendor(ctx, vendor)
	}
	secrets := make([]byte, 64)
	if _, err := rand.Read(secrets); err != nil {
		return err
	}
	vendor.CursorKey, vendor.SigningKey = hex.EncodeToString(secrets[:32]), hex.EncodeToString(secrets[32:])
	vendor.CreatedAt = licensing.At(s.now())
	return tx.InsertVendor(ctx, vendor)
}

func (s *Service) applyProduct(ctx context.Context, tx *store.Tx, p CatalogProduct) (string, error) {
	before, err := tx.Product(ctx, p.SKU)
	if err != nil && !store.IsNotFound(err) {
		return "", err
	}
	product := licensing.Product{
		ID: before.ID, SKU: p.SKU, Name: p.Name, Kind: p.Kind, Metric: p.Metric,
		Family: p.Family, Edition: p.Edition, Terms: p.Terms, CalendarProration: p.CalendarProration, RefundDays: p.RefundDays, CreatedAt: before.CreatedAt,
	}
	if product.CalendarProration == "" {
		product.CalendarProration = "none"
	}
	if before.ID == "" {
		product.ID, product.CreatedAt = s.newID(prefixProduct), licensing.At(s.now())
		err = tx.InsertProduct(ctx, product)
	} else {
		err = tx.UpdateProduct(ctx, product)
	}
	if err != nil {
		return "", err
	}
	prices := make([]licensing.Price, 0, len(p.Prices))
	for currency, amounts := range p.Prices {
		prices = append(prices, pricesOf("", product.ID, currency, amounts)...)
	}
	return product.ID, tx.SetListPrices(ctx, product.ID, prices)
}

func pricesOf(contract, product, currency string, amounts map[licensing.Interval]int64) []licensing.Price {
	prices := make([]licensing.Price, 0, len(amounts))
	for interval, amount := range amounts {
		prices = append(prices, licensing.Price{
			ContractID: licensing.Ref(contract), ProductID: product, Interval: interval, Currency: currency, Amount: amount,
		})
	}
	return prices
}

func (s *Service) applyReseller(ctx context.Context, tx *store.Tx, r CatalogReseller, skus map[string]string) error {
	reseller, err := tx.Reseller(ctx, r.Login)
	if err != nil && !store.IsNotFound(err) {
		return err
	}
	isNew := reseller.ID == ""
	before := reseller
	reseller.Login, reseller.Name, reseller.Email = r.Login, r.Name, r.Email
	if isNew {
		reseller.ID, reseller.CreatedAt = s.newID(prefixReseller), licensing.At(s.now())
		reseller.UpdatedAt, reseller.Version = reseller.CreatedAt, 1
		err = tx.InsertReseller(ctx, reseller)
	} else if reseller != before {
		reseller.Version++
		reseller.UpdatedAt = licensing.At(s.now())
		err = tx.UpdateReseller(ctx, reseller)
	}
	if err != nil {
		return err
	}
	for sku, quantity := range r.Credits {
		if err := s.applyCredits(ctx, tx, reseller.ID, sku, skus[sku], quantity); err != nil {
			return err
		}
	}
	for _, account := range r.Accounts {
		if err := s.applyAccount(ctx, tx, reseller.ID, account); err != nil {
			return err
		}
	}
	for _, contract := range r.Contracts {
		if err := s.applyContract(ctx, tx, reseller.ID, contract, skus); err != nil {
			return fmt.Errorf("contract %s: %w", contract.Number, err)
		}
	}
	return nil
}

func (s *Service) applyAccount(ctx context.Context, tx *store.Tx, reseller string, a CatalogAccount) error {
	balances, err := tx.Balances(ctx, reseller)
	if err != nil {
		return err
	}
	isNew := true
	for _, b := range balances {
		if b.Currency != a.Currency {
			continue
		}
		isNew = false
		if b.Amount < -a.CreditLimit {
			return licensing.Errorf(licensing.CodeInsufficientFunds, "the balance is %s, which a credit limit of %s does not allow",
				licensing.FormatAmount(b.Amount, a.Currency), licensing.FormatAmount(a.CreditLimit, a.Currency))
		}
	}
	if err := tx.OpenBalance(ctx, licensing.Balance{ResellerID: reseller, Currency: a.Currency, CreditLimit: a.CreditLimit}); err != nil {
		return err
	}
	if !isNew || a.Deposit == 0 {
		return nil
	}
	_, err = tx.Post(ctx, licensing.LedgerEntry{
		ID: s.newID(prefixEntry), ResellerID: reseller, Currency: a.Currency, Kind: licensing.EntryDeposit,
		Amount: a.Deposit, Note: "opening deposit", CreatedAt: licensing.At(s.now()),
	})
	return err
}

func (s *Service) applyContract(ctx context.Context, tx *store.Tx, reseller string, k CatalogContract, skus map[string]string) error {
	before, err := tx.Contract(ctx, k.Number)
	if err != nil && !store.IsNotFound(err) {
		return err
	}
	if before.ID != "" && before.ResellerID != reseller {
		return licensing.Errorf(licensing.CodeAlreadyExists, "the number belongs to another reseller's contract")
	}
	if before.ID != "" && before.Currency != k.Currency {
		return licensing.Errorf(licensing.CodeVersionConflict, "the contract is in %s, and licenses were bought under it", before.Currency).
			WithHint("close it, and write a new contract in %s", k.Currency)
	}
	contract := licensing.Contract{
		ID: before.ID, ResellerID: reseller, Number: k.Number, Name: k.Name, Conditions: k.Conditions, Currency: k.Currency,
		Payments: k.Payments, Distributor: k.Distributor, StartsOn: k.StartsOn, EndsOn: k.EndsOn, ClosedAt: before.ClosedAt, CreatedAt: before.CreatedAt,
	}
	switch {
	case !k.Closed:
		contract.ClosedAt = licensing.Time{}
	case contract.ClosedAt.IsZero():
		contract.ClosedAt = licensing.At(s.now())
	}
	if before.ID == "" {
		contract.ID, contract.CreatedAt = s.newID(prefixContract), licensing.At(s.now())
		err = tx.InsertContract(ctx, contract)
	} else {
		err = tx.UpdateContract(ctx, contract)
	}
	if err != nil {
		return err
	}
	var prices []licensing.Price
	for sku, amounts := range k.Prices {
		prices = append(prices, pricesOf(contract.ID, skus[sku], contract.Currency, amounts)...)
	}
	return tx.SetContractPrices(ctx, contract.ID, prices)
}

// applyCredits grants a reseller its first credits of a product.
func (s *Service) applyCredits(ctx context.Context, tx *store.Tx, reseller, sku, product string, quantity int64) error {
	has, err := tx.Credits(ctx, reseller)
	if err != nil {
		return err
	}
	for _, c := range has {
		if c.ProductID == product {
			return nil
		}
	}
	_, err = tx.PostCredits(ctx, licensing.CreditEntry{
		ID: s.newID(prefixCredit), ResellerID: reseller, ProductID: product, Kind: licensing.CreditGrant,
		Amount: quantity, Note: "opening credits", CreatedAt: licensing.At(s.now()),
	})
	if err != nil {
		return fmt.Errorf("credits of %s: %w", sku, err)
	}
	return nil
}

// IssueToken makes a token of a reseller, by id or login, or of the vendor where
// that is empty. Only the hash of its secret is kept.
func (s *Service) IssueToken(ctx context.Context, reseller, name, hash string, scopes []string, expires licensing.Time) error {
	return s.store.Update(ctx, func(tx *store.Tx) error {
		token := licensing.Token{
			ID: s.newID(prefixToken), Name: name, Hash: hash, Scopes: scopes, ExpiresAt: expires, CreatedAt: licensing.At(s.now()),
		}
		if reseller != "" {
			r, err := tx.Reseller(ctx, reseller)
			if r, err = found(r, err, licensing.Subject{Kind: "reseller"}); err != nil {
				return err
			}
			token.ResellerID = licensing.Ref(r.ID)
		}
		return tx.InsertToken(ctx, token)
	})
}
