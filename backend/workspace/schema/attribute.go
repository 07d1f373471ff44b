package schema

import "strings"

// Kind is the kind of an attribute's value.
type Kind int

// The kinds. Those up to Variable are stored in a column; the others are worked out or lead to other entities.
const (
	Text Kind = iota
	Boolean
	Integer
	Number
	DateTime // an instant; the protocol shows it in UTC
	Variable // any JSON value
	URL      // computed: a path on this server, or none
	Link     // computed: the way from the project down to the entity
	ToOne
	ToMany
	Mapped // to-many, shown as a dictionary of key and value
)

// Attribute is one attribute of a type.
type Attribute struct {
	Name   string
	Column string // the server's own name, shown in events and as alias_for
	Kind   Kind
	// Ref is the type a relation leads to.
	Ref string
	// Formula says how a computed value is worked out from columns; "" for stored ones.
	Formula Formula
	// Words and Digits name the hidden attributes that hold a variable's value as text and as number, by
	// which it is searched. "" where it is not.
	Words, Digits string
	// Via is the attribute that holds a relation's key: one of this type for ToOne, one of Ref for ToMany.
	Via string
	// Through is set where a type of pairs stands between; Via is unused then.
	Through *Through
	// Only narrows a relation to targets having a value, such as assignments among appointments.
	Only *Class
	// Span says that a relation follows the tree all the way.
	Span      Span
	Key       bool
	Required  bool
	Immutable bool // set when created, or by the server alone; never by an update
	Computed  bool // worked out on reading
	Hidden    bool // for the server's own use: not served, unknown to queries
	Owned     bool // the members of this relation go when their owner goes
	Default   any  // nil: none. "{uid}" asks clients to make an id.
	Enum      []string

	foreign   string // what a foreign key points at, in the protocol's description
	transform bool   // a type name that the server shows as its table's name
	note      string // a description of its own
	written   string // the form of a text, "json"
	plain     bool   // computed, though servers do not list it so
	shown     string // the type a relation leads to as servers have it, where that is too narrow
}

// Formula names a way to work out a value.
type Formula string

// The formulas.
const (
	LatestOfAsset Formula = "latest of asset" // whether a version is the newest published one
	TimeLogged    Formula = "time logged"     // seconds of all time logs on a context
	TimeLeft      Formula = "time left"       // the bid less the time logged, in seconds
	ReviewOpen    Formula = "review open"     // whether now lies between a review's start and end
)

// Through is the pair type of a many-to-many relation: Near holds our key, Far the target's.
type Through struct{ Type, Near, Far string }

// Span is how far a relation along a tree reaches.
type Span int

// The spans.
const (
	Near  Span = iota // what the key says
	Above             // all ancestors
	Below             // all descendants
	Last              // of many, the latest
)

// Stored says whether the attribute has a column of its own.
func (a *Attribute) Stored() bool { return a.Kind <= Variable && !a.Computed }

// Foreign says whether the attribute holds the key of another entity.
func (a *Attribute) Foreign() bool { return a.foreign != "" }

// Relation says whether the attribute leads to other entities.
func (a *Attribute) Relation() bool { return a.Kind >= ToOne }

// Many says whether it leads to any number of them.
func (a *Attribute) Many() bool { return a.Kind == ToMany || a.Kind == Mapped }

// Custom says whether it leads to the values of custom attributes.
func (a *Attribute) Custom() bool {
	return a.Kind == Mapped && strings.HasSuffix(a.Ref, CustomValue)
}

func scalar(kind Kind, name string) *Attribute {
	return &Attribute{Name: name, Column: name, Kind: kind}
}

func text(name string) *Attribute     { return scalar(Text, name) }
func boolean(name string) *Attribute  { return scalar(Boolean, name) }
func integer(name string) *Attribute  { return scalar(Integer, name) }
func number(name string) *Attribute   { return scalar(Number, name) }
func instant(name string) *Attribute  { return scalar(DateTime, name) }
func variable(name string) *Attribute { return scalar(Variable, name) }

// uid is the id that clients make themselves.
func uid() *Attribute { return text("id").standard("{uid}") }

// foreign is a column holding the key of another entity; target is the protocol's wording, "Status.id".
func foreign(name, target string) *Attribute {
	a := text(name)
	a.foreign = target
	return a
}

// url is a computed address on this server.
func url(name string) *Attribute { return scalar(URL, name).computed() }

// one leads to one entity through an own attribute.
func one(name, ref, via string) *Attribute {
	return &Attribute{Name: name, Column: name, Kind: ToOne, Ref: ref, Via: via}
}

// many leads to entities that hold our key in their attribute via.
func many(name, ref, via string) *Attribute {
	return &Attribute{Name: name, Column: name, Kind: ToMany, Ref: ref, Via: via}
}

// through leads to entities that pairs join with us.
func through(name, ref, pair, near, far string) *Attribute {
	return &Attribute{Name: name, Column: name, Kind: ToMany, Ref: ref, Through: &Through{Type: pair, Near: near, Far: far}}
}

// span leads along a tree.
func span(name, ref string, reach Span) *Attribute {
	return &Attribute{Name: name, Column: name, Kind: ToMany, Ref: ref, Span: reach}
}

// above leads from an entity to the context its attribute via names, and to all ancestors of that.
func above(name, ref, via string) *Attribute {
	a := span(name, ref, Above)
	a.Via = via
	return a
}

// latest leads to the newest published one of those that hold our key in their attribute via.
func latest(name, ref, via string) *Attribute {
	return &Attribute{Name: name, Column: name, Kind: ToOne, Ref: ref, Via: via, Span: Last}
}

// latestMark is true on the entity that a latest relation leads to.
func latestMark(name string) *Attribute {
	a := formula(Boolean, name, LatestOfAsset)
	a.plain = true
	return a
}

// formula is a value that is worked out from columns when it is read.
func formula(kind Kind, name string, how Formula) *Attribute {
	a := scalar(kind, name).immutable().computed()
	a.Formula = how
	return a
}

// hidden attributes are for the server's own use: neither served nor known to queries.
func hidden(a *Attribute) *Attribute { a.Hidden = true; return a }

// metadata is the dictionary of free keys that many types carry.
func metadata() *Attribute {
	return &Attribute{Name: "metadata", Column: "meta", Kind: Mapped, Ref: "Metadata", Via: "parent_id", Owned: true}
}

// custom is the dictionary of values that a studio's own attributes have on an entity.
func custom(ref string) *Attribute {
	return &Attribute{Name: "custom_attributes", Column: "custom_attribute_values", Kind: Mapped, Ref: ref, Via: "entity_id", Owned: true}
}

// oldLink is link by the name that scripts still ask for.
func oldLink() *Attribute {
	return scalar(Link, "_link").as("_api_link").immutable().says("This attribute has been deprecated, use `link` attribute instead.")
}

func (a *Attribute) as(column string) *Attribute { a.Column = column; return a }
func (a *Attribute) required() *Attribute        { a.Required = true; return a }
func (a *Attribute) immutable() *Attribute       { a.Immutable = true; return a }
func (a *Attribute) computed() *Attribute        { a.Computed = true; return a }
func (a *Attribute) owned() *Attribute           { a.Owned = true; return a }
func (a *Attribute) standard(v any) *Attribute   { a.Default = v; return a }
func (a *Attribute) says(note string) *Attribute { a.note = note; return a }
func (a *Attribute) transformed() *Attribute     { a.transform = true; return a }
func (a *Attribute) shownAs(v string) *Attribute { a.shown = v; return a }
func (a *Attribute) format(v string) *Attribute  { a.written = v; return a }
func (a *Attribute) enum(v ...string) *Attribute { a.Enum = v; return a }
func (a *Attribute) ofType(v string) *Attribute {
	a.Only = &Class{Attribute: "type", Value: v}
	return a
}
