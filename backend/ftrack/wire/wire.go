// Package wire is the form in which the ftrack protocol's messages travel: operations and their
// answers, values, errors, events, socket packets and event expressions, each both encoded and
// decoded, because the server and the desktop's client meet here. It knows no entity type, no query
// and no database; what a message means is decided elsewhere.
//
// The one trap: an answer's repeats are partial. An entity is written out once and afterwards as a
// reference, so whoever reads an answer must merge by type and key (DecodeAnswers does).
package wire

import (
	"fmt"
	"time"
)

// Reference names an entity by its type and primary key. Key holds every scalar that came with it, as
// text, by attribute name: the caller picks those that make up the key of the type. Value is what came
// as "value", for entries of dictionaries such as metadata and custom attributes.
type Reference struct {
	Type  string
	Key   map[string]string
	Value any
}

// Date is a day without a time or a zone.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Start is the first instant of the day in UTC.
func (d Date) Start() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// String is the date as it travels: 2024-06-22.
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Entity is one entity of an answer.
type Entity struct {
	Type string
	// Key lists the attributes that make up the primary key. All of them must stand in Values.
	Key []string
	// Values hold nil, string, bool, int, int64, float64, time.Time, Date, json.RawMessage, Reference,
	// Entity, []Entity, and []any or map[string]any of these.
	Values map[string]any
}
