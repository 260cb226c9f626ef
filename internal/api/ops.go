package api

// Endpoints describes every Op there is. The server serves exactly these, and a
// test holds it to that.
func Endpoints() []Meta {
	return []Meta{
		SessionView.Meta(), SessionCreate.Meta(), SessionDelete.Meta(), SessionPassword.Meta(),
		UserCreate.Meta(), UserList.Meta(), UserView.Meta(), UserEdit.Meta(), UserDelete.Meta(), UserPassword.Meta(),
		TokenCreate.Meta(), TokenList.Meta(), TokenRevoke.Meta(),
		ResellerCreate.Meta(), ResellerList.Meta(), ResellerView.Meta(), ResellerEdit.Meta(), ResellerInvite.Meta(),
		ResellerGrant.Meta(), ResellerDeposit.Meta(), CreditView.Meta(), CreditHistory.Meta(),
		CompanyCreate.Meta(), CompanyList.Meta(), CompanyView.Meta(), CompanyEdit.Meta(), CompanyImport.Meta(),
		LocationAdd.Meta(), LocationList.Meta(), LocationRemove.Meta(),
		ProductList.Meta(), ProductView.Meta(),
		ContractList.Meta(), ContractView.Meta(),
		CatalogApply.Meta(), CatalogView.Meta(),
		LicensePreview.Meta(), LicenseAdd.Meta(), QuoteCreate.Meta(), QuoteView.Meta(), LicenseList.Meta(), LicenseView.Meta(),
		LicenseExtendPreview.Meta(), LicenseExtend.Meta(), LicenseUpgradePreview.Meta(), LicenseUpgrade.Meta(), LicenseAssign.Meta(), LicensePause.Meta(), LicenseResume.Meta(),
		LicenseEdit.Meta(), LicenseDelete.Meta(),
		LicenseAutoRenew.Meta(), LicenseHistory.Meta(), CompanyHistory.Meta(),
		ClockView.Meta(), ClockAdvance.Meta(),
		KeyGenerate.Meta(), KeyList.Meta(), KeyView.Meta(), KeyAssign.Meta(), KeyCheck.Meta(),
		DeviceList.Meta(), DeviceView.Meta(), DeviceActivate.Meta(), DeviceDeactivate.Meta(), LicenseTransfer.Meta(),
		LicenseLink.Meta(), LicenseLinkRevoke.Meta(), LicenseActivate.Meta(),
		LicenseSignFile.Meta(), PublicKeyView.Meta(),
		ActivationCreate.Meta(), ActivationDeactivate.Meta(), ActivationCheck.Meta(),
		OrderList.Meta(), OrderView.Meta(), OrderRefundPreview.Meta(), OrderRefund.Meta(), OrderPay.Meta(), OrderCancel.Meta(), OrderResend.Meta(),
		BalanceView.Meta(), BalanceHistory.Meta(), DashboardView.Meta(),
		InvoicePreview.Meta(), InvoiceSend.Meta(), InvoiceList.Meta(), InvoiceView.Meta(),
		InvoiceDocument.Meta(), InvoiceResend.Meta(), InvoicePay.Meta(), InvoiceVoidPreview.Meta(), InvoiceVoid.Meta(),
		ExportCompanies.Meta(), ExportLicenses.Meta(), ExportKeys.Meta(), ExportOrders.Meta(),
		ExportInvoices.Meta(), ExportDevices.Meta(),
	}
}
