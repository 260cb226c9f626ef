package letter

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/resell-cli/resell/internal/licensing"
	"github.com/resell-cli/resell/internal/mail"
)

// Order confirms to a reseller that an order was carried out, with the codes of its
// licenses.
type Order struct {
	ID       string // of the message
	Order    licensing.Order
	BoughtOn licensing.Date // by the vendor's calendar
	Licenses []licensing.License
	Buyer    licensing.Reseller
	Vendor   licensing.Vendor
}

// Message is the mail.
func (o Order) Message() mail.Message {
	tag := o.Buyer.Language
	places := []string{
		"{number}", o.Order.Number, "{date}", o.BoughtOn.String(), "{buyer}", o.Buyer.Name, "{vendor}", o.Vendor.Name,
		"{lines}", o.lines(), "{payment}", o.payment(tag), "{codes}", o.codes(tag),
	}
	return mail.Message{
		ID: o.ID, From: o.Vendor.MailFrom, To: o.Buyer.Email, ToName: o.Buyer.Name, Date: o.Order.CreatedAt.Time,
		Subject: orderSubject().in(tag, places...), Text: orderText().in(tag, places...),
	}
}

func (o Order) lines() string {
	var b strings.Builder
	for _, l := range o.Order.Lines {
		fmt.Fprintf(&b, "  %d × %s\n", l.Quantity, l.Description)
		if o.Order.Payment != licensing.PayCredits {
			fmt.Fprintf(&b, "    %s\n", licensing.FormatAmount(l.Amount, o.Order.Currency))
		}
	}
	return b.String()
}

func (o Order) codes(tag string) string {
	var b strings.Builder
	for _, l := range o.Licenses {
		fmt.Fprintf(&b, "  %s  (%d, %s)\n", l.Coupon, l.Quantity, validity(tag, l))
	}
	return b.String()
}

func (o Order) payment(tag string) string {
	ways := map[licensing.Payment]words{
		licensing.PayBalance: {
			en: "{amount}, from your balance", de: "{amount}, von Ihrem Guthaben", fr: "{amount}, de votre solde",
			es: "{amount}, de su saldo", nl: "{amount}, van uw saldo",
		},
		licensing.PayCard: {
			en: "{amount}, by card", de: "{amount}, mit Karte", fr: "{amount}, par carte", es: "{amount}, con tarjeta", nl: "{amount}, per kaart",
		},
		licensing.PayInvoice: {
			en: "{amount}, on account", de: "{amount}, auf Rechnung", fr: "{amount}, sur facture", es: "{amount}, con factura", nl: "{amount}, op rekening",
		},
		licensing.PayCredits: {
			en: "{credits} credits", de: "{credits} Credits", fr: "{credits} crédits", es: "{credits} créditos", nl: "{credits} credits",
		},
		licensing.PayNothing: {en: "free of charge", de: "kostenlos", fr: "gratuit", es: "gratis", nl: "gratis"},
	}
	return ways[o.Order.Payment].in(tag,
		"{amount}", licensing.FormatAmount(o.Order.Amount, o.Order.Currency), "{credits}", strconv.FormatInt(o.Order.Credits, 10))
}

func orderSubject() words {
	return words{
		en: "Order {number} is completed", de: "Bestellung {number} ist ausgeführt", fr: "La commande {number} est terminée",
		es: "El pedido {number} se ha completado", nl: "Bestelling {number} is uitgevoerd",
	}
}

func orderText() words {
	return words{
		en: `Hello {buyer},

order {number} of {date} is completed:

{lines}
Paid: {payment}

Activation codes:

{codes}
{vendor}
`,
		de: `Guten Tag {buyer},

die Bestellung {number} vom {date} ist ausgeführt:

{lines}
Bezahlt: {payment}

Aktivierungscodes:

{codes}
{vendor}
`,
		fr: `Bonjour {buyer},

la commande {number} du {date} est terminée :

{lines}
Paiement : {payment}

Codes d'activation :

{codes}
{vendor}
`,
		es: `Buenos días, {buyer}:

el pedido {number} del {date} se ha completado:

{lines}
Pago: {payment}

Códigos de activación:

{codes}
{vendor}
`,
		nl: `Goedendag {buyer},

bestelling {number} van {date} is uitgevoerd:

{lines}
Betaald: {payment}

Activeringscodes:

{codes}
{vendor}
`,
	}
}
