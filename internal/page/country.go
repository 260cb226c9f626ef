package page

import (
	"slices"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// countryCodes are the officially assigned codes of ISO 3166-1 alpha-2, and XK,
// which is Kosovo's wherever it needs one.
const countryCodes = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
	"CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR " +
	"GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP " +
	"KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ " +
	"NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW " +
	"SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ " +
	"UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW"

// isCountry says whether code is one that the form offers.
func isCountry(code string) bool { return slices.Contains(strings.Fields(countryCodes), code) }

// countriesIn gives every country by its name in a language, in that language's
// alphabetical order.
func countriesIn(tag language.Tag) []option {
	names := regionNames(tag)
	renamed := renamedCountries(tag)
	var countries []option
	for code := range strings.FieldsSeq(countryCodes) {
		name, ok := renamed[code]
		if !ok {
			name = names.Name(language.MustParseRegion(code))
		}
		countries = append(countries, option{Value: code, Text: name})
	}
	order := collate.New(tag)
	slices.SortFunc(countries, func(a, b option) int { return order.CompareString(a.Text, b.Text) })
	return countries
}

// regionNames takes out the dictionaries that are used, so that those of the other
// languages are not linked.
func regionNames(tag language.Tag) display.Namer {
	dictionary := map[language.Tag]*display.Dictionary{
		language.German: display.German, language.French: display.French,
		language.Spanish: display.Spanish, language.Dutch: display.Dutch,
	}[tag]
	if dictionary == nil {
		dictionary = display.English
	}
	return dictionary.Regions()
}

// renamedCountries has the names that changed after CLDR 32, which is what the
// dictionaries hold.
func renamedCountries(tag language.Tag) map[string]string {
	renamed := map[string]string{"SZ": "Eswatini"}
	switch tag {
	case language.German:
		renamed["MK"] = "Nordmazedonien"
	case language.French:
		renamed["MK"] = "Macédoine du Nord"
	case language.Spanish:
		renamed["MK"], renamed["SZ"] = "Macedonia del Norte", "Esuatini"
	case language.Dutch:
		renamed["MK"] = "Noord-Macedonië"
	default:
		renamed["MK"], renamed["TR"] = "North Macedonia", "Türkiye"
	}
	return renamed
}
