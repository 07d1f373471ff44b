// Package demo is a small film production, "Northern Lights" at Aurora Pictures, and its people at
// work: something to look at on the first day, and something to test against. It knows the server only
// as its users do: everything it makes goes through the protocol's operations and their permissions.
//
// Two things a newcomer would get wrong: the show's own ids are made from names, so a filled workspace
// is found again after a restart; and the focus person never acts once people are at work, because a
// human being is sitting there.
package demo

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// Config says how the demo behaves.
type Config struct {
	// Quiet fills the workspace and then makes no changes of its own.
	Quiet bool
	// Focus is the username of the person who is to hear of something every half minute; "" is maya.
	Focus string
	// Seed chooses what happens; 0 is a seed like any other.
	Seed uint64
	// Clock is the time; nil is the computer's.
	Clock func() time.Time
}

// Valid says whether the demo can run like this.
func (c Config) Valid() error {
	if _, known := personByName(c.focus()); !known {
		return &domain.Error{Code: domain.Invalid, Field: "demo-focus", Message: fmt.Sprintf("nobody in the demo is called %q", c.Focus)}
	}
	return nil
}

func (c Config) focus() string {
	if c.Focus == "" {
		return People[0].Username
	}
	return c.Focus
}

// Studio is the server, as the demo uses it.
type Studio interface {
	// Do carries out operations, all or none, as if that user had sent them at that moment. The zero
	// UserID is the server itself. Moments in the past are only asked for by Fill.
	Do(ctx context.Context, by domain.UserID, at time.Time, ops []wire.Operation) error
	// Ask answers a query with what that user may see.
	Ask(ctx context.Context, by domain.UserID, expression string) ([]map[string]any, error)
	// Keep stores the file of a component. It is called by several painters at once.
	Keep(ctx context.Context, id domain.ComponentID, content io.Reader) error
}

// Demo is the show. It is used by one goroutine: Fill, then Run.
type Demo struct {
	cfg    Config
	studio Studio
	focus  Person
	dice   *rand.Rand
	wait   func(context.Context, time.Duration) bool // false: ctx ended; a test's takes no time
	brush  func(canvas) ([]byte, error)              // a test's paints nothing
}

// New gives the demo of a studio. It does nothing yet.
func New(cfg Config, studio Studio) (*Demo, error) {
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if err := cfg.Valid(); err != nil {
		return nil, err
	}
	focus, _ := personByName(cfg.focus())
	dice := rand.New(rand.NewPCG(cfg.Seed, 0x5eed))
	return &Demo{cfg: cfg, studio: studio, focus: focus, dice: dice, wait: sleep, brush: canvas.painted}, nil
}

func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// space is the name space of the show's ids.
var space = uuid.MustParse("5b0d5c1e-1f0e-4c52-9d3e-8f6f4b1f7a10")

// idOf is the id of a thing of the show, the same in every workspace.
func idOf(name string) string { return uuid.NewSHA1(space, []byte(name)).String() }

func create(entity string, data map[string]any) wire.Operation {
	return wire.Operation{Action: "create", EntityType: entity, EntityData: data}
}

func update(entity, id string, data map[string]any) wire.Operation {
	return wire.Operation{Action: "update", EntityType: entity, EntityKey: []string{id}, EntityData: data}
}

func remove(entity, id string) wire.Operation {
	return wire.Operation{Action: "delete", EntityType: entity, EntityKey: []string{id}}
}
