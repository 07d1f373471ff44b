// Package phrases holds every sentence spoken outside the page: summaries, toasts, the tray. It words
// domain values in a person's language; it decides nothing. The page's own words live in the page.
//
// The catalogues active.*.json hold the same keys; a plural form missing in one of them is a failing
// test, because go-i18n answers it with a text and an error at once.
package phrases

import (
	"embed"
	"encoding/json"
	"fmt"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"github.com/callboard/callboard/backend/domain"
)

//go:embed active.*.json
var catalogues embed.FS

// Book holds the phrases of all languages.
type Book struct {
	languages map[string]*Phrases
}

// Open reads the catalogues that are built in.
func Open() (*Book, error) {
	bundle := i18n.NewBundle(language.English)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	book := &Book{languages: map[string]*Phrases{}}
	for _, lang := range domain.Languages {
		if _, err := bundle.LoadMessageFileFS(catalogues, "active."+lang+".json"); err != nil {
			return nil, fmt.Errorf("read the %s phrases: %w", lang, err)
		}
	}
	for _, lang := range domain.Languages {
		book.languages[lang] = &Phrases{localizer: i18n.NewLocalizer(bundle, lang), figures: message.NewPrinter(language.Make(lang))}
	}
	return book, nil
}

// In gives the phrases of one of domain.Languages, of the first of them for any other.
func (b *Book) In(lang string) *Phrases {
	if p, ok := b.languages[lang]; ok {
		return p
	}
	return b.languages[domain.Languages[0]]
}

// Phrases speaks one language. It is safe for use by many goroutines.
type Phrases struct {
	localizer *i18n.Localizer
	figures   *message.Printer
}

// words fill the places of a phrase.
type words struct {
	Actor, Thing, Status string
	// These stand in letters: Home is the workspace's address, From a network address.
	Reader, Workspace, Username, Link, Home, When, Device, From string
	PluralCount                                                 int
}

// counting are words whose number is written as the language writes numbers: 1,234 or 1 234.
type counting struct {
	words
	PluralCount string
}

// say words a phrase. A text is always given: of a broken catalogue, the English or the key.
func (p *Phrases) say(k key, w words) string {
	text, err := p.try(k, w)
	if err != nil && text == "" {
		return string(k)
	}
	return text
}

func (p *Phrases) try(k key, w words) (string, error) {
	config := &i18n.LocalizeConfig{MessageID: string(k), TemplateData: w}
	if plural[k] {
		config.PluralCount = w.PluralCount
		config.TemplateData = counting{w, p.figures.Sprint(w.PluralCount)}
	}
	return p.localizer.Localize(config)
}
