package letter

import (
	"cmp"
	"strconv"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
)

// Link brings a customer the link with which it activates a license.
type Link struct {
	Link    licensing.Link
	License licensing.License
	Company licensing.Company // zero where the license belongs to none
	Seller  licensing.Reseller
	Vendor  licensing.Vendor
	URL     string
	Until   licensing.Date // the last day of the link, in the vendor's time zone
}

// Message is the mail.
func (k Link) Message() mail.Message {
	tag := cmp.Or(k.Company.Language, k.Seller.Language)
	places := []string{
		"{product}", k.License.ProductName, "{quantity}", strconv.FormatInt(k.License.Quantity, 10), "{seller}", k.Seller.Name,
		"{vendor}", k.Vendor.Name, "{url}", k.URL, "{until}", k.Until.String(), "{validity}", validity(tag, k.License),
	}
	return mail.Message{
		ID: k.Link.ID, From: k.Vendor.MailFrom, To: k.Link.Email, ToName: k.Company.Name, ReplyTo: k.Seller.Email, Date: k.Link.CreatedAt.Time,
		Subject: linkSubject().in(tag, places...), Text: linkText().in(tag, places...),
	}
}

func linkSubject() words {
	return words{
		en: "Activate {product}", de: "{product} aktivieren", fr: "Activez {product}", es: "Active {product}", nl: "Activeer {product}",
	}
}

func linkText() words {
	return words{
		en: `Hello,

{seller} has a license for you: {quantity} × {product}, valid {validity}.

Open this page to activate it:

  {url}

The link works once, up to and including {until}. Do not pass it on: whoever has it can
activate the license.

{seller}, for {vendor}
`,
		de: `Guten Tag,

{seller} hat eine Lizenz für Sie: {quantity} × {product}, gültig {validity}.

Öffnen Sie diese Seite, um sie zu aktivieren:

  {url}

Der Link gilt einmal, bis einschließlich {until}. Geben Sie ihn nicht weiter: Wer ihn hat,
kann die Lizenz aktivieren.

{seller}, für {vendor}
`,
		fr: `Bonjour,

{seller} a une licence pour vous : {quantity} × {product}, valable {validity}.

Ouvrez cette page pour l'activer :

  {url}

Le lien sert une seule fois, jusqu'au {until} inclus. Ne le transmettez pas : quiconque l'a
peut activer la licence.

{seller}, pour {vendor}
`,
		es: `Buenos días:

{seller} tiene una licencia para usted: {quantity} × {product}, válida {validity}.

Abra esta página para activarla:

  {url}

El enlace sirve una sola vez, hasta el {until} inclusive. No lo comparta: quien lo tenga puede
activar la licencia.

{seller}, para {vendor}
`,
		nl: `Goedendag,

{seller} heeft een licentie voor u: {quantity} × {product}, geldig {validity}.

Open deze pagina om haar te activeren:

  {url}

De link werkt één keer, tot en met {until}. Geef hem niet door: wie hem heeft, kan de licentie
activeren.

{seller}, voor {vendor}
`,
	}
}
