package letter

import (
	"cmp"
	"strconv"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
)

// Activated tells a customer that a license was activated for it, and the code for its
// devices.
type Activated struct {
	License licensing.License
	Company licensing.Company
	Seller  licensing.Reseller
	Vendor  licensing.Vendor
}

// Message is the mail.
func (a Activated) Message() mail.Message {
	tag := cmp.Or(a.Company.Language, a.Seller.Language)
	places := []string{
		"{product}", a.License.ProductName, "{quantity}", strconv.FormatInt(a.License.Quantity, 10), "{company}", a.Company.Name,
		"{seller}", a.Seller.Name, "{vendor}", a.Vendor.Name, "{code}", a.License.Coupon, "{validity}", validity(tag, a.License),
	}
	return mail.Message{
		ID: a.License.ID + ".activated", From: a.Vendor.MailFrom, To: a.Company.Email, ToName: a.Company.Name, ReplyTo: a.Seller.Email,
		Date: a.License.ActivatedAt.Time, Subject: activatedSubject().in(tag, places...), Text: activatedText().in(tag, places...),
	}
}

func activatedSubject() words {
	return words{
		en: "{product} is activated", de: "{product} ist aktiviert", fr: "{product} est activé", es: "{product} está activado",
		nl: "{product} is geactiveerd",
	}
}

func activatedText() words {
	return words{
		en: `Hello,

a license was activated for {company}: {quantity} × {product}, valid {validity}.

Enter this code where the product asks for one:

  {code}

If you did not expect this, answer this message.

{seller}, for {vendor}
`,
		de: `Guten Tag,

für {company} wurde eine Lizenz aktiviert: {quantity} × {product}, gültig {validity}.

Geben Sie diesen Code ein, wo das Produkt danach fragt:

  {code}

Falls Sie das nicht erwartet haben, antworten Sie auf diese Nachricht.

{seller}, für {vendor}
`,
		fr: `Bonjour,

une licence a été activée pour {company} : {quantity} × {product}, valable {validity}.

Saisissez ce code lorsque le produit le demande :

  {code}

Si vous ne vous y attendiez pas, répondez à ce message.

{seller}, pour {vendor}
`,
		es: `Buenos días:

se ha activado una licencia para {company}: {quantity} × {product}, válida {validity}.

Introduzca este código donde se le pida:

  {code}

Si no lo esperaba, responda a este mensaje.

{seller}, para {vendor}
`,
		nl: `Goedendag,

voor {company} is een licentie geactiveerd: {quantity} × {product}, geldig {validity}.

Voer deze code in waar het product erom vraagt:

  {code}

Had u dit niet verwacht, antwoord dan op dit bericht.

{seller}, voor {vendor}
`,
	}
}
