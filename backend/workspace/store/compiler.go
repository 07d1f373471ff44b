package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/ftrack/query"
	"github.com/callboard/callboard/backend/workspace/schema"
)

const (
	// maxVariables is how many values one statement may bind. SQLite takes 32,767, but the time it needs for
	// them grows with their square.
	maxVariables = 10_000
	// longList is how many texts of a list are bound one by one; more travel as one value.
	longList = 500
)

// Each relation that criteria and sort keys follow is a query within the query: deeper or more of them
// than this take an engine longer to plan than anybody waits.
const (
	maxDepth    = 16
	maxFollowed = 500
	maxSortKeys = 20
)

// compiler turns the tree of one query into the text of one statement. Values become $n, in order.
// Relations become `id IN (SELECT …)`, which on large tables is a hundred times faster than EXISTS.
type compiler struct {
	viewer  Viewer
	now     time.Time
	hidden  []string // projects whose rows the viewer does not see
	args    []any
	aliases int
	// depth is how many relations are being followed into each other, followed how many were in all.
	depth, followed int
	held            *memory
	// seen are the aliases of rows that hang on one which the viewer sees, and how they do.
	seen   map[string]hanging
	listed func(mark string) string // of the engine; nil where no query of a client is compiled
}

// compiler gives one that knows what time it is, for what depends on it.
func (tx *Tx) compiler(v Viewer, hidden []string) *compiler {
	return &compiler{viewer: v, hidden: hidden, now: tx.now, held: new(memory), seen: map[string]hanging{}, listed: tx.engine.listed}
}

func newCompiler(v Viewer, hidden []string) *compiler {
	return &compiler{viewer: v, hidden: hidden, held: new(memory), seen: map[string]hanging{}}
}

// bind adds a value and gives its placeholder. A fraction says what it is: beside a column of whole numbers
// PostgreSQL would take it for one.
func (c *compiler) bind(value any) string {
	c.args = append(c.args, value)
	mark := "$" + strconv.Itoa(len(c.args))
	if _, fraction := value.(float64); fraction {
		return "CAST(" + mark + " AS DOUBLE PRECISION)"
	}
	return mark
}

// bindAll binds the members of a list. The last one is repeated up to a power of two, so that lists of
// many lengths make few texts and the engine knows most of them already.
func (c *compiler) bindAll(values []string) string {
	marks := make([]string, 0, 2*len(values))
	for _, v := range values {
		marks = append(marks, c.bind(v))
	}
	for n := len(marks); n > 0 && n&(n-1) != 0; n++ {
		marks = append(marks, c.bind(values[len(values)-1]))
	}
	return strings.Join(marks, ", ")
}

func (c *compiler) checkSize() error {
	if len(c.args) > maxVariables {
		return invalid("the query has %d values; at most %d fit into one", len(c.args), maxVariables)
	}
	return nil
}

func (c *compiler) alias() string {
	c.aliases++
	return "r" + strconv.Itoa(c.aliases)
}

// follow counts a relation, and refuses the one too many.
func (c *compiler) follow() error {
	c.depth++
	c.followed++
	switch {
	case c.depth > maxDepth:
		return invalid("the query follows more than %d relations into each other", maxDepth)
	case c.followed > maxFollowed:
		return invalid("the query follows more than %d relations", maxFollowed)
	}
	return nil
}

func column(alias, attribute string) string { return alias + "." + quote(attribute) }

// where is everything a row of the type must satisfy: the criteria, the type's class and the viewer's rights.
func (c *compiler) where(t *schema.Type, alias string, criteria query.Expr) (string, error) {
	var terms []string
	if criteria != nil {
		text, err := c.criterion(t, alias, criteria)
		if err != nil {
			return "", err
		}
		terms = append(terms, text)
	}
	terms = append(terms, c.rightful(t, alias)...)
	return balanced("AND", terms, "TRUE"), c.checkSize()
}

// rightful are the conditions that hold for every row of the type that the viewer may see.
func (c *compiler) rightful(t *schema.Type, alias string) []string {
	var terms []string
	switch mark, values := t.Marks(); len(values) {
	case 0:
	case 1:
		terms = append(terms, column(alias, mark)+" = "+c.bind(values[0]))
	default:
		terms = append(terms, column(alias, mark)+" IN ("+c.bindAll(values)+")")
	}
	if seen := c.visible(t, alias); seen != "" {
		terms = append(terms, seen)
	}
	return terms
}

// balanced joins terms as a tree of even depth, because SQLite refuses an expression a thousand levels
// deep, and a plain chain of a thousand terms is one.
func balanced(by string, terms []string, empty string) string {
	switch len(terms) {
	case 0:
		return empty
	case 1:
		return terms[0]
	}
	middle := len(terms) / 2
	return "(" + balanced(by, terms[:middle], empty) + " " + by + " " + balanced(by, terms[middle:], empty) + ")"
}

func (c *compiler) criterion(t *schema.Type, alias string, e query.Expr) (string, error) {
	switch e := e.(type) {
	case query.And:
		return c.joined("AND", t, alias, e.Terms)
	case query.Or:
		return c.joined("OR", t, alias, e.Terms)
	case query.Not:
		text, err := c.criterion(t, alias, e.Term)
		return "NOT (" + text + ")", err
	case query.Compare:
		found := func(t *schema.Type, rest []query.Segment) bool {
			e := e
			e.Path.Segments = rest
			return selective(t, e)
		}
		return c.along(t, alias, e.Path, e.Path.Segments, found, func(t *schema.Type, alias string, a *schema.Attribute) (string, error) {
			return c.compare(t, alias, a, e)
		})
	case query.In:
		found := func(t *schema.Type, rest []query.Segment) bool {
			e := e
			e.Path.Segments = rest
			return selective(t, e)
		}
		return c.along(t, alias, e.Path, e.Path.Segments, found, func(t *schema.Type, alias string, a *schema.Attribute) (string, error) {
			return c.in(t, alias, a, e)
		})
	case query.Related:
		return c.related(t, alias, e)
	default:
		return "", fmt.Errorf("no SQL for a %T", e)
	}
}

func (c *compiler) joined(by string, t *schema.Type, alias string, terms []query.Expr) (string, error) {
	texts := make([]string, len(terms))
	for i, term := range terms {
		text, err := c.criterion(t, alias, term)
		if err != nil {
			return "", err
		}
		texts[i] = text
	}
	return balanced(by, texts, "TRUE"), nil
}

// along follows a path to its last attribute and asks leaf for the condition there. Each relation on
// the way means "any of those it leads to"; found says whether an index leads to those the rest is about.
func (c *compiler) along(t *schema.Type, alias string, path query.Path, rest []query.Segment, found func(*schema.Type, []query.Segment) bool, leaf func(*schema.Type, string, *schema.Attribute) (string, error)) (string, error) {
	a, err := attribute(t, path, rest[0].Name)
	if err != nil {
		return "", err
	}
	if len(rest) == 1 {
		return leaf(t, alias, a)
	}
	target, err := relation(t, a, path, rest[0].Cast)
	if err != nil {
		return "", err
	}
	return c.reach(t, alias, a, target, found(target, rest[1:]), func(inner string) (string, error) {
		return c.along(target, inner, path, rest[1:], found, leaf)
	})
}

// related compiles `path has (…)` and `path any (…)`.
func (c *compiler) related(t *schema.Type, alias string, e query.Related) (string, error) {
	last := e.Path.Segments[len(e.Path.Segments)-1]
	found := func(t *schema.Type, rest []query.Segment) bool {
		e := e
		e.Path.Segments = rest
		return selective(t, e)
	}
	return c.along(t, alias, e.Path, e.Path.Segments, found, func(t *schema.Type, alias string, a *schema.Attribute) (string, error) {
		target, err := relation(t, a, e.Path, last.Cast)
		if err != nil {
			return "", err
		}
		if a.Many() != e.Many {
			word := map[bool]string{false: "has", true: "any"}[a.Many()]
			return "", invalid("column %d: %s of %s is asked with %q", e.Path.Column, a.Name, t.Name, word)
		}
		return c.reach(t, alias, a, target, e.Where != nil && selective(target, e.Where), func(inner string) (string, error) {
			if e.Where == nil {
				return "TRUE", nil
			}
			return c.criterion(target, inner, e.Where)
		})
	})
}

// attribute finds what a path names, or says plainly that there is no such thing.
func attribute(t *schema.Type, path query.Path, name string) (*schema.Attribute, error) {
	a, ambiguous := member(t, name)
	switch {
	case ambiguous:
		return nil, invalid("column %d: %q means different things on what a %s can be; name the type, as in resource[User].%s", path.Column, name, t.Name, name)
	case a == nil || a.Hidden:
		return nil, invalid("column %d: %s has no attribute %q", path.Column, t.Name, name)
	}
	return a, nil
}

// member finds an attribute of a type or, for an abstract one, of what its rows can be: the username of
// a resource is that of those which are users.
func member(t *schema.Type, name string) (found *schema.Attribute, ambiguous bool) {
	if a, ok := t.Attribute(name); ok || !t.Abstract {
		return a, false
	}
	for _, other := range t.Concrete() {
		a, ok := other.Attribute(name)
		switch {
		case !ok:
		case found == nil:
			found = a
		case a.Kind != found.Kind || a.Ref != found.Ref || a.Via != found.Via:
			return nil, true
		}
	}
	return found, false
}

// relation gives the type an attribute leads to, narrowed by a cast.
func relation(t *schema.Type, a *schema.Attribute, path query.Path, cast string) (*schema.Type, error) {
	if !a.Relation() {
		return nil, invalid("column %d: %s of %s leads to no other entity", path.Column, a.Name, t.Name)
	}
	name := a.Ref
	if cast != "" {
		name = cast
	}
	target, ok := schema.ByName(name)
	switch base, _ := schema.ByName(a.Ref); {
	case !ok || target.Hidden:
		return nil, invalid("column %d: there is no entity type %q", path.Column, name)
	case target.Root != base.Root:
		return nil, invalid("column %d: %s of %s is never a %s", path.Column, a.Name, t.Name, name)
	}
	return target, nil
}

// keyIs picks one row of the type by its key.
func (c *compiler) keyIs(t *schema.Type, key []string) (string, error) {
	if len(key) != len(t.Key) {
		return "", invalid("the key of %s has %d parts (%s), not %d", t.Name, len(t.Key), strings.Join(t.Key, ", "), len(key))
	}
	values := make([]any, len(key))
	for i, name := range t.Key {
		a, _ := t.Attribute(name)
		var err error
		if values[i], err = literal(t, a, query.Value{Text: key[i]}); err != nil {
			return "FALSE", nil //nolint:nilerr // what cannot be a key is the key of nothing
		}
	}
	var terms []string
	for i, name := range t.Key {
		terms = append(terms, column("t", name)+" = "+c.bind(values[i]))
	}
	return strings.Join(append(terms, c.rightful(t, "t")...), " AND "), nil
}

// primary is the one attribute relations go by. Types with a longer key are never led to by key.
func primary(t *schema.Type) string {
	if slices.Contains(t.Key, "id") {
		return "id"
	}
	return t.Key[0]
}
