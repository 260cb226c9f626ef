package licensing

// The actions on an invoice, beside those that orders have as well.
const (
	ActionDownload Action = "download"
	ActionVoid     Action = "void"
)

// AllowedActions lists what its seller may do with the invoice now. Everybody else who
// sees it may download it.
func (i Invoice) AllowedActions() []Action {
	checks := []struct {
		action Action
		err    error
	}{
		{ActionDownload, nil},
		{ActionResend, i.CheckResend()},
		{ActionPay, i.CheckPay()},
		{ActionVoid, i.CheckVoid()},
	}
	allowed := []Action{}
	for _, c := range checks {
		if c.err == nil {
			allowed = append(allowed, c.action)
		}
	}
	return allowed
}

// CheckResend refuses, with company_without_email, what has never had an address.
func (i Invoice) CheckResend() error {
	if i.Email == "" {
		return Errorf(CodeCompanyNoEmail, "%s has no e-mail address to send %s to", i.Buyer.Name, i.Number).
			WithHint("add one to its details, or download the invoice")
	}
	return nil
}

// CheckPay refuses, with invoice_not_payable, what is not waiting for money.
func (i Invoice) CheckPay() error {
	switch {
	case i.Kind == KindCreditNote:
		return Errorf(CodeInvoiceNotPayable, "%s is a credit note: nobody has to pay it", i.Number).WithHint("pay an invoice")
	case i.State == InvoicePaid:
		return Errorf(CodeInvoiceNotPayable, "%s was paid on %s", i.Number, i.PaidOn)
	case i.State == InvoiceVoid:
		return Errorf(CodeInvoiceNotPayable, "%s is void: credit note %s cancels it", i.Number, i.CancelledNumber).
			WithHint("send a new invoice, and pay that")
	}
	return nil
}

// CheckVoid refuses, with invoice_not_voidable, what a credit note cannot cancel.
func (i Invoice) CheckVoid() error {
	switch {
	case i.Kind == KindCreditNote:
		return Errorf(CodeInvoiceNotVoid, "%s is a credit note: it cancels %s for good", i.Number, i.CancelsNumber).
			WithHint("send a new invoice for the same licenses: they can be billed again")
	case i.State == InvoiceVoid:
		return Errorf(CodeInvoiceNotVoid, "%s is void already: credit note %s cancels it", i.Number, i.CancelledNumber)
	case i.SellerID == VendorSeller:
		return Errorf(CodeInvoiceNotVoid, "%s bills an order", i.Number).
			WithHint("refund the order: that cancels its invoice")
	case i.State == InvoicePaid:
		return Errorf(CodeInvoiceNotVoid, "%s was paid on %s: what is paid stays on the books", i.Number, i.PaidOn).
			WithHint("settle with %s what it is to get back; only an unpaid invoice can be voided", i.Buyer.Name)
	}
	return nil
}

// Credit is what takes all of the invoice back: the same lines and amounts below zero.
// Its id, number, date and those of its lines are not set.
func (i Invoice) Credit() Invoice {
	note := Invoice{
		SellerID: i.SellerID, ResellerID: i.ResellerID, CompanyID: i.CompanyID, OrderID: i.OrderID, CancelsID: Ref(i.ID),
		Kind: KindCreditNote, State: InvoiceSent, Currency: i.Currency, Net: -i.Net, TaxRate: i.TaxRate, Tax: -i.Tax, Amount: -i.Amount,
		Email: i.Email, Language: i.Language, Seller: i.Seller, Buyer: i.Buyer, Version: 1,
		CompanyName: i.CompanyName, OrderNumber: i.OrderNumber, CancelsNumber: Ref(i.Number),
	}
	for _, line := range i.Lines {
		line.ID, line.InvoiceID = "", ""
		line.UnitPrice, line.Amount = -line.UnitPrice, -line.Amount
		note.Lines = append(note.Lines, line)
	}
	return note
}
