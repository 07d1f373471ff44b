package query

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// MaxLength is how many bytes a query may have: enough for some ten thousand ids in one list.
	MaxLength = 1 << 20
	// maxDepth is how deep parentheses, negations and subqueries may nest.
	maxDepth = 100
)

// Parse reads a query. A fault is always a *SyntaxError.
func Parse(text string) (*Query, error) {
	if len(text) > MaxLength {
		return nil, &SyntaxError{Column: 1, Message: fmt.Sprintf("the query has %d bytes; at most %d are read", len(text), MaxLength)}
	}
	if !utf8.ValidString(text) {
		return nil, &SyntaxError{Column: 1, Message: "the query is not UTF-8 text"}
	}
	tokens, err := lex(text)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens}
	q, err := p.query()
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != end {
		return nil, p.expected("the end of the query", t)
	}
	return q, nil
}

// parser walks the tokens once, from left to right.
type parser struct {
	tokens []token
	at     int
	depth  int
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != end {
		p.at++
	}
	return t
}

// keyword takes the next token if it is one of these words, in any case.
func (p *parser) keyword(words ...string) (string, bool) {
	t := p.peek()
	if t.kind != word {
		return "", false
	}
	for _, w := range words {
		if equalFold(t.text, w) {
			p.at++
			return w, true
		}
	}
	return "", false
}

func (p *parser) symbol(text string) bool {
	if t := p.peek(); t.kind != symbol || t.text != text {
		return false
	}
	p.at++
	return true
}

func (p *parser) want(text string) error {
	if p.symbol(text) {
		return nil
	}
	return p.expected(strconv.Quote(text), p.peek())
}

func (p *parser) expected(what string, found token) error {
	return &SyntaxError{Column: found.column, Message: fmt.Sprintf("expected %s, found %s", what, found)}
}

// deeper guards against text that nests without end.
func (p *parser) deeper() error {
	p.depth++
	if p.depth > maxDepth {
		return &SyntaxError{Column: p.peek().column, Message: fmt.Sprintf("the query nests deeper than %d levels", maxDepth)}
	}
	return nil
}

func (p *parser) query() (*Query, error) {
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	q := &Query{}
	if _, ok := p.keyword("select"); ok {
		var err error
		if q.Projections, err = list(p, p.projection); err != nil {
			return nil, err
		}
		if _, ok := p.keyword("from"); !ok {
			return nil, p.expected(`"from"`, p.peek())
		}
	}
	t := p.next()
	if t.kind != word || strings.ContainsAny(t.text, ".:+*%@/-") {
		return nil, p.expected("the name of an entity type", t)
	}
	q.Type, q.TypeColumn = t.text, t.column
	return q, p.clauses(q)
}

func (p *parser) clauses(q *Query) (err error) {
	if _, ok := p.keyword("where"); ok {
		if q.Where, err = p.or(); err != nil {
			return err
		}
	}
	if _, ok := p.keyword("group"); ok {
		if _, ok := p.keyword("by"); !ok {
			return p.expected(`"by"`, p.peek())
		}
		if q.GroupBy, err = list(p, p.path); err != nil {
			return err
		}
	}
	if _, ok := p.keyword("order"); ok {
		if _, ok := p.keyword("by"); !ok {
			return p.expected(`"by"`, p.peek())
		}
		if q.OrderBy, err = list(p, p.order); err != nil {
			return err
		}
	}
	// Clients write these two in either order.
	for {
		switch name, _ := p.keyword("offset", "limit"); {
		case name == "offset" && q.Offset == nil:
			q.Offset, err = p.count()
		case name == "limit" && q.Limit == nil:
			q.Limit, err = p.count()
		case name != "":
			return &SyntaxError{Column: p.tokens[p.at-1].column, Message: fmt.Sprintf("%q stands here twice", name)}
		default:
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// list reads one or more items between commas.
func list[T any](p *parser, item func() (T, error)) ([]T, error) {
	var items []T
	for {
		i, err := item()
		if err != nil {
			return nil, err
		}
		items = append(items, i)
		if !p.symbol(",") {
			return items, nil
		}
	}
}

func (p *parser) projection() (Projection, error) {
	path, err := p.path()
	if err != nil || !p.symbol("(") {
		return Projection{Path: path}, err
	}
	function := strings.ToLower(path.Segments[0].Name)
	switch function {
	case "count", "sum", "avg", "min", "max":
	default:
		return Projection{}, &SyntaxError{Column: path.Column, Message: fmt.Sprintf("%q is no function; there are count, sum, avg, min and max", shorten(function))}
	}
	inner, err := p.path()
	if err != nil {
		return Projection{}, err
	}
	return Projection{Path: inner, Function: function}, p.want(")")
}

func (p *parser) order() (Order, error) {
	path, err := p.path()
	if err != nil {
		return Order{}, err
	}
	direction, _ := p.keyword("asc", "ascending", "desc", "descending")
	return Order{Path: path, Descending: strings.HasPrefix(direction, "desc")}, nil
}

func (p *parser) count() (*int, error) {
	t := p.next()
	n, err := strconv.Atoi(t.text)
	if t.kind != word || err != nil || n < 0 {
		return nil, p.expected("a whole number", t)
	}
	return &n, nil
}

func (p *parser) path() (Path, error) {
	t := p.next()
	if t.kind != word {
		return Path{}, p.expected("the name of an attribute", t)
	}
	path := Path{Column: t.column}
	for {
		for name := range strings.SplitSeq(t.text, ".") {
			if !isName(name) {
				return Path{}, p.expected("the name of an attribute", t)
			}
			path.Segments = append(path.Segments, Segment{Name: name})
		}
		if !p.symbol("[") {
			return path, nil
		}
		cast := p.next()
		if cast.kind != word || !isName(cast.text) {
			return Path{}, p.expected("the name of an entity type", cast)
		}
		path.Segments[len(path.Segments)-1].Cast = cast.text
		if err := p.want("]"); err != nil {
			return Path{}, err
		}
		// What follows a cast begins with its dot, as one word: resource[Group].memberships.user
		t = p.peek()
		if t.kind != word || !t.glued || !strings.HasPrefix(t.text, ".") {
			return path, nil
		}
		p.next()
		t.text = t.text[1:]
	}
}

// isName holds names to what entity types use; it also keeps numbers and dates from passing as paths.
func isName(text string) bool {
	for i, r := range text {
		letter := r == '_' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return text != ""
}
