package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/callboard/callboard/backend/domain"
)

// Conversations gives the whole thread of each note, under the note asked for.
func (tx *Tx) Conversations(ctx context.Context, notes []domain.NoteID) (map[domain.NoteID]domain.Conversation, error) {
	firsts, err := tx.firsts(ctx, notes)
	if err != nil {
		return nil, fmt.Errorf("find where threads begin: %w", err)
	}
	var ids []string
	for _, first := range firsts {
		ids = append(ids, string(first))
	}
	threads, err := tx.threads(ctx, unique(ids))
	if err != nil {
		return nil, fmt.Errorf("read threads: %w", err)
	}
	if err := tx.sent(ctx, threads); err != nil {
		return nil, fmt.Errorf("read recipients: %w", err)
	}
	var things []domain.Thing
	for _, thread := range threads {
		things = append(things, thread.On)
	}
	subjects, err := tx.Subjects(ctx, things)
	if err != nil {
		return nil, err
	}
	found := map[domain.NoteID]domain.Conversation{}
	for note, first := range firsts {
		thread := *threads[first]
		if path := subjects[thread.On.ID].Path; len(path) > 0 {
			thread.On.Name = path[len(path)-1].Name
		}
		found[note] = thread
	}
	return found, nil
}

// firsts climbs from each note to the first of its thread.
func (tx *Tx) firsts(ctx context.Context, notes []domain.NoteID) (map[domain.NoteID]domain.NoteID, error) {
	found := map[domain.NoteID]domain.NoteID{}
	for chunk := range slices.Chunk(notes, batch) {
		c := newCompiler(Viewer{}, nil)
		// UNION, not UNION ALL: a ring of replies, should one ever exist, ends.
		rows, err := tx.query(ctx, `WITH RECURSIVE up(asked, id, above) AS (
				SELECT id, id, in_reply_to_id FROM "note" WHERE id IN (`+bindIDs(c, chunk)+`)
				UNION SELECT up.asked, n.id, n.in_reply_to_id FROM up JOIN "note" AS n ON n.id = up.above)
			SELECT asked, id FROM up WHERE above IS NULL`, c.args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var asked, first domain.NoteID
			if err := rows.Scan(&asked, &first); err != nil {
				return nil, closing(rows, err)
			}
			found[asked] = first
		}
		if err := closing(rows, nil); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// threads reads all notes below the first ones.
func (tx *Tx) threads(ctx context.Context, firsts []string) (map[domain.NoteID]*domain.Conversation, error) {
	found := map[domain.NoteID]*domain.Conversation{}
	for chunk := range slices.Chunk(firsts, batch) {
		c := newCompiler(Viewer{}, nil)
		rows, err := tx.query(ctx, `WITH RECURSIVE down(first, id) AS (
				SELECT id, id FROM "note" WHERE id IN (`+c.bindAll(chunk)+`)
				UNION SELECT down.first, n.id FROM down JOIN "note" AS n ON n.in_reply_to_id = down.id)
			SELECT down.first, n.id, COALESCE(n.user_id, ''), COALESCE(n.in_reply_to_id, ''),
				COALESCE(n.parent_type, ''), COALESCE(n.parent_id, ''), COALESCE(n.project_id, '')
			FROM down JOIN "note" AS n ON n.id = down.id`, c.args...)
		if err != nil {
			return nil, err
		}
		for rows.Next() {
			var first, id domain.NoteID
			var facts domain.NoteFacts
			var on domain.Thing
			if err := rows.Scan(&first, &id, &facts.Author, &facts.InReplyTo, &on.Type, &on.ID, &on.Project); err != nil {
				return nil, closing(rows, err)
			}
			thread := found[first]
			if thread == nil {
				thread = &domain.Conversation{First: first, Notes: map[domain.NoteID]domain.NoteFacts{}}
				found[first] = thread
			}
			if id == first && on.ID != "" {
				thread.On = on
			}
			thread.Notes[id] = facts
		}
		if err := closing(rows, nil); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// sent adds the recipients to the notes of threads.
func (tx *Tx) sent(ctx context.Context, threads map[domain.NoteID]*domain.Conversation) error {
	in := map[domain.NoteID]*domain.Conversation{}
	var ids []domain.NoteID
	for _, thread := range threads {
		for id := range thread.Notes {
			in[id] = thread
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return tx.resources(ctx, `SELECT x.note_id, x.resource_id, r.resource_type FROM "recipient" AS x JOIN "resource" AS r ON r.id = x.resource_id WHERE x.note_id IN (%s) ORDER BY x.note_id, x.resource_id`,
		texts(ids), func(of string, to domain.Resource) {
			id := domain.NoteID(of)
			facts := in[id].Notes[id]
			facts.Sent = append(facts.Sent, to)
			in[id].Notes[id] = facts
		})
}

// Assigned gives who is assigned directly to each object.
func (tx *Tx) Assigned(ctx context.Context, contexts []domain.ContextID) (map[domain.ContextID][]domain.Resource, error) {
	found := map[domain.ContextID][]domain.Resource{}
	err := tx.resources(ctx, `SELECT x.context_id, x.resource_id, r.resource_type FROM "appointment" AS x JOIN "resource" AS r ON r.id = x.resource_id WHERE x.type = 'assignment' AND x.context_id IN (%s) ORDER BY x.context_id, x.resource_id`,
		texts(contexts), func(of string, to domain.Resource) {
			found[domain.ContextID(of)] = append(found[domain.ContextID(of)], to)
		})
	if err != nil {
		return nil, fmt.Errorf("read who is assigned: %w", err)
	}
	return found, nil
}

// resources reads triples of what somebody is attached to, who it is, and whether that is a group.
func (tx *Tx) resources(ctx context.Context, statement string, ids []string, each func(of string, to domain.Resource)) error {
	for chunk := range slices.Chunk(ids, batch) {
		c := newCompiler(Viewer{}, nil)
		rows, err := tx.query(ctx, fmt.Sprintf(statement, among(tx, c, chunk)), c.args...)
		if err != nil {
			return err
		}
		for rows.Next() {
			var of, who, kind string
			if err := rows.Scan(&of, &who, &kind); err != nil {
				return closing(rows, err)
			}
			if kind == "group" {
				each(of, domain.Resource{Group: domain.GroupID(who)})
			} else {
				each(of, domain.Resource{User: domain.UserID(who)})
			}
		}
		if err := closing(rows, nil); err != nil {
			return err
		}
	}
	return nil
}

// Members gives the people of each group, through nested groups too.
func (tx *Tx) Members(ctx context.Context, groups []domain.GroupID) (map[domain.GroupID]domain.Membership, error) {
	names, people := map[string][]string{}, map[string][]string{}
	if err := tx.chunked(ctx, names, `SELECT id, COALESCE(name, '') FROM "resource" WHERE resource_type = 'group' AND id IN (%s)`, texts(groups)); err != nil {
		return nil, fmt.Errorf("read groups: %w", err)
	}
	if err := tx.chunked(ctx, people, `SELECT DISTINCT p.ancestor_id, m.user_id FROM "resource_path" AS p JOIN "membership" AS m ON m.group_id = p.id WHERE p.ancestor_id IN (%s) ORDER BY p.ancestor_id, m.user_id`, texts(groups)); err != nil {
		return nil, fmt.Errorf("read who is in groups: %w", err)
	}
	found := map[domain.GroupID]domain.Membership{}
	for id, name := range names {
		membership := domain.Membership{Name: name[0]}
		for _, user := range people[id] {
			membership.Users = append(membership.Users, domain.UserID(user))
		}
		found[domain.GroupID(id)] = membership
	}
	return found, nil
}

// hasPart holds for people u who have a part in the private project at %[1]s, or may see everything. It
// says for many people and one project what privateProjects says for one person and all projects.
var hasPart = `(EXISTS (SELECT 1 FROM "appointment" AS a WHERE a.project_id = %[1]s AND a.resource_id IN (` + fmt.Sprintf(mine, "u.id") + `))
	OR EXISTS (SELECT 1 FROM "manager" AS a JOIN "context" AS c ON c.id = a.context_id WHERE c.project_id = %[1]s AND a.user_id = u.id)
	OR EXISTS (SELECT 1 FROM "usersecurityroleproject" AS p JOIN "usersecurityrole" AS r ON r.id = p.user_security_role_id
		WHERE p.project_id = %[1]s AND r.user_id = u.id)
	OR EXISTS (SELECT 1 FROM "usersecurityrole" AS r JOIN "securityrole" AS s ON s.id = r.security_role_id
		WHERE r.user_id = u.id AND s.name = '` + administrator + `'))`

// Audience gives those of the people who are active and, unless project is "", may see the project.
func (tx *Tx) Audience(ctx context.Context, project domain.ProjectID, people []domain.UserID) ([]domain.UserID, error) {
	var may []domain.UserID
	for chunk := range slices.Chunk(people, batch) {
		c := newCompiler(Viewer{}, nil)
		text := `SELECT '', u.id FROM "resource" AS u WHERE u.resource_type = 'user' AND u.is_active = TRUE AND u.id IN (` + among(tx, c, chunk) + `)`
		if project != "" {
			id := c.bind(string(project))
			text += ` AND (NOT EXISTS (SELECT 1 FROM "context" WHERE id = ` + id + ` AND is_private = TRUE) OR ` + fmt.Sprintf(hasPart, id) + `)`
		}
		found := map[string][]string{}
		if err := tx.collect(ctx, found, text+` ORDER BY u.id`, c.args); err != nil {
			return nil, fmt.Errorf("find who may hear: %w", err)
		}
		for _, id := range found[""] {
			may = append(may, domain.UserID(id))
		}
	}
	return may, nil
}

// Roles names the security roles of a person.
func (tx *Tx) Roles(ctx context.Context, user domain.UserID) ([]string, error) {
	found := map[string][]string{}
	err := tx.collect(ctx, found, `SELECT '', s.name FROM "usersecurityrole" AS r JOIN "securityrole" AS s ON s.id = r.security_role_id WHERE r.user_id = $1 AND s.name IS NOT NULL`, []any{string(user)})
	if err != nil {
		return nil, fmt.Errorf("read a person's roles: %w", err)
	}
	return found[""], nil
}

// People gives persons as lists show them; who does not exist is missing.
func (tx *Tx) People(ctx context.Context, users []domain.UserID) (map[domain.UserID]domain.Person, error) {
	found := map[domain.UserID]domain.Person{}
	for chunk := range slices.Chunk(users, batch) {
		c := newCompiler(Viewer{}, nil)
		rows, err := tx.query(ctx, `SELECT id, TRIM(COALESCE(first_name, '') || ' ' || COALESCE(last_name, '')), COALESCE(username, ''), COALESCE(thumbnail_id, '')
			FROM "resource" WHERE resource_type = 'user' AND id IN (`+among(tx, c, chunk)+`)`, c.args...)
		if err != nil {
			return nil, fmt.Errorf("read people: %w", err)
		}
		for rows.Next() {
			var p domain.Person
			var username string
			if err := rows.Scan(&p.ID, &p.Name, &username, &p.ThumbnailID); err != nil {
				return nil, closing(rows, err)
			}
			if p.Name == "" {
				p.Name = username
			}
			found[p.ID] = p
		}
		if err := closing(rows, nil); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// chunked collects pairs for any number of ids.
func (tx *Tx) chunked(ctx context.Context, into map[string][]string, statement string, ids []string) error {
	for chunk := range slices.Chunk(ids, batch) {
		c := newCompiler(Viewer{}, nil)
		if err := tx.collect(ctx, into, fmt.Sprintf(statement, among(tx, c, chunk)), c.args); err != nil {
			return err
		}
	}
	return nil
}

func bindIDs[T ~string](c *compiler, ids []T) string { return c.bindAll(texts(ids)) }

// among is what stands in the brackets of IN for some ids, a batch of them at most.
func among[T ~string](tx *Tx, c *compiler, ids []T) string {
	if len(ids) <= tx.engine.boundAtMost() {
		return bindIDs(c, ids)
	}
	list, _ := json.Marshal(ids) // texts can be written
	return tx.engine.listed(c.bind(string(list)))
}

func texts[T ~string](ids []T) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}
