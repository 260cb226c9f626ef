package cli

// stepsAfter are the steps that help after each code, the most useful first. Codes that
// no command helps with have none.
func stepsAfter() map[string][]step {
	look := step{command: "license view {license}"}
	extend := step{"license extend {license} --term full:1 --dry-run", "extend"}
	resume := step{"license resume {license}", "resume"}
	devices := step{command: "device list --license {license} --state active"}
	order := step{command: "order view {order}"}
	invoice := step{command: "invoice view {invoice}"}
	login := []step{{command: "auth login"}}
	return map[string][]step{
		"unauthenticated":        login,
		"token_expired":          login,
		"invalid_login":          login,
		"not_logged_in":          login,
		"mangled_token":          login,
		"no_host":                {{command: "auth login --host https://licensing.example.com"}},
		"keyring_missing":        {{command: "doctor"}},
		"keyring_locked":         {{command: "doctor"}},
		"keyring_headless":       {{command: "doctor"}},
		"keyring_refused":        {{command: "doctor"}},
		"keyring_timeout":        {{command: "doctor"}},
		"keyring_unavailable":    {{command: "doctor"}},
		"invalid_host":           {{command: "config get host"}},
		"unreachable":            {{command: "doctor"}},
		"unavailable":            {{command: "doctor"}},
		"unexpected_response":    {{command: "doctor"}},
		"route_not_found":        {{command: "doctor"}},
		"scope_missing":          {{command: "auth status"}},
		"contract_not_permitted": {{command: "auth status"}},
		"reseller_disabled":      {{command: "auth status"}},
		"last_owner":             {{command: "user list --role owner"}},
		"clock_not_movable":      {{command: "sandbox"}},

		"version_conflict":         {look, {command: "company view {company}"}, {command: "user view {user}"}, {command: "reseller view {reseller}"}},
		"already_exists":           {{command: "company view {domain}"}},
		"invalid_term":             {{command: "help terms"}},
		"term_not_offered":         {{command: "product view {product}"}, look, {command: "help terms"}},
		"trial_used":               {{command: "license list --company {company} --product {product}"}},
		"company_required":         {{command: "company list"}},
		"serial_in_use":            {{command: "license list --search {serial}"}, {command: "license list --search {to-serial}"}},
		"no_active_contract":       {{command: "contract list --state active"}},
		"contract_required":        {{command: "contract list --state active"}},
		"contract_closed":          {{command: "contract list --state active"}},
		"product_not_in_contract":  {{command: "contract view {contract}"}, {command: "product list"}},
		"product_not_permitted":    {{command: "product list"}},
		"payment_not_allowed":      {{command: "contract list"}},
		"insufficient_balance":     {{command: "balance view"}},
		"insufficient_credits":     {{command: "balance view --credits"}},
		"license_not_extendable":   {look},
		"license_not_pausable":     {resume, extend, look},
		"license_not_resumable":    {extend, look},
		"license_not_usable":       {resume, extend, look},
		"license_not_upgradable":   {look},
		"license_not_editable":     {look},
		"license_not_assignable":   {resume, {command: "license list --state available"}},
		"license_not_transferable": {resume, extend, look},
		"license_not_deletable":    {{"license pause {license}", "pause"}, look},
		"license_not_renewable":    {extend, look},
		"license_not_activatable":  {resume, extend, look},
		"seats_exceed_quantity":    {{command: "key list --license {license}"}},
		"device_limit_reached":     {devices, {command: "device list --key {key} --state active"}},
		"device_unknown":           {devices, {command: "device view {device}"}},
		"invalid_key":              {{command: "key generate --help"}},
		"nothing_to_invoice":       {{command: "invoice list --company {company}"}, {command: "invoice list --sent"}},
		"license_without_company":  {{command: "license list --billing unbilled"}},
		"company_without_email":    {{command: "company edit {company} --help"}, {command: "company list"}},
		"quote_changed":            {{command: "license add --quote {quote} --dry-run"}},
		"order_not_payable":        {order},
		"order_not_resendable":     {order},
		"order_not_cancellable":    {{command: "order refund {order} --dry-run"}, order},
		"order_not_refundable":     {order},
		"refund_window_over":       {order},
		"invoice_not_voidable":     {invoice},
		"invoice_not_payable":      {invoice},
		"link_unknown":             {look},
		"customer_unknown":         {{command: "company list --search {email}"}},
	}
}
