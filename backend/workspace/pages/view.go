package pages

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"net/http"

	"golang.org/x/text/language"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/phrases"
)

//go:embed *.html
var files embed.FS

//go:embed style.css
var styleText string

// styleSource is the pages' one style as a browser's policy names it: it obeys no other.
var styleSource = func() string {
	sum := sha256.Sum256([]byte(styleText))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

var (
	saidPage        = parse("layout.html")
	frontPage       = parse("layout.html", "front.html")
	credentialsPage = parse("layout.html", "credentials.html")
	openPage        = parse("layout.html", "open.html")
	playerPage      = parse("layout.html", "player.html")
	forgotPage      = parse("layout.html", "forgot.html")
	resetPage       = parse("layout.html", "reset.html")
	gonePage        = parse("layout.html", "gone.html")
)

func parse(names ...string) *template.Template {
	return template.Must(template.ParseFS(files, names...))
}

// view is what every page has.
type view struct {
	Language, Title string
	// Said is a sentence to be read first: what went wrong.
	Said string
	// Wide gives pictures room.
	Wide bool
}

// Style is the style, which is ours and hence trusted.
func (view) Style() template.CSS { return template.CSS(styleText) }

var languages = func() language.Matcher {
	tags := make([]language.Tag, len(domain.Languages))
	for i, name := range domain.Languages {
		tags[i] = language.Make(name)
	}
	return language.NewMatcher(tags)
}()

// view begins a page in the language that the browser prefers, in the first where it prefers none of ours.
func (Config) view(w http.ResponseWriter, r *http.Request, title string) view {
	w.Header().Add("Vary", "Accept-Language")
	tags, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	_, index, confidence := languages.Match(tags...)
	if err != nil || confidence == language.No {
		index = 0
	}
	return view{Language: domain.Languages[index], Title: title}
}

func (c Config) in(lang string) *phrases.Phrases { return c.Phrases.In(lang) }

// refuse shows a page that says why not.
func (c Config) refuse(w http.ResponseWriter, r *http.Request, status int, sentence func(*phrases.Phrases) string) {
	v := c.view(w, r, "")
	v.Title, v.Said = c.in(v.Language).Refused(), sentence(c.in(v.Language))
	c.show(w, status, saidPage, v)
}

// show writes a page that holds no form.
func (c Config) show(w http.ResponseWriter, status int, page *template.Template, content any) {
	c.showForm(w, status, page, content, "'none'")
}

// showForm writes a page whose form may lead to these places only.
func (c Config) showForm(w http.ResponseWriter, status int, page *template.Template, content any, places string) {
	var text bytes.Buffer
	if err := page.Execute(&text, content); err != nil {
		c.Log.Error("a page cannot be written", "page", page.Name(), "error", err)
		c.say(w, http.StatusInternalServerError, "The page cannot be shown.\n")
		return
	}
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Security-Policy",
		"default-src 'none'; style-src "+styleSource+"; img-src 'self'; media-src 'self'; base-uri 'none'; form-action "+places+"; frame-ancestors 'none'")
	c.write(w, status, text.Bytes())
}

func (c Config) say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	c.write(w, status, []byte(text))
}

func (c Config) write(w http.ResponseWriter, status int, body []byte) {
	private(w.Header())
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		c.Log.Debug("a page was not read to its end", "error", err)
	}
}

// private keeps an answer out of caches, and its address out of what a browser tells other sites.
func private(header http.Header) {
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "no-referrer")
}
