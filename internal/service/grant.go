package service

import (
	"context"
	"errors"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// MaxGrant is the most credits of one grant.
const MaxGrant = 1_000_000_000

// NewGrant is credits of a product to be given to a reseller.
type NewGrant struct {
	Reseller string // id or login
	Product  string // id or SKU
	Quantity int64
	Note     string
}

// CreditGrant is what became of credits that were given.
type CreditGrant struct {
	Reseller licensing.Reseller
	Received licensing.CreditEntry
	Given    *licensing.CreditEntry // none for the vendor's, which come from nowhere
}

// GrantCredits gives a reseller below the caller's credits of a product from the
// caller's own, both at once or neither; the vendor's come from nowhere. It fails with
// insufficient_credits, product_not_permitted, reseller_disabled, read_only or
// not_found.
func (s *Service) GrantCredits(ctx context.Context, c Caller, in NewGrant) (CreditGrant, error) {
	if in.Quantity < 1 || in.Quantity > MaxGrant {
		return CreditGrant{}, licensing.Errorf(licensing.CodeInvalidQuantity, "the quantity is not from 1 to %d", MaxGrant)
	}
	return once(ctx, s, c, "reseller-grant", in, func(tx *store.Tx) (CreditGrant, error) {
		to, err := findBelow(ctx, tx, c, in.Reseller)
		if err != nil {
			return CreditGrant{}, err
		}
		product, err := s.grantable(ctx, tx, to, in.Product)
		if err != nil {
			return CreditGrant{}, err
		}
		out := CreditGrant{Reseller: to}
		entry := licensing.CreditEntry{
			ProductID: product.ID, Note: in.Note, CreatedAt: licensing.At(s.now()), ProductSKU: product.SKU,
		}
		// The giver's credits are locked before the receiver's, and whoever gives is above
		// whoever receives: grants at once wait for each other and never in a circle.
		if !c.ofVendor() {
			given := entry
			given.ID, given.ResellerID, given.Kind, given.Amount = s.newID(prefixCredit), c.Reseller.ID, licensing.CreditGiven, -in.Quantity
			given.PeerID, given.PeerLogin = licensing.Ref(to.ID), licensing.Ref(to.Login)
			if given, err = tx.PostCredits(ctx, given); err != nil {
				return out, s.tooFew(ctx, tx, c, product, in.Quantity, err)
			}
			out.Given = &given
		}
		entry.ID, entry.ResellerID, entry.Kind, entry.Amount = s.newID(prefixCredit), to.ID, licensing.CreditGrant, in.Quantity
		entry.PeerID, entry.PeerLogin = licensing.Ref(c.Reseller.ID), licensing.Ref(c.Reseller.Login)
		if out.Received, err = tx.PostCredits(ctx, entry); err != nil {
			return out, err
		}
		return out, s.record(ctx, tx, c, "credits.granted", to.ID, nil, out.Received)
	})
}

// grantable finds a product of which a reseller can use credits.
func (s *Service) grantable(ctx context.Context, tx *store.Tx, to licensing.Reseller, ref string) (licensing.Product, error) {
	product, err := findProduct(ctx, tx, ref)
	if err != nil {
		return product, err
	}
	if !to.DisabledAt.IsZero() {
		return product, licensing.Errorf(licensing.CodeResellerDisabled, "%s is disabled since %s", to.Login, to.DisabledAt).
			WithHint("enable the reseller first")
	}
	may, err := tx.MaySell(ctx, to.ID, product.ID)
	if err == nil && !may {
		err = licensing.Errorf(licensing.CodeNotPermittedPr, "%s is not among the products that %s may sell", product.SKU, to.Login).
			WithHint("add it to the reseller's products first")
	}
	return product, err
}

func (s *Service) tooFew(ctx context.Context, tx *store.Tx, c Caller, product licensing.Product, wanted int64, cause error) error {
	if !errors.Is(cause, store.ErrBelowLimit) {
		return cause
	}
	all, err := tx.Credits(ctx, c.Reseller.ID)
	if err != nil {
		return err
	}
	var has int64
	for _, x := range all {
		if x.ProductID == product.ID {
			has = x.Amount
		}
	}
	return licensing.Errorf(licensing.CodeInsufficientCredit, "you have %d credits of %s, and %d are to be given: %d are missing",
		has, product.SKU, wanted, wanted-has).WithHint("ask who gave you yours for more").Because(cause)
}

// MaxDeposit is the most of one deposit, in minor units.
const MaxDeposit = 1_000_000_000_000

// Deposit is money that a reseller has paid in.
type Deposit struct {
	Reseller string // id or login
	Currency string
	Amount   int64 // minor units
	Note     string
}

// Deposit puts money that has come in on a reseller's balance. Only the vendor does. It
// fails with invalid_request, not_found or scope_missing.
func (s *Service) Deposit(ctx context.Context, c Caller, in Deposit) (licensing.LedgerEntry, error) {
	if !isCurrency(in.Currency) {
		return licensing.LedgerEntry{}, licensing.Invalid("currency", "is no ISO 4217 code such as EUR")
	}
	if in.Amount < 1 || in.Amount > MaxDeposit {
		return licensing.LedgerEntry{}, licensing.Invalid("amount", "is not from 1 to %d minor units", MaxDeposit)
	}
	return vendorWrite(ctx, s, c, "reseller-deposit", in, func(tx *store.Tx) (licensing.LedgerEntry, error) {
		reseller, err := findReseller(ctx, tx, c, in.Reseller)
		if err != nil {
			return licensing.LedgerEntry{}, err
		}
		if err := tx.EnsureBalance(ctx, reseller.ID, in.Currency); err != nil {
			return licensing.LedgerEntry{}, err
		}
		entry, err := tx.Post(ctx, licensing.LedgerEntry{
			ID: s.newID(prefixEntry), ResellerID: reseller.ID, Currency: in.Currency, Kind: licensing.EntryDeposit, Amount: in.Amount,
			Note: in.Note, CreatedAt: licensing.At(s.now()),
		})
		if err != nil {
			return entry, err
		}
		return entry, s.record(ctx, tx, c, "balance.deposited", reseller.ID, nil, entry)
	})
}
