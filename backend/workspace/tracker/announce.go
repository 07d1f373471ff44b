package tracker

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

type action string

const (
	actionAdd    action = "add"
	actionUpdate action = "update"
	actionRemove action = "remove"
	actionNone   action = "" // added and removed again
	// actionEncoded says that the media of a version can be looked at. Nothing of the version itself changed.
	actionEncoded action = "encoded"
)

// update is what a request did to one entity, all in all. Several operations on one are one update.
type update struct {
	action action
	row    *store.Row // as it was before the request; of an added one, as it was first
	chain  []step     // of a removed one; that of others is read at the end
	heard  hearers    // of a removed one, likewise
	custom map[string]oldNew
}

// silent are types of which the protocol's update events do not speak.
var silent = []string{
	"Recipient", "Metadata", "StatusChange", "Notification", "NoteLabelLink", "EntitySetting", "UserApplicationState", "UserSession", "ApiKey",
	"UserPreference", "NotificationPreference", "NotificationMute",
}

// record notes what became of an entity. row is how it was before.
func (r *request) record(ctx context.Context, did action, row *store.Row) error {
	r.noticeAccount(row)
	r.remark(did, row)
	if slices.Contains(silent, row.Type.Name) {
		return nil
	}
	u := r.touched[identity(row)]
	if u == nil || u.action == actionNone || u.action == actionRemove { // its key may be used again
		u = &update{action: did, row: row}
		r.touched[identity(row)] = u
		r.updates = append(r.updates, u)
	}
	if did != actionRemove {
		return nil
	}
	if u.action == actionAdd {
		u.action = actionNone
		return nil
	}
	u.action = actionRemove
	var err error
	if u.chain, err = r.chain(ctx, row, nil); err != nil {
		return err
	}
	if u.heard, err = r.hearers(ctx, u.chain, row); err != nil {
		return fmt.Errorf("find who may hear of a removal: %w", err)
	}
	if row.Type.Name == "Project" {
		return r.remember(ctx, domain.ProjectID(text(row.Values, "id")))
	}
	return nil
}

// identity tells an entity from all others of a request.
func identity(row *store.Row) string {
	return row.Type.Name + "\x00" + strings.Join(keyIn(row.Type, row.Values), "\x00")
}

// entityChange is one entity in the data of an ftrack.update event.
type entityChange struct {
	EntityID     string            `json:"entityId"`
	EntityType   string            `json:"entityType"`
	Type         string            `json:"entity_type"`
	Action       action            `json:"action"`
	Keys         []string          `json:"keys"`
	Changes      map[string]oldNew `json:"changes"`
	Parents      []step            `json:"parents"`
	ParentID     *string           `json:"parentId,omitempty"`
	ObjectTypeID string            `json:"objectTypeId,omitempty"`
}

type oldNew struct {
	Old any `json:"old"`
	New any `json:"new"`
}

// group is the changes that the same people may hear of.
type group struct {
	hearers
	entities []entityChange
}

// compose makes what is announced after the commit: events per project.
func (r *request) compose(ctx context.Context) error {
	var groups []*group
	known := map[string]*store.Row{}
	for _, u := range r.updates {
		if u.action == actionNone {
			continue
		}
		change, row, err := r.describe(ctx, u, known)
		if err != nil {
			return fmt.Errorf("describe a change: %w", err)
		}
		r.noticeFace(u.action, change, row)
		if len(change.Keys) == 0 && u.action != actionEncoded {
			continue
		}
		heard := u.heard
		if u.action != actionRemove {
			if heard, err = r.hearers(ctx, change.Parents, row); err != nil {
				return fmt.Errorf("find who may hear of a change: %w", err)
			}
		}
		heard = r.remembered(heard)
		i := slices.IndexFunc(groups, func(g *group) bool { return g.same(heard) })
		if i < 0 {
			i = len(groups)
			groups = append(groups, &group{hearers: heard})
		}
		groups[i].entities = append(groups[i].entities, change)
	}
	for _, g := range groups {
		event, err := r.event(g)
		if err != nil {
			return err
		}
		r.committed = append(r.committed, Committed{Updates: []wire.Event{event}, ProjectID: g.project, Only: g.only})
	}
	return nil
}

// announceHeads adds the new heads of inboxes, whose account changed and who looks otherwise to what is
// announced.
func (r *request) announceHeads() {
	if len(r.heads) == 0 && r.accounts.none() && len(r.faces) == 0 {
		return
	}
	if len(r.committed) == 0 {
		r.committed = append(r.committed, Committed{})
	}
	r.committed[0].Inbox, r.committed[0].Accounts, r.committed[0].People = r.heads, r.accounts, r.faces
}

// describe compares an entity before and after the request, in the server's own words.
func (r *request) describe(ctx context.Context, u *update, known map[string]*store.Row) (entityChange, *store.Row, error) {
	t, row := u.row.Type, u.row
	change := entityChange{
		EntityID: strings.Join(keyIn(t, row.Values), ","), EntityType: tableOf(t), Type: t.Name, Action: u.action, Keys: []string{},
		Changes: map[string]oldNew{}, Parents: u.chain, ObjectTypeID: text(row.Values, "object_type_id"),
	}
	if u.action != actionRemove {
		after, err := r.tx.Get(ctx, t.Name, keyIn(t, row.Values)...)
		if domain.CodeOf(err) == domain.NotFound {
			return change, row, nil // gone with its owner, in this very request
		}
		if err != nil {
			return change, row, err
		}
		row = after
		if change.Parents, err = r.chain(ctx, row, known); err != nil {
			return change, row, err
		}
	}
	for _, a := range t.Attributes {
		if !a.Stored() || a.Hidden {
			continue
		}
		var c oldNew
		if u.action != actionAdd {
			c.Old = plain(u.row.Values[a.Name])
		}
		if u.action != actionRemove {
			c.New = plain(row.Values[a.Name])
		}
		if u.action == actionEncoded || u.action == actionUpdate && same(u.row.Values[a.Name], row.Values[a.Name]) {
			continue
		}
		change.Keys = append(change.Keys, a.Column)
		change.Changes[a.Column] = c
	}
	for _, key := range slices.Sorted(maps.Keys(u.custom)) {
		change.Keys = append(change.Keys, key)
		change.Changes[key] = u.custom[key]
	}
	if len(change.Parents) > 0 {
		change.ParentID = change.Parents[0].ParentID
	}
	return change, row, nil
}

func (r *request) event(g *group) (wire.Event, error) {
	parents := []string{}
	listed := map[string]bool{}
	for _, change := range g.entities {
		for _, parent := range change.Parents {
			if !listed[parent.EntityID] {
				listed[parent.EntityID] = true
				parents = append(parents, parent.EntityID)
			}
		}
	}
	data, err := json.Marshal(map[string]any{
		"entities": g.entities, "parents": parents,
		"user":        map[string]any{"userid": string(r.caller.UserID), "name": r.caller.Username},
		"clientToken": optional(r.caller.ClientToken), "pushToken": optional(r.caller.PushToken),
	})
	if err != nil {
		return wire.Event{}, fmt.Errorf("write an update event: %w", err)
	}
	return wire.Event{
		Topic: wire.TopicUpdate, ID: uuid.NewString(), Data: data,
		Source: map[string]any{
			"applicationId": "ftrack", "clientToken": optional(r.caller.ClientToken),
			"user": map[string]any{"id": string(r.caller.UserID), "username": r.caller.Username},
		},
	}, nil
}

func optional(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// tableOf is the type's table as events write it.
func tableOf(t *schema.Type) string {
	if t.Is("Component") {
		return "component"
	}
	return strings.ToLower(t.Table)
}

// plain is a stored value as events write it.
func plain(value any) any {
	if at, ok := value.(time.Time); ok {
		return wire.FormatTime(at)
	}
	return value
}
