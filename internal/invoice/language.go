package invoice

import "strings"

// language is how a document speaks: its fixed words, and how it writes numbers and
// dates. Words with a verb in them are formats.
type language struct {
	Code string // for lang attributes

	Invoice, Reversal        string // Reversal is a credit note
	InvoiceNo, ReversalNo    string
	IssuedOn, DueOn, PaidOn  string
	Reference, Cancels       string
	BillTo, VATID            string
	No, Description          string
	Quantity, Price, Amount  string
	PerYear, PerMonth        string
	WithoutEnd               string // a date
	Net, Tax, Total          string // Tax: a percentage
	Pay                      string // an amount, a date, the document's number
	Paid                     string // a date
	Page                     string // a page's number, and of how many
	Subject                  string // of a mail: what it carries, and from whom
	Attached                 string // what is
	dateLayout               string
	thousands, point, pcSign string
}

// speak returns the language of a tag such as de or de-AT, and English for one that
// there are no words in.
func speak(tag string) language {
	base, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	switch strings.ToLower(base) {
	case "de":
		return german()
	case "es":
		return spanish()
	case "fr":
		return french()
	case "nl":
		return dutch()
	}
	return english()
}

func english() language {
	return language{
		Code: "en", Invoice: "Invoice", Reversal: "Credit note",
		InvoiceNo: "Invoice number", ReversalNo: "Credit note number",
		IssuedOn: "Date", DueOn: "Due date", PaidOn: "Paid on",
		Reference: "Your reference", Cancels: "For invoice", BillTo: "Bill to", VATID: "VAT ID",
		No: "No.", Description: "Description", Quantity: "Quantity", Price: "Unit price", Amount: "Amount",
		PerYear: "per year", PerMonth: "per month", WithoutEnd: "from %s, without end",
		Net: "Net amount", Tax: "VAT %s", Total: "Total",
		Pay: "Please pay %s by %s, quoting %s.", Paid: "Paid on %s. Thank you.", Page: "Page %d of %d",
		Subject: "%s from %s", Attached: "%s is attached as a PDF.",
		dateLayout: "2 Jan 2006", thousands: ",", point: ".", pcSign: "%",
	}
}

// german calls a credit note a correction: by § 14 UStG a Gutschrift is an invoice
// that the buyer writes.
func german() language {
	return language{
		Code: "de", Invoice: "Rechnung", Reversal: "Rechnungskorrektur",
		InvoiceNo: "Rechnungsnummer", ReversalNo: "Nummer",
		IssuedOn: "Datum", DueOn: "Zahlbar bis", PaidOn: "Bezahlt am",
		Reference: "Ihre Referenz", Cancels: "Zur Rechnung", BillTo: "Rechnung an", VATID: "USt-IdNr.",
		No: "Pos.", Description: "Bezeichnung", Quantity: "Menge", Price: "Einzelpreis", Amount: "Betrag",
		PerYear: "pro Jahr", PerMonth: "pro Monat", WithoutEnd: "ab %s, unbefristet",
		Net: "Nettobetrag", Tax: "USt. %s", Total: "Gesamtbetrag",
		Pay:  "Bitte zahlen Sie %s bis zum %s unter Angabe von %s.",
		Paid: "Bezahlt am %s. Vielen Dank.", Page: "Seite %d von %d",
		Subject: "%s von %s", Attached: "%s finden Sie als PDF im Anhang.",
		dateLayout: "02.01.2006", thousands: ".", point: ",", pcSign: "\u00a0%",
	}
}

func spanish() language {
	return language{
		Code: "es", Invoice: "Factura", Reversal: "Factura rectificativa",
		InvoiceNo: "Número de factura", ReversalNo: "Número de factura",
		IssuedOn: "Fecha", DueOn: "Vencimiento", PaidOn: "Pagada el",
		Reference: "Su referencia", Cancels: "Rectifica la factura", BillTo: "Facturar a", VATID: "NIF-IVA",
		No: "N.º", Description: "Descripción", Quantity: "Cantidad", Price: "Precio unitario", Amount: "Importe",
		PerYear: "al año", PerMonth: "al mes", WithoutEnd: "desde el %s, sin límite de tiempo",
		Net: "Base imponible", Tax: "IVA %s", Total: "Total",
		Pay:  "Le rogamos que pague %s a más tardar el %s, indicando %s.",
		Paid: "Pagada el %s. Muchas gracias.", Page: "Página %d de %d",
		Subject: "%s de %s", Attached: "Adjuntamos en PDF: %s.",
		dateLayout: "02/01/2006", thousands: ".", point: ",", pcSign: "\u00a0%",
	}
}

func french() language {
	return language{
		Code: "fr", Invoice: "Facture", Reversal: "Avoir",
		InvoiceNo: "Numéro de facture", ReversalNo: "Numéro d’avoir",
		IssuedOn: "Date", DueOn: "Échéance", PaidOn: "Payée le",
		Reference: "Votre référence", Cancels: "Sur la facture", BillTo: "Facturé à", VATID: "N° TVA",
		No: "N°", Description: "Désignation", Quantity: "Quantité", Price: "Prix unitaire", Amount: "Montant",
		PerYear: "par an", PerMonth: "par mois", WithoutEnd: "à partir du %s, sans limite de durée",
		Net: "Total HT", Tax: "TVA %s", Total: "Total TTC",
		Pay:  "Merci de régler %s au plus tard le %s en rappelant %s.",
		Paid: "Payée le %s. Merci.", Page: "Page %d sur %d",
		Subject: "%s de %s", Attached: "Vous trouverez ci-joint, en PDF : %s.",
		dateLayout: "02/01/2006", thousands: "\u00a0", point: ",", pcSign: "\u00a0%",
	}
}

func dutch() language {
	return language{
		Code: "nl", Invoice: "Factuur", Reversal: "Creditnota",
		InvoiceNo: "Factuurnummer", ReversalNo: "Creditnotanummer",
		IssuedOn: "Datum", DueOn: "Vervaldatum", PaidOn: "Betaald op",
		Reference: "Uw referentie", Cancels: "Bij factuur", BillTo: "Factuur aan", VATID: "Btw-nummer",
		No: "Nr.", Description: "Omschrijving", Quantity: "Aantal", Price: "Prijs per stuk", Amount: "Bedrag",
		PerYear: "per jaar", PerMonth: "per maand", WithoutEnd: "vanaf %s, onbeperkt",
		Net: "Nettobedrag", Tax: "Btw %s", Total: "Totaal",
		Pay:  "Wij verzoeken u %s uiterlijk op %s te betalen onder vermelding van %s.",
		Paid: "Betaald op %s. Hartelijk dank.", Page: "Pagina %d van %d",
		Subject: "%s van %s", Attached: "%s vindt u als PDF in de bijlage.",
		dateLayout: "02-01-2006", thousands: ".", point: ",", pcSign: "%",
	}
}
