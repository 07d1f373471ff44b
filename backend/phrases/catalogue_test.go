package phrases

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/callboard/callboard/backend/domain"
)

// forms are the phrases of a language: one text for each, or one for each plural form.
func forms(t *testing.T, lang string) map[key]map[string]string {
	t.Helper()
	raw, err := catalogues.ReadFile("active." + lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var read map[key]json.RawMessage
	if err := json.Unmarshal(raw, &read); err != nil {
		t.Fatal(err)
	}
	all := map[key]map[string]string{}
	for k, entry := range read {
		var text string
		if json.Unmarshal(entry, &text) == nil {
			all[k] = map[string]string{"other": text}
			continue
		}
		var plurals map[string]string
		if err := json.Unmarshal(entry, &plurals); err != nil {
			t.Fatalf("%s %s: %v", lang, k, err)
		}
		all[k] = plurals
	}
	return all
}

var blank = regexp.MustCompile(`{{.*?}}`)

// blanksOf are the names that a phrase leaves room for, each once: a language may say a name twice.
func blanksOf(text string) string {
	found := blank.FindAllString(text, -1)
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " ")
}

func TestEveryLanguageLeavesTheSameBlanks(t *testing.T) {
	english := forms(t, "en")
	for _, lang := range domain.Languages {
		for k, all := range forms(t, lang) {
			for form, text := range all {
				if got, want := blanksOf(text), blanksOf(english[k]["other"]); got != want {
					t.Errorf("%s %s (%s) leaves %s, English %s", lang, k, form, got, want)
				}
			}
		}
	}
}

// Of a key that stands there twice the last counts, and nobody is told.
func TestNoPhraseStandsTwice(t *testing.T) {
	for _, lang := range domain.Languages {
		raw, err := catalogues.ReadFile("active." + lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(`(?m)^  ("[^"]+"):`).FindAllString(string(raw), -1)
		if len(found) != len(forms(t, lang)) {
			t.Errorf("%s holds %d keys in %d lines", lang, len(forms(t, lang)), len(found))
		}
	}
}

// pluralForms are those of whole numbers, and no more: a form too many is one nobody hears.
var pluralForms = map[string][]string{
	"en": {"one", "other"}, "es": {"many", "one", "other"}, "ru": {"few", "many", "one", "other"},
	"zh": {"other"}, "ja": {"other"}, "ko": {"other"},
}

func TestEveryPluralHasTheFormsOfItsLanguage(t *testing.T) {
	for _, lang := range domain.Languages {
		all := forms(t, lang)
		for k := range plural {
			var got []string
			for form := range all[k] {
				got = append(got, form)
			}
			slices.Sort(got)
			if !slices.Equal(got, pluralForms[lang]) {
				t.Errorf("%s %s has the forms %v, not %v", lang, k, got, pluralForms[lang])
			}
		}
		for k, text := range all {
			if !plural[k] && len(text) > 1 {
				t.Errorf("%s %s has forms, but says no number", lang, k)
			}
		}
	}
}

// link is a blank, and the path that follows where it is an address.
var link = regexp.MustCompile(`{{.*?}}(/\w+ ?)?`)

// latin are words that every country writes in Latin letters: names, and what they stand for.
var latin = []string{"Callboard", "ftrack", "API", "QR", "IP"}

// scripts are the letters a language is written in.
var scripts = map[string][]*unicode.RangeTable{
	"zh": {unicode.Han}, "ja": {unicode.Han, unicode.Hiragana, unicode.Katakana}, "ru": {unicode.Cyrillic}, "ko": {unicode.Hangul},
}

func TestEveryLanguageIsWrittenInItsOwnLetters(t *testing.T) {
	for lang, script := range scripts {
		for k, all := range forms(t, lang) {
			for _, text := range all {
				rest := link.ReplaceAllString(text, "")
				for _, word := range latin {
					rest = strings.ReplaceAll(rest, word, "")
				}
				if i := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsLetter(r) && r != 'ー' && !unicode.In(r, script...) }); i >= 0 {
					t.Errorf("%s %s has foreign letters at %q", lang, k, rest[i:])
				}
			}
		}
	}
}

func TestNothingIsLeftInEnglish(t *testing.T) {
	english := forms(t, "en")
	for _, lang := range domain.Languages[1:] {
		for k, all := range forms(t, lang) {
			for _, text := range all {
				if text == english[k]["other"] && strings.ContainsFunc(blank.ReplaceAllString(text, ""), unicode.IsLetter) {
					t.Errorf("%s %s is English: %q", lang, k, text)
				}
			}
		}
	}
}

// manners are what a language never does: see the words of the trade in frontend/README.md.
var manners = map[string][]*regexp.Regexp{
	"":   {regexp.MustCompile(`[!¡！"]|\.\.\.`), regexp.MustCompile(`'`)},
	"zh": {regexp.MustCompile(`\p{Han}[A-Za-z]|[A-Za-z]\p{Han}`), regexp.MustCompile(`您|帐`), regexp.MustCompile(`\p{Han}[,.:;?]`)},
	"ja": {regexp.MustCompile(`[\p{Han}\p{Hiragana}\p{Katakana}] [A-Za-z]|[A-Za-z] [\p{Han}\p{Hiragana}\p{Katakana}]`)},
	"ru": {regexp.MustCompile(`[а-яё,] (Вы|Вас|Вам|Ваш)`)},
	"ko": {regexp.MustCompile(`}}['’”]?(을|를|은|는|이|가|과|와|으로|로)([^\p{Hangul}]|$)`)},
}

func TestEveryLanguageKeepsItsManners(t *testing.T) {
	for _, lang := range domain.Languages {
		for k, all := range forms(t, lang) {
			for _, text := range all {
				for _, fault := range append(manners[""], manners[lang]...) {
					if found := fault.FindString(link.ReplaceAllString(text, "}}")); found != "" {
						t.Errorf("%s %s says %q", lang, k, found)
					}
				}
			}
		}
	}
}

// Each key is declared, listed, and spoken somewhere else.
func TestEveryPhraseIsSpoken(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	uses := map[string]int{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range regexp.MustCompile(`\bkey[A-Z]\w*`).FindAllString(string(text), -1) {
			uses[name]++
		}
	}
	for name, count := range uses {
		if count < 3 {
			t.Errorf("nobody says %s", name)
		}
	}
}
