// Package query reads the ftrack query language: text in, tree out. It knows the grammar and nothing
// of entity types; what a name means is decided by whoever compiles the tree.
//
// The trap: words are not typed here. `6f2e…`, `42` and `None` are all bare words in the text, and only
// the attribute they are compared with says what they are, so a Value keeps its text.
//
// Grammar: Python client documentation, "Querying"; traps of both official clients are in the tests.
package query

// Query is a whole query, or the subquery of an "in".
type Query struct {
	Projections []Projection
	Type        string
	// TypeColumn is where the type's name stands, for an error about it. Columns count characters from 1.
	TypeColumn int
	Where      Expr // nil: everything
	GroupBy    []Path
	OrderBy    []Order
	Offset     *int
	Limit      *int
}

// Projection is one thing selected.
type Projection struct {
	Path     Path
	Function string // "", or one of count, sum, avg, min, max
}

// Order is one key to sort by.
type Order struct {
	Path       Path
	Descending bool
}

// Path leads from the queried type to an attribute: `assignments.resource[User].username`.
type Path struct {
	Segments []Segment
	Column   int
}

// Segment is one step of a path. Cast narrows the type it leads to; "" does not.
type Segment struct {
	Name string
	Cast string
}

// Expr is a criterion: And, Or, Not, Compare, In or Related.
type Expr interface{ expr() }

// And holds where all terms hold. It has at least two, none of which is an And.
type And struct{ Terms []Expr }

// Or holds where any term holds. It has at least two, none of which is an Or.
type Or struct{ Terms []Expr }

// Not holds where its term does not.
type Not struct{ Term Expr }

// Op is a comparison, by its shortest spelling.
type Op string

// The comparisons.
const (
	Is          Op = "is"
	IsNot       Op = "is_not"
	Greater     Op = ">"
	Less        Op = "<"
	GreaterSame Op = ">="
	LessSame    Op = "<="
	Like        Op = "like"
	NotLike     Op = "not_like"
)

// Compare compares an attribute with one value.
type Compare struct {
	Path  Path
	Op    Op
	Value Value
}

// In asks whether an attribute is one of some values, or of what a subquery answers.
type In struct {
	Path     Path
	Negated  bool
	Values   []Value
	Subquery *Query // nil where values are listed
}

// Related asks for a related entity, `has` for one and `any` for many; Where may be nil: any at all.
type Related struct {
	Path  Path
	Many  bool
	Where Expr
}

func (And) expr()     {}
func (Or) expr()      {}
func (Not) expr()     {}
func (Compare) expr() {}
func (In) expr()      {}
func (Related) expr() {}

// Value is one value as written.
type Value struct {
	Text   string
	Quoted bool // "…" or '…': never none, true or a number by itself
	Column int
}

// None says whether the value stands for nothing: none, None or null, unquoted.
func (v Value) None() bool {
	return !v.Quoted && (equalFold(v.Text, "none") || equalFold(v.Text, "null"))
}

// Bool reads the value as true or false; ok is false for any other.
func (v Value) Bool() (value, ok bool) {
	switch {
	case equalFold(v.Text, "true"), v.Text == "1":
		return true, true
	case equalFold(v.Text, "false"), v.Text == "0":
		return false, true
	default:
		return false, false
	}
}

// Names gives the path's attribute names without casts.
func (p Path) Names() []string {
	names := make([]string, len(p.Segments))
	for i, s := range p.Segments {
		names[i] = s.Name
	}
	return names
}
