package payment

import (
	"math"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
)

// toStripe writes our minor units the way Stripe's API counts them, which for
// some currencies is not what ISO 4217 says (docs.stripe.com/currencies).
func toStripe(amount int64, currency string) (int64, error) {
	theirs, err := stripeDecimals(currency)
	if err != nil {
		return 0, err
	}

	ours := licensing.Decimals(currency)
	up, down := power10(theirs-ours), power10(ours-theirs)
	switch {
	case amount > math.MaxInt64/up:
		return 0, refuse(CodeAmount, "Stripe cannot take %s: it is too much", licensing.FormatAmount(amount, currency))
	case amount%down != 0:
		return 0, refuse(CodeAmount, "Stripe cannot take %s: it charges no fractions of %s",
			licensing.FormatAmount(amount, currency), currency)
	case theirs == 3 && amount%10 != 0:
		// The card networks count two of the three.
		return 0, refuse(CodeAmount, "Stripe cannot take %s: the last digit must be 0",
			licensing.FormatAmount(amount, currency))
	}
	return amount * up / down, nil
}

// fromStripe is toStripe backwards; Stripe writes currencies in lower case.
func fromStripe(amount int64, currency string) (int64, string, error) {
	currency = strings.ToUpper(currency)
	theirs, err := stripeDecimals(currency)
	if err != nil {
		return 0, "", err
	}

	ours := licensing.Decimals(currency)
	up, down := power10(ours-theirs), power10(theirs-ours)
	if amount > math.MaxInt64/up || amount%down != 0 {
		return 0, "", refuse(CodeAmount, "Stripe's amount of %d is no whole number of minor units of %s", amount, currency)
	}
	return amount * up / down, currency, nil
}

// stripeDecimals is the number of digits after the point that Stripe's API
// counts in. Where two is not the answer, the currencies that Stripe documents
// are listed, and others are refused rather than guessed at.
func stripeDecimals(currency string) (int, error) {
	switch currency {
	case "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF":
		return 0, nil
	case "ISK", "UGX": // without fractions since, and still counted in hundredths
		return 2, nil
	case "BHD", "JOD", "KWD", "OMR", "TND":
		return 3, nil
	}
	if licensing.Decimals(currency) != 2 {
		return 0, refuse(CodeCurrency, "Stripe does not take %s", currency)
	}
	return 2, nil
}

// power10 is 10 to the n, and 1 for a negative n.
func power10(n int) int64 {
	p := int64(1)
	for range max(n, 0) {
		p *= 10
	}
	return p
}
