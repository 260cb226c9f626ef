package page

import (
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/resell-cli/resell/internal/licensing"
)

// form is one of the forms on the activation page: its fields with what was typed
// and what is wrong with it.
type form struct {
	Who    string // "existing" or "new": which form was sent
	Fields []*field
}

// field is one question of a form, ready for its template.
type field struct {
	Name, ID     string
	Label, Hint  string
	Note         string // beside the label: that nothing need be entered
	Type         string // of the input; a field with options is a select
	Autocomplete string // token of HTML, for browsers that fill in forms
	Required     bool
	Max          int // characters
	Options      []option
	Value        string
	Error        string // what is wrong, in words; empty is nothing
}

// option is one choice of a select.
type option struct{ Value, Text string }

// existingForm asks a customer for the address that the reseller knows.
func existingForm(s *speech) *form {
	return newForm(s, "existing", []*field{
		{Name: "email", Label: "existing.email", Type: "email", Autocomplete: "email", Required: true, Max: 320},
	})
}

// newCustomerForm asks for all that makes a company. The lengths are those of the
// API.
func newCustomerForm(s *speech) *form {
	return newForm(s, "new", []*field{
		{Name: "name", Label: "field.name", Type: "text", Autocomplete: "organization", Required: true, Max: 500},
		{Name: "email", Label: "field.email", Hint: "hint.email", Type: "email", Autocomplete: "email", Required: true, Max: 320},
		{Name: "contact", Label: "field.contact", Type: "text", Autocomplete: "name", Max: 200},
		{Name: "phone", Label: "field.phone", Type: "tel", Autocomplete: "tel", Max: 100},
		{Name: "address", Label: "field.address", Type: "text", Autocomplete: "address-line1", Max: 500},
		{Name: "postal_code", Label: "field.postal_code", Type: "text", Autocomplete: "postal-code", Max: 50},
		{Name: "city", Label: "field.city", Type: "text", Autocomplete: "address-level2", Max: 200},
		{Name: "country", Label: "field.country", Autocomplete: "country", Required: true, Max: 2, Options: s.countries()},
		{Name: "vat_id", Label: "field.vat_id", Hint: "hint.vat_id", Type: "text", Max: 50},
	})
}

func newForm(s *speech, who string, fields []*field) *form {
	for _, f := range fields {
		f.ID = who + "-" + f.Name
		f.Label = s.say(f.Label)
		if f.Hint != "" {
			f.Hint = s.say(f.Hint)
		}
		if !f.Required {
			f.Note = s.say("field.optional")
		}
	}
	return &form{Who: who, Fields: fields}
}

// fill takes over what was typed, without the blanks around it.
func (f *form) fill(values url.Values) {
	for _, field := range f.Fields {
		field.Value = strings.TrimSpace(values.Get(field.Name))
	}
}

func (f *form) field(name string) *field {
	for _, field := range f.Fields {
		if field.Name == name {
			return field
		}
	}
	return nil
}

func (f *form) value(name string) string { return f.field(name).Value }

func (f *form) customer() Customer {
	return Customer{
		Name: f.value("name"), Email: f.value("email"), Contact: f.value("contact"), Phone: f.value("phone"),
		Address: f.value("address"), PostalCode: f.value("postal_code"), City: f.value("city"),
		Country: f.value("country"), VATID: f.value("vat_id"),
	}
}

// check finds what no use case would take, and says whether there is nothing of it.
func (f *form) check(s *speech) bool {
	fine := true
	for _, field := range f.Fields {
		field.Error = field.mistake(s)
		fine = fine && field.Error == ""
	}
	return fine
}

func (f *field) mistake(s *speech) string {
	switch {
	case f.Value == "" && f.Required:
		return s.say("error." + f.Name + ".missing")
	case f.Value == "":
		return ""
	case utf8.RuneCountInString(f.Value) > f.Max:
		return s.say("error.too_long", "field", f.Label, "max", strconv.Itoa(f.Max))
	case !utf8.ValidString(f.Value), strings.ContainsFunc(f.Value, unicode.IsControl):
		return s.say("error." + f.Name + ".invalid")
	case f.Name == "email" && !isEmail(f.Value), f.Name == "country" && !isCountry(f.Value):
		return s.say("error." + f.Name + ".invalid")
	}
	return ""
}

// DescribedBy names what stands beside the field, for those who do not see it.
func (f *field) DescribedBy() string {
	var ids []string
	if f.Hint != "" {
		ids = append(ids, f.ID+"-hint")
	}
	if f.Error != "" {
		ids = append(ids, f.ID+"-error")
	}
	return strings.Join(ids, " ")
}

func isEmail(s string) bool {
	address, err := mail.ParseAddress(s)
	return err == nil && address.Address == s
}

// refuse marks the fields that a use case refused. Its own words are for the API's
// callers and in one language, so that each field has words of its own here. It
// says whether there was such a field.
func (f *form) refuse(s *speech, refused []licensing.FieldError) bool {
	marked := false
	for _, r := range refused {
		name := r.Field[strings.LastIndexByte(r.Field, '.')+1:]
		if field := f.field(name); field != nil {
			field.Error = s.say("error." + name + ".invalid")
			marked = true
		}
	}
	return marked
}
