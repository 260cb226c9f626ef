package page

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"net/http"
)

//go:embed template
var sources embed.FS

// sheet is what every page is made of. Templates call the methods of its speech.
type sheet struct {
	*speech

	Title     string
	Vendor    string
	Languages []languageLink // none where the address would not show the page again
	Style     template.CSS
	View      any
}

// parseTemplates panics where a template does not parse: they are part of the program.
func parseTemplates() map[string]*template.Template {
	parsed := map[string]*template.Template{}
	shared := template.Must(template.ParseFS(sources, "template/layout.html", "template/part.html"))
	for _, name := range []string{"activate", "done", "notice", "payment"} {
		parsed[name] = template.Must(template.Must(shared.Clone()).ParseFS(sources, "template/"+name+".html"))
	}
	parsed["result"] = parsed["notice"]
	return parsed
}

// render writes a page. A page that comes once, after a form was sent, offers no
// other language: its address leads elsewhere by then.
func (h *handler) render(w http.ResponseWriter, r *http.Request, status int, name, title, vendor string, view any) {
	s := h.languages.of(r)
	sheet := sheet{speech: s, Title: title, Vendor: vendor, Style: template.CSS(style), View: view} //nolint:gosec // our own stylesheet
	if name != "done" && name != "result" {
		sheet.Languages = h.languages.links(s)
	}
	var body bytes.Buffer
	if err := h.templates[name].ExecuteTemplate(&body, "layout.html", sheet); err != nil {
		h.logFailure(w, r, err)
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", s.Code())
	header.Add("Vary", "Accept-Language")
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the browser may be gone
}

// readForm reads what was sent, and answers itself what is no form of ours.
func (h *handler) readForm(w http.ResponseWriter, r *http.Request) bool {
	if !h.sameOrigin(r) {
		h.renderNotice(w, r, http.StatusForbidden, notice{key: "notice.foreign"})
		return false
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	err := r.ParseForm()
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		h.renderNotice(w, r, http.StatusRequestEntityTooLarge, notice{key: "notice.too_large"})
		return false
	}
	if err != nil {
		h.renderNotice(w, r, http.StatusBadRequest, notice{key: "notice.unreadable"})
		return false
	}
	return true
}
