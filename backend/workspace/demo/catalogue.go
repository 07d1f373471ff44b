package demo

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// The statuses of the show, which are the protocol's usual ones.
const (
	notStarted = "Not started"
	ready      = "Ready to start"
	inProgress = "In progress"
	inReview   = "Pending Review"
	revise     = "Revise"
	approved   = "Approved"
)

// states say of each status how the studio colours it and which of the protocol's states it is in.
var states = map[string]struct{ color, state string }{
	notStarted: {"#cacaca", "NOT_STARTED"},
	ready:      {"#8fb6c9", "NOT_STARTED"},
	inProgress: {"#3498db", "IN_PROGRESS"},
	inReview:   {"#f1c40f", "IN_PROGRESS"},
	revise:     {"#e67e22", "IN_PROGRESS"},
	approved:   {"#1cbc90", "DONE"},
}

// catalogue is what the workspace calls things: ids by name, of what the show needs.
type catalogue struct {
	status, kind, role, assetKind, priority map[string]string
	schema                                  string
	missing                                 []wire.Operation // what it lacked, to be created
}

// look up asks what there is already. A new workspace brings the usual statuses and types; where
// somebody removed one, the show makes its own.
func (d *Demo) lookUp(ctx context.Context) (*catalogue, error) {
	c := &catalogue{}
	var err error
	names := func(entity, attribute string) map[string]string {
		if err != nil {
			return nil
		}
		var found map[string]string
		found, err = d.named(ctx, entity, attribute)
		return found
	}
	c.status, c.kind, c.role, c.assetKind = names("Status", "name"), names("Type", "name"), names("SecurityRole", "name"), names("AssetType", "name")
	c.priority = names("Priority", "name")
	schemas, byShort := names("ProjectSchema", "name"), names("State", "short")
	if err != nil {
		return nil, err
	}
	for _, c.schema = range schemas {
		break
	}
	if c.schema == "" {
		return nil, domain.Errorf(domain.Invalid, "the workspace has no project schema to make a project with")
	}
	for name, s := range states {
		c.need(c.status, "Status", name, map[string]any{
			"color": s.color, "is_active": true, "state": wire.Reference{Type: "State", Key: map[string]string{"id": byShort[s.state]}},
		})
	}
	for _, t := range tasks() {
		c.need(c.kind, "Type", t.craft.kind, nil)
	}
	for i, name := range priorities {
		c.need(c.priority, "Priority", name, map[string]any{"sort": float64(i), "value": 0.0})
	}
	c.need(c.assetKind, "AssetType", "Upload", map[string]any{"short": "upload"})
	for _, p := range People {
		c.need(c.role, "SecurityRole", p.Role, nil)
	}
	return c, nil
}

func (c *catalogue) need(known map[string]string, entity, name string, more map[string]any) {
	if known[name] != "" {
		return
	}
	known[name] = uuid.NewString()
	data := map[string]any{"id": known[name], "name": name}
	for attribute, value := range more {
		data[attribute] = value
	}
	c.missing = append(c.missing, create(entity, data))
}

func (d *Demo) named(ctx context.Context, entity, attribute string) (map[string]string, error) {
	rows, err := d.studio.Ask(ctx, "", fmt.Sprintf("select id, %s from %s", attribute, entity))
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", entity, err)
	}
	found := map[string]string{}
	for _, row := range rows {
		if name := text(row, attribute); name != "" {
			found[name] = text(row, "id")
		}
	}
	return found, nil
}

// text is an attribute of an answered row as text; "" where it is none.
func text(row map[string]any, attribute string) string {
	s, _ := row[attribute].(string)
	return s
}
