package query

import (
	"fmt"
	"strings"
	"unicode"
)

type tokenKind int

const (
	end    tokenKind = iota
	word             // letters, digits and - _ . : + * % @ / : names, paths, bare values
	quoted           // a string in quotes, its escapes undone
	symbol           // ( ) [ ] , = != < <= > >=
)

type token struct {
	kind   tokenKind
	text   string
	column int
	glued  bool // nothing stands between it and the token before
}

func (t token) String() string {
	switch t.kind {
	case end:
		return "the end of the query"
	case quoted:
		return fmt.Sprintf("the text %q", shorten(t.text))
	default:
		return fmt.Sprintf("%q", shorten(t.text))
	}
}

// SyntaxError says where a query stops being one.
type SyntaxError struct {
	Column  int // in characters, from 1
	Message string
}

// Error implements error.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("column %d: %s", e.Column, e.Message)
}

func lex(text string) ([]token, error) {
	runes := []rune(text)
	var tokens []token
	last := -1 // where the token before ended
	for i := 0; i < len(runes); {
		start := i
		r := runes[i]
		var t token
		switch {
		case unicode.IsSpace(r):
			i++
			continue
		case r == '"' || r == '\'':
			content, next, err := lexQuoted(runes, i)
			if err != nil {
				return nil, err
			}
			t, i = token{kind: quoted, text: content}, next
		case strings.ContainsRune("()[],", r):
			t, i = token{kind: symbol, text: string(r)}, i+1
		case strings.ContainsRune("=!<>", r):
			i++
			if i < len(runes) && runes[i] == '=' {
				i++
			}
			t = token{kind: symbol, text: string(runes[start:i])}
			if t.text == "!" {
				return nil, &SyntaxError{Column: start + 1, Message: `"!" must be followed by "="`}
			}
		case inWord(r):
			for i < len(runes) && inWord(runes[i]) {
				i++
			}
			t = token{kind: word, text: string(runes[start:i])}
		default:
			return nil, &SyntaxError{Column: start + 1, Message: fmt.Sprintf("%q cannot stand here; put text in quotes", r)}
		}
		t.column, t.glued = start+1, start == last
		tokens = append(tokens, t)
		last = i
	}
	return append(tokens, token{kind: end, column: len(runes) + 1}), nil
}

func lexQuoted(runes []rune, start int) (content string, next int, err error) {
	var b strings.Builder
	for i := start + 1; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == runes[start]:
			return b.String(), i + 1, nil
		case r == '\\' && i+1 < len(runes) && strings.ContainsRune(`"'\`, runes[i+1]):
			i++
			b.WriteRune(runes[i])
		default:
			b.WriteRune(r)
		}
	}
	return "", 0, &SyntaxError{Column: start + 1, Message: "the quote is never closed"}
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.:+*%@/", r)
}

func shorten(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

func equalFold(a, b string) bool { return strings.EqualFold(a, b) }
