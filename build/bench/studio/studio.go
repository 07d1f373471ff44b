// Package studio makes up the studio that the server is measured with: large, and the same every time.
// It writes below the tracker, straight into the store, because writing so much through the front door
// would take longer than all that is measured.
package studio

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// How large the studio is.
const (
	People    = 500
	Projects  = 20
	Sequences = 25  // in each project
	Shots     = 100 // in each sequence
	Tasks     = 4   // on each shot
	Notes     = 20_000

	groups     = 25
	shown      = 15     // of the projects, the first ones; the others' status is "hidden"
	open       = 17     // of the projects, the first ones; the others are private
	chosen     = 1      // the project that is looked at, where the artist works
	pace       = 20_000 // rows a transaction
	supervised = 10     // one note in so many goes to the supervisor
	teamwork   = 20     // one task in so many is a whole group's
)

// Person is somebody of the studio who can sign in.
type Person struct{ ID, Username, Key string }

// Studio is what a measurement needs to know of it.
type Studio struct {
	Artist     Person // with some hundred tasks
	Supervisor Person // to whom every tenth note goes
	Admin      Person
	Crew       []Person // others who can sign in
	Project    string   // an open one
	Tasks      []string // some open tasks
	Note       string   // one with an answer
}

var crafts = []string{"animation", "lighting", "compositing", "fx"}

// builder fills the store. The transaction it writes in is ended and begun anew every pace rows.
type builder struct {
	st    *store.Store
	dice  *rand.Rand
	begun time.Time
	queue []row
	err   error

	choices
	people   []string
	teams    []string
	projects []string
	tasks    []task
	versions []task
	told     []store.Delivery
	studio   Studio
}

type row struct {
	kind   string
	values map[string]any
}

// task is a thing notes are written on.
type task struct{ id, name, project, path string }

// Fill makes the studio in a store that is furnished and otherwise empty.
func Fill(ctx context.Context, st *store.Store) (*Studio, error) {
	b := &builder{st: st, dice: rand.New(rand.NewPCG(7, 7)), begun: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)}
	var err error
	if b.choices, err = look(ctx, st); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context){b.hire, b.plan, b.write, b.flush} {
		if step(ctx); b.err != nil {
			return nil, fmt.Errorf("make the studio: %w", b.err)
		}
	}
	return &b.studio, errors.Join(b.deliver(ctx), b.keys(ctx))
}

// id is a UUID like those of clients, spread all over, and the same every time.
func (b *builder) id() string {
	var id uuid.UUID
	for i := range id {
		id[i] = byte(b.dice.Uint32())
	}
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	return id.String()
}

func (b *builder) add(ctx context.Context, kind string, values map[string]any) {
	b.queue = append(b.queue, row{kind, values})
	if len(b.queue) >= pace {
		b.flush(ctx)
	}
}

// order is that in which the rows of a flush are written: what they hang on comes first.
var order = []string{"Group", "User", "Project", "Sequence", "Shot", "Task"}

func (b *builder) flush(ctx context.Context) {
	if b.err != nil {
		return
	}
	kinds := slices.Clone(order)
	rows := map[string][]map[string]any{}
	for _, r := range b.queue {
		if !slices.Contains(kinds, r.kind) {
			kinds = append(kinds, r.kind)
		}
		rows[r.kind] = append(rows[r.kind], r.values)
	}
	b.err = b.st.Write(ctx, func(tx *store.Tx) error {
		for _, kind := range kinds {
			t, _ := schema.ByName(kind)
			if err := tx.InsertAll(ctx, t, rows[kind]); err != nil {
				return err
			}
		}
		return nil
	})
	b.queue = b.queue[:0]
}

// deliver puts the notifications of the notes into the inboxes.
func (b *builder) deliver(ctx context.Context) error {
	return b.st.Write(ctx, func(tx *store.Tx) error {
		_, err := tx.Deliver(ctx, b.told)
		return err
	})
}

// keys lets those in who measure.
func (b *builder) keys(ctx context.Context) error {
	gate := auth.New(auth.Config{Store: b.st, Keys: auth.NewKeys()})
	people := []*Person{&b.studio.Artist, &b.studio.Supervisor, &b.studio.Admin}
	for i := range b.studio.Crew {
		people = append(people, &b.studio.Crew[i])
	}
	for _, p := range people {
		p.Key = auth.NewKey()
		if err := gate.PutKey(ctx, domain.UserID(p.ID), "bench", p.Key); err != nil {
			return fmt.Errorf("let %s in: %w", p.Username, err)
		}
	}
	return nil
}
