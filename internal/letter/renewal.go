package letter

import (
	"strconv"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
)

// RenewalFailed tells a reseller that a license was not renewed, and what to do.
type RenewalFailed struct {
	License  licensing.License
	Reseller licensing.Reseller
	Vendor   licensing.Vendor
	Reason   string // as the API tells it
}

// Message is the mail.
func (r RenewalFailed) Message() mail.Message {
	l := r.License
	whose := string(l.CompanyName)
	if whose == "" {
		whose = l.Coupon
	}
	places := []string{
		"{product}", l.ProductName, "{quantity}", strconv.FormatInt(l.Quantity, 10), "{whose}", whose, "{code}", l.Coupon,
		"{term}", l.Term, "{ends}", l.EndsOn.String(), "{until}", l.RenewedUntil().AddDays(-1).String(), "{reason}", r.Reason,
		"{reseller}", r.Reseller.Name, "{vendor}", r.Vendor.Name,
	}
	return mail.Message{
		ID: l.ID + ".renewal-failed." + l.RenewalFailedOn.String(), From: r.Vendor.MailFrom, To: r.Reseller.Email, ToName: r.Reseller.Name,
		Date: l.UpdatedAt.Time, Subject: renewalFailedSubject().in(r.Reseller.Language, places...),
		Text: renewalFailedText().in(r.Reseller.Language, places...),
	}
}

func renewalFailedSubject() words {
	return words{
		en: "Not renewed: {product} for {whose}", de: "Nicht verlängert: {product} für {whose}", fr: "Non renouvelé : {product} pour {whose}",
		es: "Sin renovar: {product} para {whose}", nl: "Niet verlengd: {product} voor {whose}",
	}
}

func renewalFailedText() words {
	return words{
		en: `Hello {reseller},

this license was to renew, and could not:

  {quantity} × {product} for {whose}
  Coupon   {code}
  Term     {term}
  Ends on  {ends}

The reason: {reason}.

It is tried again every day, up to and including {until}; until that succeeds the license is
over at its end. You can also extend it yourself:

  resell license extend {code} --term {term}

To let it expire: resell license auto-renew off {code}

{vendor}
`,
		de: `Guten Tag {reseller},

diese Lizenz sollte verlängert werden, und das ging nicht:

  {quantity} × {product} für {whose}
  Coupon    {code}
  Laufzeit  {term}
  Endet am  {ends}

Der Grund: {reason}.

Es wird täglich wieder versucht, bis einschließlich {until}; bis es gelingt, läuft die Lizenz mit
ihrem Ende ab. Sie können sie auch selbst verlängern:

  resell license extend {code} --term {term}

Soll sie auslaufen: resell license auto-renew off {code}

{vendor}
`,
		fr: `Bonjour {reseller},

cette licence devait être renouvelée et n'a pas pu l'être :

  {quantity} × {product} pour {whose}
  Coupon     {code}
  Durée      {term}
  Expire le  {ends}

La raison : {reason}.

Un nouvel essai a lieu chaque jour, jusqu'au {until} inclus ; sans succès, la licence expire à sa fin.
Vous pouvez aussi la prolonger vous-même :

  resell license extend {code} --term {term}

Pour la laisser expirer : resell license auto-renew off {code}

{vendor}
`,
		es: `Buenos días, {reseller}:

esta licencia debía renovarse y no ha sido posible:

  {quantity} × {product} para {whose}
  Cupón      {code}
  Plazo      {term}
  Vence el   {ends}

El motivo: {reason}.

Se intenta de nuevo cada día, hasta el {until} inclusive; si no se consigue, la licencia vence en su
fecha. También puede ampliarla usted:

  resell license extend {code} --term {term}

Para dejarla vencer: resell license auto-renew off {code}

{vendor}
`,
		nl: `Goedendag {reseller},

deze licentie zou worden verlengd, en dat lukte niet:

  {quantity} × {product} voor {whose}
  Coupon     {code}
  Looptijd   {term}
  Eindigt op {ends}

De reden: {reason}.

Het wordt elke dag opnieuw geprobeerd, tot en met {until}; lukt het niet, dan verloopt de licentie op
haar einde. U kunt haar ook zelf verlengen:

  resell license extend {code} --term {term}

Om haar te laten verlopen: resell license auto-renew off {code}

{vendor}
`,
	}
}
