package server

import (
	"github.com/danielgtaylor/huma/v2"

	"github.com/resell-cli/resell/internal/api"
)

// register serves every endpoint there is.
func (s *Server) register(a huma.API) {
	handle(a, s, api.SessionView, s.sessionView)
	handle(a, s, api.SessionCreate, s.sessionCreate)
	handle(a, s, api.SessionDelete, s.sessionDelete)
	handle(a, s, api.SessionPassword, s.sessionPassword)

	handle(a, s, api.UserCreate, s.userCreate)
	handle(a, s, api.UserList, s.userList)
	handle(a, s, api.UserView, s.userView)
	handle(a, s, api.UserEdit, s.userEdit)
	handle(a, s, api.UserDelete, s.userDelete)
	handle(a, s, api.UserPassword, s.userPassword)
	handle(a, s, api.TokenCreate, s.tokenCreate)
	handle(a, s, api.TokenList, s.tokenList)
	handle(a, s, api.TokenRevoke, s.tokenRevoke)

	handle(a, s, api.ResellerCreate, s.resellerCreate)
	handle(a, s, api.ResellerList, s.resellerList)
	handle(a, s, api.ResellerView, s.resellerView)
	handle(a, s, api.ResellerEdit, s.resellerEdit)
	handle(a, s, api.ResellerInvite, s.resellerInvite)
	handle(a, s, api.ResellerGrant, s.resellerGrant)
	handle(a, s, api.ResellerDeposit, s.resellerDeposit)
	handle(a, s, api.CreditView, s.creditView)
	handle(a, s, api.CreditHistory, s.creditHistory)

	handle(a, s, api.CompanyCreate, s.companyCreate)
	handle(a, s, api.CompanyList, s.companyList)
	handle(a, s, api.CompanyView, s.companyView)
	handle(a, s, api.CompanyEdit, s.companyEdit)
	handle(a, s, api.CompanyImport, s.companyImport)
	handle(a, s, api.LocationAdd, s.locationAdd)
	handle(a, s, api.LocationList, s.locationList)
	handle(a, s, api.LocationRemove, s.locationRemove)

	handle(a, s, api.ProductList, s.productList)
	handle(a, s, api.ProductView, s.productView)
	handle(a, s, api.ContractList, s.contractList)
	handle(a, s, api.ContractView, s.contractView)
	handle(a, s, api.CatalogApply, s.catalogApply)
	handle(a, s, api.CatalogView, s.catalogView)

	handle(a, s, api.LicensePreview, s.licensePreview)
	handle(a, s, api.LicenseAdd, s.licenseAdd)
	handle(a, s, api.QuoteCreate, s.quoteCreate)
	handle(a, s, api.QuoteView, s.quoteView)
	handle(a, s, api.LicenseList, s.licenseList)
	handle(a, s, api.LicenseView, s.licenseView)
	handle(a, s, api.LicenseExtendPreview, s.licenseExtendPreview)
	handle(a, s, api.LicenseExtend, s.licenseExtend)
	handle(a, s, api.LicenseAssign, s.licenseAssign)
	handle(a, s, api.LicensePause, s.licensePause)
	handle(a, s, api.LicenseResume, s.licenseResume)
	handle(a, s, api.LicenseEdit, s.licenseEdit)
	handle(a, s, api.LicenseDelete, s.licenseDelete)
	handle(a, s, api.LicenseAutoRenew, s.licenseAutoRenew)
	handle(a, s, api.LicenseHistory, s.licenseHistory)
	handle(a, s, api.CompanyHistory, s.companyHistory)

	handle(a, s, api.KeyGenerate, s.keyGenerate)
	handle(a, s, api.KeyList, s.keyList)
	handle(a, s, api.KeyView, s.keyView)
	handle(a, s, api.KeyAssign, s.keyAssign)
	handle(a, s, api.KeyCheck, s.keyCheck)

	handle(a, s, api.DeviceList, s.deviceList)
	handle(a, s, api.DeviceView, s.deviceView)
	handle(a, s, api.DeviceActivate, s.deviceActivate)
	handle(a, s, api.DeviceDeactivate, s.deviceDeactivate)
	handle(a, s, api.LicenseTransfer, s.licenseTransfer)
	handle(a, s, api.LicenseLink, s.licenseLink)
	handle(a, s, api.LicenseLinkRevoke, s.licenseLinkRevoke)
	handle(a, s, api.LicenseActivate, s.licenseActivate)
	handle(a, s, api.LicenseSignFile, s.licenseFile)
	handle(a, s, api.PublicKeyView, s.publicKeyView)

	handle(a, s, api.ActivationCreate, s.activationCreate)
	handle(a, s, api.ActivationDeactivate, s.activationDeactivate)
	handle(a, s, api.ActivationCheck, s.activationCheck)

	handle(a, s, api.OrderList, s.orderList)
	handle(a, s, api.OrderView, s.orderView)
	handle(a, s, api.OrderRefundPreview, s.orderRefundPreview)
	handle(a, s, api.OrderRefund, s.orderRefund)
	handle(a, s, api.OrderPay, s.orderPay)
	handle(a, s, api.OrderCancel, s.orderCancel)
	handle(a, s, api.BalanceView, s.balanceView)
	handle(a, s, api.BalanceHistory, s.balanceHistory)

	handle(a, s, api.InvoicePreview, s.invoicePreview)
	handle(a, s, api.InvoiceSend, s.invoiceSend)
	handle(a, s, api.InvoiceList, s.invoiceList)
	handle(a, s, api.InvoiceView, s.invoiceView)
	handle(a, s, api.InvoiceResend, s.invoiceResend)
	handle(a, s, api.InvoicePay, s.invoicePay)
	handle(a, s, api.InvoiceVoidPreview, s.invoiceVoidPreview)
	handle(a, s, api.InvoiceVoid, s.invoiceVoid)

	handleStream(a, s, api.ExportCompanies, s.exportCompanies)
	handleStream(a, s, api.ExportLicenses, s.exportLicenses)
	handleStream(a, s, api.ExportKeys, s.exportKeys)
	handleStream(a, s, api.ExportOrders, s.exportOrders)

	describeNull(a.OpenAPI().Components.Schemas)
}
