package page

import (
	"embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"github.com/resell-cli/resell/internal/licensing"
)

// One catalogue for each language: message/de.json maps a key to its text, with
// placeholders such as {product}.
//
//go:embed message
var catalogues embed.FS

// speech says things in one language. Its exported methods are what templates call.
type speech struct {
	tag       language.Tag
	messages  map[string]string
	countries func() []option
}

func newSpeech(tag language.Tag) *speech {
	s := &speech{tag: tag, messages: readCatalogue(tag)}
	s.countries = sync.OnceValue(func() []option { return countriesIn(tag) })
	return s
}

// readCatalogue panics where a catalogue is not there or not JSON: it is part of
// the program.
func readCatalogue(tag language.Tag) map[string]string {
	messages := map[string]string{}
	text, err := catalogues.ReadFile("message/" + tag.String() + ".json")
	if err == nil {
		err = json.Unmarshal(text, &messages)
	}
	if err != nil {
		panic(fmt.Errorf("read messages in %s: %w", tag, err))
	}
	return messages
}

// Code is the language as HTML writes it, such as "de".
func (s *speech) Code() string { return s.tag.String() }

// Say gives a message with its placeholders filled from pairs of name and value. A
// message that there is not fails.
func (s *speech) Say(key string, pairs ...string) (string, error) {
	text, ok := s.messages[key]
	if !ok {
		return "", fmt.Errorf("no message %q in %s", key, s.tag)
	}
	var replacements []string
	for i := 0; i+1 < len(pairs); i += 2 {
		replacements = append(replacements, "{"+pairs[i]+"}", pairs[i+1])
	}
	return strings.NewReplacer(replacements...).Replace(text), nil
}

// say is Say for code, which only asks for messages that there are: a test holds
// that.
func (s *speech) say(key string, pairs ...string) string {
	text, err := s.Say(key, pairs...)
	if err != nil {
		return key
	}
	return text
}

// Count says how much was bought, such as "25 users". What is counted in something
// that the catalogue does not know is a number alone.
func (s *speech) Count(quantity int64, metric string) string {
	digits := s.integer(quantity)
	form := "other"
	if plural.Cardinal.MatchPlural(s.tag, int(quantity), 0, 0, 0, 0) == plural.One {
		form = "one"
	}
	if text, err := s.Say("metric."+metric+"."+form, "count", digits); err == nil {
		return text
	}
	return digits
}

// Date writes a calendar date in words.
func (s *speech) Date(d licensing.Date) string {
	key := "date"
	if d.Day() == 1 {
		key = "date.first" // 1er janvier
	}
	month := s.say(fmt.Sprintf("month.%d", d.Month()))
	return s.say(key, "day", strconv.Itoa(d.Day()), "month", month, "year", strconv.Itoa(d.Year()))
}

// Validity says when a license can be used. It is valid up to but not including
// endsOn; people are told the last day.
func (s *speech) Validity(startsOn, endsOn licensing.Date) string {
	if endsOn.IsZero() {
		return s.say("validity.perpetual", "from", s.Date(startsOn))
	}
	return s.say("validity.term", "from", s.Date(startsOn), "to", s.Date(endsOn.AddDays(-1)))
}

// Amount writes minor units of a currency, such as "1,234.50 EUR".
func (s *speech) Amount(minor int64, currency string) string {
	plain := licensing.FormatAmount(minor, currency)
	plain, _, _ = strings.Cut(plain, " ")
	_, fraction, _ := strings.Cut(plain, ".")
	unit := int64(1)
	for range fraction {
		unit *= 10
	}
	digits := s.integer(minor / unit)
	if minor < 0 && minor/unit == 0 {
		digits = "-" + digits
	}
	if fraction != "" {
		digits += s.say("number.decimal") + fraction
	}
	return digits + "\u00a0" + currency
}

func (s *speech) integer(n int64) string {
	return message.NewPrinter(s.tag).Sprint(number.Decimal(n))
}
