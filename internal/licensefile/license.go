// Package licensefile makes and checks license files: a license, signed with Ed25519,
// that a program can check without a network.
//
// The form is the widely used one that keygen-go and its relatives read: between two
// marker lines the base64, 60 characters a line, of a JSON object {enc, sig, alg}. The
// signature is over "license/" and enc. With the algorithm base64+ed25519 enc is the
// base64 of a JSON:API document; with aes-256-gcm+ed25519 it is that document
// encrypted, as ciphertext.iv.tag, each in base64, with the SHA-256 of a secret.
package licensefile

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// License is what a license file says. Times are kept in whole seconds.
type License struct {
	ID          string
	Key         string // the activation key or coupon that the customer has
	Name        string
	Product     string // SKU
	ProductName string
	Company     string
	Quantity    int64    // in units of the product: users, devices, channels
	Serials     []string // devices that it is bound to

	// StartsOn and EndsOn are the midnights, in the vendor's time zone, that begin
	// the first day on which the license is valid and the first on which it no
	// longer is. A zero EndsOn is a perpetual license.
	StartsOn, EndsOn time.Time
	// Issued is when the file was made, and Expiry until when it may be used; a zero
	// Expiry is for as long as the license. Both are about the file alone.
	Issued, Expiry time.Time
}

// document is a license as JSON:API has it. Attributes have the names that SDKs know;
// they hand everything else on to the program as metadata.
type document struct {
	Data struct {
		ID         string     `json:"id"`
		Type       string     `json:"type"`
		Attributes attributes `json:"attributes"`
	} `json:"data"`
	Meta meta `json:"meta"`
}

type attributes struct {
	Name     string     `json:"name"`
	Key      string     `json:"key"`
	Starts   *time.Time `json:"starts"`
	Expiry   *time.Time `json:"expiry"` // of the license
	Metadata metadata   `json:"metadata"`
}

type metadata struct {
	Product     string   `json:"product"`
	ProductName string   `json:"product_name"`
	Company     string   `json:"company"`
	Quantity    int64    `json:"quantity"`
	Serials     []string `json:"serials"`
	StartsOn    *string  `json:"starts_on"` // for readers; Starts and Expiry say the same
	EndsOn      *string  `json:"ends_on"`
}

type meta struct {
	Issued *time.Time `json:"issued"`
	Expiry *time.Time `json:"expiry"` // of the file
	TTL    *int64     `json:"ttl"`    // seconds from Issued to Expiry
}

const resourceType = "licenses"

// encode writes the document of a license, which must make sense.
func (l License) encode() ([]byte, error) {
	issued, expiry := l.Issued.UTC().Truncate(time.Second), l.Expiry.UTC().Truncate(time.Second)
	switch {
	case l.ID == "":
		return nil, errors.New("the license has no id")
	case l.Issued.IsZero() || l.StartsOn.IsZero():
		return nil, errors.New("the license has no start or no time of issue")
	case !l.EndsOn.IsZero() && !l.EndsOn.After(l.StartsOn):
		return nil, errors.New("the license ends before it starts")
	case !l.Expiry.IsZero() && !expiry.After(issued):
		return nil, errors.New("the file expires before it is issued")
	}
	var d document
	d.Data.ID, d.Data.Type = l.ID, resourceType
	d.Data.Attributes = attributes{
		Name: l.Name, Key: l.Key, Starts: whole(l.StartsOn), Expiry: whole(l.EndsOn),
		Metadata: metadata{
			Product: l.Product, ProductName: l.ProductName, Company: l.Company,
			Quantity: l.Quantity, Serials: append([]string{}, l.Serials...),
			StartsOn: day(l.StartsOn), EndsOn: day(l.EndsOn),
		},
	}
	d.Meta = meta{Issued: &issued, Expiry: whole(expiry)}
	if d.Meta.Expiry != nil {
		// Not Sub: a time.Duration ends at 292 years.
		ttl := expiry.Unix() - issued.Unix()
		d.Meta.TTL = &ttl
	}
	text, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("encode license: %w", err)
	}
	return text, nil
}

// decode reads a document. What it does not know it leaves: a later version may say
// more about a license.
func decode(text []byte) (License, error) {
	var d document
	if err := json.Unmarshal(text, &d); err != nil {
		return License{}, malformed("its content cannot be read", err)
	}
	switch {
	case d.Data.Type != resourceType || d.Data.ID == "":
		return License{}, malformed("it is about something else", nil)
	case d.Meta.Issued == nil:
		return License{}, malformed("it does not say when it was issued", nil)
	case d.Meta.Expiry == nil && d.Meta.TTL != nil && *d.Meta.TTL != 0:
		return License{}, malformed("it expires, and does not say when", nil)
	}
	a := d.Data.Attributes
	return License{
		ID: d.Data.ID, Key: a.Key, Name: a.Name,
		Product: a.Metadata.Product, ProductName: a.Metadata.ProductName, Company: a.Metadata.Company,
		Quantity: a.Metadata.Quantity, Serials: a.Metadata.Serials,
		StartsOn: orZero(a.Starts), EndsOn: orZero(a.Expiry),
		Issued: *d.Meta.Issued, Expiry: orZero(d.Meta.Expiry),
	}, nil
}

func whole(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.Truncate(time.Second)
	return &t
}

func orZero(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func day(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	text := t.Format(time.DateOnly)
	return &text
}
