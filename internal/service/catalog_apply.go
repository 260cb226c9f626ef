package service

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// Catalog is what a vendor sells, to whom, and under which contracts.
type Catalog struct {
	Vendor    CatalogVendor     `yaml:"vendor"`
	Products  []CatalogProduct  `yaml:"products"`
	Resellers []CatalogReseller `yaml:"resellers"`
}

// CatalogVendor is the vendor itself.
type CatalogVendor struct {
	Name     string `yaml:"name"`
	TimeZone string `yaml:"time_zone"` // IANA name; UTC when left out
	MailFrom string `yaml:"mail_from"`
}

// CatalogProduct is a product with its list prices, in minor units.
type CatalogProduct struct {
	SKU               string                                  `yaml:"sku"`
	Name              string                                  `yaml:"name"`
	Kind              licensing.ProductKind                   `yaml:"kind"`
	Metric            string                                  `yaml:"metric"`
	Terms             []string                                `yaml:"terms"`
	CalendarProration string                                  `yaml:"calendar_proration"` // none when left out
	RefundDays        int64                                   `yaml:"refund_days"`
	Prices            map[string]map[licensing.Interval]int64 `yaml:"prices"` // by currency, then interval
}

// CatalogReseller is a tenant with its contracts.
type CatalogReseller struct {
	Login     string            `yaml:"login"`
	Name      string            `yaml:"name"`
	Email     string            `yaml:"email"`
	Accounts  []CatalogAccount  `yaml:"accounts"`
	Contracts []CatalogContract `yaml:"contracts"`
}

// CatalogAccount is a reseller's account in a currency, in minor units. Deposit is
// paid in once, when the account is opened.
type CatalogAccount struct {
	Currency    string `yaml:"currency"`
	Deposit     int64  `yaml:"deposit"`
	CreditLimit int64  `yaml:"credit_limit"`
}

// CatalogContract is a contract with its unit prices, in minor units of its currency.
type CatalogContract struct {
	Number     string                                  `yaml:"number"`
	Name       string                                  `yaml:"name"`
	Conditions string                                  `yaml:"conditions"`
	Currency   string                                  `yaml:"currency"`
	StartsOn   licensing.Date                          `yaml:"starts_on"`
	EndsOn     licensing.Date                          `yaml:"ends_on"`
	Closed     bool                                    `yaml:"closed"`
	Prices     map[string]map[licensing.Interval]int64 `yaml:"prices"` // by SKU, then interval
}

// ApplyCatalog makes the installation as the catalogue says: what is missing is
// added, what differs is changed, what it does not name stays. A second time, it
// changes nothing.
func (s *Service) ApplyCatalog(ctx context.Context, catalog Catalog) error {
	if err := catalog.check(); err != nil {
		return err
	}
	return s.store.Update(ctx, func(tx *store.Tx) error {
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
	})
}

func (s *Service) applyVendor(ctx context.Context, tx *store.Tx, v CatalogVendor) error {
	vendor, err := tx.Vendor(ctx)
	if err != nil && !store.IsNotFound(err) {
		return err
	}
	isNew := store.IsNotFound(err)
	vendor.Name, vendor.TimeZone, vendor.MailFrom = v.Name, v.TimeZone, v.MailFrom
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
		ID: before.ID, SKU: p.SKU, Name: p.Name, Kind: p.Kind, Metric: p.Metric, Terms: p.Terms,
		CalendarProration: p.CalendarProration, RefundDays: p.RefundDays, CreatedAt: before.CreatedAt,
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
	for currency, prices := range p.Prices {
		if err := putPrices(ctx, tx, "", product.ID, currency, prices); err != nil {
			return "", err
		}
	}
	return product.ID, nil
}

func putPrices(ctx context.Context, tx *store.Tx, contract, product, currency string, prices map[licensing.Interval]int64) error {
	for interval, amount := range prices {
		err := tx.PutPrice(ctx, licensing.Price{
			ContractID: licensing.Ref(contract), ProductID: product, Interval: interval, Currency: currency, Amount: amount,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) applyReseller(ctx context.Context, tx *store.Tx, r CatalogReseller, skus map[string]string) error {
	reseller, err := tx.Reseller(ctx, r.Login)
	if err != nil && !store.IsNotFound(err) {
		return err
	}
	isNew := reseller.ID == ""
	reseller.Login, reseller.Name, reseller.Email = r.Login, r.Name, r.Email
	if isNew {
		reseller.ID, reseller.CreatedAt = s.newID(prefixReseller), licensing.At(s.now())
		reseller.UpdatedAt, reseller.Version = reseller.CreatedAt, 1
		err = tx.InsertReseller(ctx, reseller)
	} else {
		err = tx.UpdateReseller(ctx, reseller)
	}
	if err != nil {
		return err
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
		StartsOn: k.StartsOn, EndsOn: k.EndsOn, ClosedAt: before.ClosedAt, CreatedAt: before.CreatedAt,
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
	for sku, prices := range k.Prices {
		if err := putPrices(ctx, tx, contract.ID, skus[sku], contract.Currency, prices); err != nil {
			return err
		}
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
			if r, err = found(r, err, "reseller"); err != nil {
				return err
			}
			token.ResellerID = licensing.Ref(r.ID)
		}
		return tx.InsertToken(ctx, token)
	})
}
