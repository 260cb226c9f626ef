package letter

import (
	"strings"

	"golang.org/x/text/language"

	"github.com/resell-cli/resell/internal/licensing"
)

// words are a text in each language that letters are written in, with places such as
// {product}.
type words struct{ en, de, fr, es, nl string }

// in is the text in the language of a BCP 47 tag, English where that is none of them,
// with its places filled from pairs of place and value.
func (w words) in(tag string, pairs ...string) string {
	languages := language.NewMatcher([]language.Tag{
		language.English, language.German, language.French, language.Spanish, language.Dutch,
	})
	_, i := language.MatchStrings(languages, tag)
	return strings.NewReplacer(pairs...).Replace([]string{w.en, w.de, w.fr, w.es, w.nl}[i])
}

// validity says from when until when a license is valid: the day before it ends is its
// last.
func validity(tag string, l licensing.License) string {
	if l.EndsOn.IsZero() {
		return words{
			en: "from {from}, without an end", de: "ab {from}, unbefristet", fr: "à partir du {from}, sans limite",
			es: "desde el {from}, sin límite", nl: "vanaf {from}, zonder einde",
		}.in(tag, "{from}", l.StartsOn.String())
	}
	return words{
		en: "from {from} up to and including {to}", de: "vom {from} bis einschließlich {to}", fr: "du {from} au {to} inclus",
		es: "del {from} al {to} inclusive", nl: "van {from} tot en met {to}",
	}.in(tag, "{from}", l.StartsOn.String(), "{to}", l.EndsOn.AddDays(-1).String())
}
