package query

// or reads criteria joined by "or"; "and" binds tighter.
func (p *parser) or() (Expr, error) {
	terms, err := p.joined("or", p.and)
	if err != nil || len(terms) == 1 {
		return first(terms), err
	}
	var flat []Expr
	for _, t := range terms {
		if inner, ok := t.(Or); ok {
			flat = append(flat, inner.Terms...)
		} else {
			flat = append(flat, t)
		}
	}
	return Or{Terms: flat}, nil
}

func (p *parser) and() (Expr, error) {
	terms, err := p.joined("and", p.term)
	if err != nil || len(terms) == 1 {
		return first(terms), err
	}
	var flat []Expr
	for _, t := range terms {
		if inner, ok := t.(And); ok {
			flat = append(flat, inner.Terms...)
		} else {
			flat = append(flat, t)
		}
	}
	return And{Terms: flat}, nil
}

func (p *parser) joined(by string, term func() (Expr, error)) ([]Expr, error) {
	var terms []Expr
	for {
		t, err := term()
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
		if _, more := p.keyword(by); !more {
			return terms, nil
		}
	}
}

func first(terms []Expr) Expr {
	if len(terms) == 0 {
		return nil
	}
	return terms[0]
}

func (p *parser) term() (Expr, error) {
	if err := p.deeper(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	if _, ok := p.keyword("not"); ok {
		inner, err := p.term()
		if err != nil {
			return nil, err
		}
		return Not{Term: inner}, nil
	}
	if p.symbol("(") {
		inner, err := p.or()
		if err != nil {
			return nil, err
		}
		return inner, p.want(")")
	}
	path, err := p.path()
	if err != nil {
		return nil, err
	}
	return p.condition(path)
}

// operators maps every spelling to the comparison it means.
var operators = map[string]Op{
	"is": Is, "=": Is, "is_not": IsNot, "!=": IsNot,
	">": Greater, "after": Greater, "greater_than": Greater,
	"<": Less, "before": Less, "less_than": Less,
	">=": GreaterSame, "<=": LessSame,
	"like": Like, "not_like": NotLike,
}

func (p *parser) condition(path Path) (Expr, error) {
	if name, ok := p.keyword("has", "any"); ok {
		return p.related(path, name == "any")
	}
	if name, ok := p.keyword("in", "not_in"); ok {
		return p.in(path, name == "not_in")
	}
	t := p.next()
	spelling := t.text
	if t.kind == word {
		spelling = fold(spelling)
	}
	op, known := operators[spelling]
	if !known || t.kind == quoted {
		return nil, p.expected("an operator such as is, in, like, has or any", t)
	}
	value, err := p.value()
	return Compare{Path: path, Op: op, Value: value}, err
}

func (p *parser) related(path Path, many bool) (Expr, error) {
	if err := p.want("("); err != nil {
		return nil, err
	}
	if p.symbol(")") {
		return Related{Path: path, Many: many}, nil
	}
	where, err := p.or()
	if err != nil {
		return nil, err
	}
	return Related{Path: path, Many: many, Where: where}, p.want(")")
}

func (p *parser) in(path Path, negated bool) (Expr, error) {
	if err := p.want("("); err != nil {
		return nil, err
	}
	in := In{Path: path, Negated: negated}
	var err error
	switch {
	case p.symbol(")"):
		return in, nil
	case p.subqueryAhead():
		in.Subquery, err = p.query()
	default:
		in.Values, err = list(p, p.value)
	}
	if err != nil {
		return nil, err
	}
	return in, p.want(")")
}

// subqueryAhead tells `(select id from …)` and `(Task where …)` from a list of bare words.
func (p *parser) subqueryAhead() bool {
	t := p.peek()
	if t.kind != word {
		return false
	}
	after := p.tokens[p.at+1]
	return equalFold(t.text, "select") && after.kind == word || after.kind == word && equalFold(after.text, "where")
}

func (p *parser) value() (Value, error) {
	t := p.next()
	if t.kind != word && t.kind != quoted {
		return Value{}, p.expected("a value", t)
	}
	return Value{Text: t.text, Quoted: t.kind == quoted, Column: t.column}, nil
}

func fold(text string) string {
	folded := []byte(text)
	for i, b := range folded {
		if 'A' <= b && b <= 'Z' {
			folded[i] = b + 'a' - 'A'
		}
	}
	return string(folded)
}
