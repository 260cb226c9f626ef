package service

import (
	"context"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/store"
)

// CodeKind is what a code is.
type CodeKind string

// The kinds of code.
const (
	CodeKey    CodeKind = "key"
	CodeCoupon CodeKind = "coupon"
)

// KnownCode is what a code stands for.
type KnownCode struct {
	Code     string // in its canonical form
	Kind     CodeKind
	HasCheck bool // its last character is that of the others, as in every generated code
	Key      KeyDetails
	License  licensing.License // of a coupon
}

// CheckCode tells what a code stands for. A code that has the form of a key or coupon
// and that nothing has fails with code_mistyped where its check character does not fit,
// and with not_found where it does. Other text fails with invalid_key.
func (s *Service) CheckCode(ctx context.Context, c Caller, text string) (KnownCode, error) {
	return view(ctx, s, func(tx *store.Tx) (KnownCode, error) {
		known, err := lookUpCode(ctx, tx, text)
		if err == nil && !c.reads(known.resellerID()) {
			err = unknownCode(known.Code)
		}
		if err != nil {
			return KnownCode{}, err
		}
		return known, nil
	})
}

// resellerID is whose code it is.
func (k KnownCode) resellerID() string {
	if k.Kind == CodeCoupon {
		return k.License.ResellerID
	}
	return k.Key.ResellerID
}

// lookUpCode tells what a code stands for, whoever has it.
func lookUpCode(ctx context.Context, tx *store.Tx, text string) (KnownCode, error) {
	code := strings.NewReplacer("-", "", " ", "").Replace(strings.ToUpper(text))
	if len(code) == licensing.CouponLength && !strings.ContainsFunc(code, notInCode) {
		return lookUpCoupon(ctx, tx, text)
	}
	code, err := licensing.CanonicalKey(text)
	if err != nil {
		return KnownCode{}, licensing.Errorf(licensing.CodeInvalidKey, "this is neither a key nor a coupon").
			WithHint("a key has 16 letters and digits, in the form XXXX-XXXX-XXXX-XXXX, and a coupon has %d", licensing.CouponLength)
	}
	key, err := lookUpKey(ctx, tx, code)
	if store.IsNotFound(err) {
		return KnownCode{}, unknownCode(code)
	}
	if err != nil {
		return KnownCode{}, err
	}
	known := KnownCode{Code: key.Code, Kind: CodeKey, HasCheck: licensing.HasCheck(key.Code)}
	known.Key, err = keyDetails(ctx, tx, key)
	return known, err
}

func lookUpCoupon(ctx context.Context, tx *store.Tx, text string) (KnownCode, error) {
	code, fits := licensing.CanonicalCoupon(text)
	if !fits {
		return KnownCode{}, unknownCode(code)
	}
	license, err := tx.License(ctx, code)
	if store.IsNotFound(err) {
		return KnownCode{}, unknownCode(code)
	}
	return KnownCode{Code: code, Kind: CodeCoupon, HasCheck: true, License: license}, err
}

// unknownCode tells a code that nobody has, or that is none of the caller's business,
// from one that was mistyped. It says the same of every code, and does not repeat it.
func unknownCode(code string) error {
	if licensing.HasCheck(licensing.GeneratedForm(code)) {
		return licensing.Errorf(licensing.CodeNotFound, "the code is well-formed, and unknown").
			WithHint("ask who gave it to you whether it is the right one")
	}
	return licensing.Errorf(licensing.CodeCodeMistyped, "the code is unknown, or mistyped").
		WithHint("compare it again, character by character: of a generated code the check character does not fit the others; a key of one's own choice has none, and if this is to be one, it is unknown")
}

func notInCode(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') }
