package wire

import (
	"strings"
	"unicode/utf8"

	"github.com/callboard/callboard/backend/domain"
)

// maxExpression bounds the text of an expression, and with it how long a match can take.
const maxExpression = 4096

// ParseExpression reads an event expression: conditions "field op value" joined by and, or, not and
// parentheses. Empty text matches everything. Errors are domain.Invalid and tell the column.
func ParseExpression(text string) (Expression, error) {
	if len(text) > maxExpression {
		return Expression{}, domain.Errorf(domain.Invalid, "an expression may have %d bytes", maxExpression)
	}
	if strings.TrimSpace(text) == "" {
		return Expression{text: text}, nil
	}
	p := &expressionParser{text: text}
	root, err := p.either(0)
	if err == nil && p.skip() < len(text) {
		err = p.fault("an end, and or or")
	}
	if err != nil {
		return Expression{}, err
	}
	return Expression{root: root, text: text}, nil
}

type expressionParser struct {
	text string
	at   int
}

// fault says what was expected here.
func (p *expressionParser) fault(expected string) error {
	column := utf8.RuneCountInString(p.text[:p.skip()]) + 1
	return domain.Errorf(domain.Invalid, "expression %q: expected %s at column %d", clip(p.text), expected, column)
}

// skip goes past blanks and tells where it is.
func (p *expressionParser) skip() int {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
	return p.at
}

// word takes the keyword if it stands here, whatever its case.
func (p *expressionParser) word(keyword string) bool {
	end := p.skip() + len(keyword)
	if end > len(p.text) || !strings.EqualFold(p.text[p.at:end], keyword) {
		return false
	}
	if end < len(p.text) && (isField(p.text[end]) || strings.IndexByte("=!<>", p.text[end]) >= 0) {
		return false
	}
	p.at = end
	return true
}

// symbol takes the first of the symbols that stands here.
func (p *expressionParser) symbol(symbols ...string) string {
	here := p.text[p.skip():]
	for _, s := range symbols {
		if strings.HasPrefix(here, s) {
			p.at += len(s)
			return s
		}
	}
	return ""
}

func (p *expressionParser) either(depth int) (node, error) {
	parts, err := p.joined("or", depth, p.both)
	if err != nil || len(parts) == 1 {
		return only(parts), err
	}
	return or(parts), nil
}

func (p *expressionParser) both(depth int) (node, error) {
	parts, err := p.joined("and", depth, p.single)
	if err != nil || len(parts) == 1 {
		return only(parts), err
	}
	return and(parts), nil
}

// joined reads one or more parts with a word between them.
func (p *expressionParser) joined(word string, depth int, part func(int) (node, error)) ([]node, error) {
	var parts []node
	for {
		next, err := part(depth)
		if err != nil {
			return nil, err
		}
		parts = append(parts, next)
		if !p.word(word) {
			return parts, nil
		}
	}
}

// only is the one part there is; nil where there is none.
func only(parts []node) node {
	if len(parts) == 0 {
		return nil
	}
	return parts[0]
}

func (p *expressionParser) single(depth int) (node, error) {
	if depth > maxDepth {
		return nil, domain.Errorf(domain.Invalid, "an expression may be nested %d deep", maxDepth)
	}
	if p.word("not") {
		inner, err := p.single(depth + 1)
		return not{inner}, err
	}
	if p.symbol("(") == "" {
		return p.condition()
	}
	inner, err := p.either(depth + 1)
	if err == nil && p.symbol(")") == "" {
		err = p.fault(`")"`)
	}
	return inner, err
}

func (p *expressionParser) condition() (node, error) {
	field := p.run(isField)
	if field == "" {
		return nil, p.fault("a field")
	}
	operator := p.symbol("!=", ">=", "<=", "=", ">", "<")
	if operator == "" {
		return nil, p.fault("one of = != > < >= <=")
	}
	value, err := p.value()
	return condition{strings.Split(field, "."), operator, value}, err
}

// run takes the characters that belong.
func (p *expressionParser) run(belongs func(byte) bool) string {
	start := p.skip()
	for p.at < len(p.text) && belongs(p.text[p.at]) {
		p.at++
	}
	return p.text[start:p.at]
}

func (p *expressionParser) value() (string, error) {
	quote := p.symbol(`"`, `'`)
	if quote == "" {
		if bare := p.run(isBare); bare != "" {
			return bare, nil
		}
		return "", p.fault("a value")
	}
	var value strings.Builder
	for ; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == quote[0]:
			p.at++
			return value.String(), nil
		case c == '\\' && p.at+1 < len(p.text):
			p.at++
			value.WriteByte(p.text[p.at])
		default:
			value.WriteByte(c)
		}
	}
	return "", p.fault("a closing " + quote)
}

func isField(c byte) bool {
	return c == '_' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func isBare(c byte) bool { return isField(c) || strings.IndexByte("-,/*@+", c) >= 0 }
