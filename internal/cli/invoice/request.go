package invoice

import (
	"fmt"
	"slices"

	"github.com/resell-cli/resell/internal/api"
)

// share is what one company is invoiced for in a request.
type share struct {
	company  api.CompanyRef
	licenses []string
}

// request is what one call of the API invoices.
type request struct {
	shares []share
	key    string // ends its idempotency key, so that each request has its own
	amount int64  // what its preview adds up to, in minor units
}

func (r request) licenses() []string {
	var all []string
	for _, s := range r.shares {
		all = append(all, s.licenses...)
	}
	return all
}

// apart gives a request for each company.
func (r request) apart() []request {
	parts := make([]request, len(r.shares))
	for i, s := range r.shares {
		parts[i] = request{shares: []share{s}, key: fmt.Sprintf("%s/%d", r.key, i+1)}
	}
	return parts
}

// byCompany gathers licenses, companies in the order in which they first occur.
func byCompany(all []selected) []share {
	var shares []share
	at := make(map[string]int)
	for _, s := range all {
		i, seen := at[s.company.ID]
		if !seen {
			i = len(shares)
			at[s.company.ID] = i
			shares = append(shares, share{company: s.company})
		}
		shares[i].licenses = append(shares[i].licenses, s.license)
	}
	return shares
}

// pack fills requests of the API's size. What a company has stays in one request, and so
// on one invoice, unless it is more than fits.
func pack(shares []share) []request {
	var requests []request
	free := 0 // in the last request
	for _, s := range shares {
		for part := range slices.Chunk(s.licenses, api.MaxInvoiceLicenses) {
			if len(part) > free {
				requests, free = append(requests, request{}), api.MaxInvoiceLicenses
			}
			last := &requests[len(requests)-1]
			last.shares = append(last.shares, share{s.company, slices.Clip(part)})
			free -= len(part)
		}
	}
	if len(requests) > 1 {
		for i := range requests {
			requests[i].key = fmt.Sprintf("/%d", i+1)
		}
	}
	return requests
}
