package page

import (
	"net/http"
	"slices"

	"golang.org/x/text/language"
)

// languages are the languages of the pages, and how one is chosen.
type languages struct {
	all     []*speech // the first is what a browser gets that asks for none of them
	matcher language.Matcher
}

// languageLink leads to the same page in another language.
type languageLink struct {
	Code, Name string
	Current    bool
}

// tags lists the languages that there is a catalogue for.
func tags() []language.Tag {
	return []language.Tag{language.English, language.German, language.French, language.Spanish, language.Dutch}
}

func newLanguages() *languages {
	l := &languages{matcher: language.NewMatcher(tags())}
	for _, tag := range tags() {
		l.all = append(l.all, newSpeech(tag))
	}
	return l
}

// of is the language of an answer: the one asked for by ?lang=, or the one that the
// browser's user reads best.
func (l *languages) of(r *http.Request) *speech {
	asked := r.URL.Query().Get("lang")
	if i := slices.IndexFunc(l.all, func(s *speech) bool { return s.Code() == asked }); i >= 0 {
		return l.all[i]
	}
	preferred, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return l.all[0]
	}
	_, i, _ := l.matcher.Match(preferred...)
	return l.all[i]
}

// links offers every language, by the name that its speakers use.
func (l *languages) links(current *speech) []languageLink {
	var links []languageLink
	for _, s := range l.all {
		links = append(links, languageLink{Code: s.Code(), Name: s.messages["language"], Current: s == current})
	}
	return links
}
