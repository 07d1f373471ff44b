package workspace_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// CreateNoteMixin.create_note with recipients, then Note.create_reply: neither names the parent.
func pythonNotes(t *testing.T, p *python) {
	p.fresh("first", "reply")
	answers := p.call(t, `[
		{"action": "create", "entity_data": {"__entity_type__": "Note", "author": {"__entity_type__": "User", "id": "$ines"}, "content": "hello from python", "id": "$first", "is_todo": false}, "entity_key": ["$first"], "entity_type": "Note"},
		{"action": "update", "entity_data": {"__entity_type__": "Task", "notes": [{"__entity_type__": "Note", "id": "$first"}]}, "entity_key": ["$task"], "entity_type": "Task"},
		{"action": "create", "entity_data": {"__entity_type__": "Recipient", "note_id": "$first", "resource_id": "$maya"}, "entity_key": ["$first", "$maya"], "entity_type": "Recipient"},
		{"action": "update", "entity_data": {"__entity_type__": "Note", "recipients": [{"__entity_type__": "Recipient", "note_id": "$first", "resource_id": "$maya"}]}, "entity_key": ["$first"], "entity_type": "Note"}]`)
	recipients, _ := answers[3].(map[string]any)["recipients"].([]any)
	if len(recipients) != 1 {
		t.Errorf("the answer must hold the collection that was sent: %v", answers[3])
	}
	answers = p.call(t, `[
		{"action": "create", "entity_data": {"__entity_type__": "Note", "author": {"__entity_type__": "User", "id": "$maya"}, "content": "reply", "id": "$reply", "is_todo": false}, "entity_key": ["$reply"], "entity_type": "Note"},
		{"action": "update", "entity_data": {"__entity_type__": "Note", "replies": [{"__entity_type__": "Note", "id": "$reply"}]}, "entity_key": ["$first"], "entity_type": "Note"}]`)
	// test_create_reply of the client's own tests reads new_note["replies"] without asking again.
	if replies, _ := answers[1].(map[string]any)["replies"].([]any); len(replies) != 1 {
		t.Errorf("%v", answers[1])
	}
	note := p.query(t, `select parent_id, author.username, replies.in_reply_to_id, replies.parent_id from Note where (id is "$first") offset 0 limit 500`)[0]
	reply, _ := note["replies"].([]any)[0].(map[string]any)
	if note["parent_id"] == nil || reply["parent_id"] != note["parent_id"] || reply["in_reply_to_id"] != note["id"] || note["author"].(map[string]any)["username"] != "ines" {
		t.Errorf("%v", note)
	}
	inbox := &python{server: p.server, user: "maya", ids: p.ids}
	if told := inbox.query(t, `select kinds from Notification where note_id is "$first"`); len(told) != 1 {
		t.Errorf("maya was told %d times", len(told))
	}
}

// KeyValueMappedCollectionProxy: entries are entities, and the owner's collection is sent along.
func pythonMetadata(t *testing.T, p *python) {
	read := func(want string) {
		t.Helper()
		entries, _ := p.query(t, `select metadata from Task where id is $task offset 0 limit 500`)[0]["metadata"].([]any)
		var got []string
		for _, entry := range entries {
			e, _ := entry.(map[string]any)
			if e["parent_type"] != "Task" {
				t.Errorf("parent_type is %v", e["parent_type"])
			}
			got = append(got, fmt.Sprintf("%v=%v", e["key"], e["value"]))
		}
		if slices.Sort(got); strings.Join(got, " ") != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
	p.call(t, `[
		{"action": "create", "entity_data": {"__entity_type__": "Metadata", "key": "frame_padding", "parent_id": "$task", "parent_type": "Task", "value": "4"}, "entity_key": ["$task", "frame_padding"], "entity_type": "Metadata"},
		{"action": "update", "entity_data": {"__entity_type__": "Task", "metadata": [{"__entity_type__": "Metadata", "key": "frame_padding", "parent_id": "$task"}]}, "entity_key": ["$task"], "entity_type": "Task"}]`)
	read("frame_padding=4")
	p.call(t, `[{"action": "update", "entity_data": {"__entity_type__": "Metadata", "value": "5"}, "entity_key": ["$task", "frame_padding"], "entity_type": "Metadata"}]`)
	read("frame_padding=5")
	p.call(t, `[
		{"action": "delete", "entity_key": ["$task", "frame_padding"], "entity_type": "Metadata"},
		{"action": "create", "entity_data": {"__entity_type__": "Metadata", "key": "a", "parent_id": "$task", "parent_type": "Task", "value": "b"}, "entity_key": ["$task", "a"], "entity_type": "Metadata"},
		{"action": "update", "entity_data": {"__entity_type__": "Task", "metadata": [{"__entity_type__": "Metadata", "key": "a", "parent_id": "$task"}]}, "entity_key": ["$task"], "entity_type": "Task"}]`)
	read("a=b")
	if found := p.query(t, `select context_type, id, name from Task where metadata any (key is "a" and value is "b") offset 0 limit 500`); len(found) != 1 {
		t.Errorf("%v", found)
	}
	p.call(t, `[
		{"action": "update", "entity_data": {"__entity_type__": "Task", "metadata": []}, "entity_key": ["$task"], "entity_type": "Task"},
		{"action": "delete", "entity_key": ["$task", "a"], "entity_type": "Metadata"}]`)
	read("")
}

// CustomAttributeCollectionProxy: a value is updated by its configuration and entity, stored before or not.
func pythonCustomAttributes(t *testing.T, p *python) {
	p.know("kind", p.one(t, `select id from CustomAttributeType where name is "text"`)["id"].(string))
	p.know("type", id(t, p.server, `ObjectType where name is "Task"`))
	p.fresh("configuration")
	p.call(t, `[{"action": "create", "entity_data": {"__entity_type__": "CustomAttributeConfiguration", "config": "{\"markdown\": false}", "core": false, "default": "none yet", "entity_type": "task", "group": null, "id": "$configuration", "is_hierarchical": false, "key": "mytext", "label": "My text", "object_type": {"__entity_type__": "ObjectType", "id": "$type"}, "sort": 0, "type": {"__entity_type__": "CustomAttributeType", "id": "$kind"}}, "entity_key": ["$configuration"], "entity_type": "CustomAttributeConfiguration"}]`)
	value := func() any {
		t.Helper()
		entries, _ := p.query(t, `select custom_attributes from Task where id is $task offset 0 limit 500`)[0]["custom_attributes"].([]any)
		for _, entry := range entries {
			if e, _ := entry.(map[string]any); e["key"] == "mytext" {
				if e["__entity_type__"] != "ContextCustomAttributeValue" || e["configuration_id"] == nil || e["entity_id"] == nil {
					t.Errorf("%v", e)
				}
				return e["value"]
			}
		}
		t.Fatalf("no row for a value never set: the client finds only what is sent: %v", entries)
		return nil
	}
	if got := value(); got != "none yet" {
		t.Errorf("before it was set: %v", got)
	}
	p.call(t, `[{"action": "update", "entity_data": {"__entity_type__": "ContextCustomAttributeValue", "value": "foo"}, "entity_key": ["$configuration", "$task"], "entity_type": "ContextCustomAttributeValue"}]`)
	if got := value(); got != "foo" {
		t.Errorf("%v", got)
	}
	if found := p.query(t, `select context_type, id, name from Task where custom_attributes any (key is "mytext" and value is "foo") offset 0 limit 500`); len(found) != 1 {
		t.Errorf("%v", found)
	}
}

// Session.create_component and Location.add_component, for a file and a sequence.
func pythonComponents(t *testing.T, p *python) {
	p.know("version", p.query(t, `select id from AssetVersion limit 1`)[0]["id"].(string))
	p.fresh("file", "at", "sequence", "frame", "at2")
	const unmanaged = "cb268ecc-8809-11e3-a7e2-20c9d081909b"
	there := `select component_id, resource_identifier from ComponentLocation where location_id is ` + unmanaged + ` and component_id in ($file) offset 0 limit 500`
	if found := p.query(t, there); len(found) != 0 {
		t.Errorf("%v", found)
	}
	p.call(t, `[
		{"action": "create", "entity_data": {"__entity_type__": "FileComponent", "file_type": ".mov", "id": "$file", "name": "main", "size": 5, "version": {"__entity_type__": "AssetVersion", "id": "$version"}}, "entity_key": ["$file"], "entity_type": "FileComponent"},
		{"action": "create", "entity_data": {"__entity_type__": "ComponentLocation", "component": {"__entity_type__": "FileComponent", "id": "$file"}, "id": "$at", "location": {"__entity_type__": "Location", "id": "`+unmanaged+`"}, "resource_identifier": "/show/x.mov"}, "entity_key": ["$at"], "entity_type": "ComponentLocation"}]`)
	if found := p.query(t, there); len(found) != 1 || found[0]["resource_identifier"] != "/show/x.mov" {
		t.Errorf("%v", found)
	}
	p.call(t, `[
		{"action": "create", "entity_data": {"__entity_type__": "SequenceComponent", "file_type": ".exr", "id": "$sequence", "name": "seq", "padding": 4, "size": 0, "version": {"__entity_type__": "AssetVersion", "id": "$version"}}, "entity_key": ["$sequence"], "entity_type": "SequenceComponent"},
		{"action": "create", "entity_data": {"__entity_type__": "FileComponent", "container": {"__entity_type__": "SequenceComponent", "id": "$sequence"}, "file_type": ".exr", "id": "$frame", "name": "0001", "size": 0}, "entity_key": ["$frame"], "entity_type": "FileComponent"},
		{"action": "update", "entity_data": {"__entity_type__": "SequenceComponent", "members": [{"__entity_type__": "FileComponent", "id": "$frame"}]}, "entity_key": ["$sequence"], "entity_type": "SequenceComponent"}]`)
	p.call(t, `[{"action": "create", "entity_data": {"__entity_type__": "ComponentLocation", "component": {"__entity_type__": "SequenceComponent", "id": "$sequence"}, "id": "$at2", "location": {"__entity_type__": "Location", "id": "`+unmanaged+`"}, "resource_identifier": "/show/f.%04d.exr"}, "entity_key": ["$at2"], "entity_type": "ComponentLocation"}]`)
	found := p.query(t, `select padding, members.name, component_locations.location_id from SequenceComponent where (id is "$sequence") offset 0 limit 500`)[0]
	if found["padding"] != 4.0 || len(found["members"].([]any)) != 1 || len(found["component_locations"].([]any)) != 1 {
		t.Errorf("%v", found)
	}
	of := p.query(t, `select name from Component where version_id is $version and name in ("main","seq") offset 0 limit 500`)
	kinds := map[any]bool{}
	for _, component := range of {
		kinds[component["__entity_type__"]] = true
	}
	if !kinds["FileComponent"] || !kinds["SequenceComponent"] {
		t.Errorf("components must be of their own types: %v", of)
	}
}

// Session.create of an asset with its version, uses_versions, and what the server numbers.
func pythonPublishes(t *testing.T, p *python) {
	p.know("kind", p.one(t, `select id from AssetType where name is "Geometry"`)["id"].(string))
	p.fresh("asset", "v1", "v2")
	p.call(t, `[
		{"action": "create", "entity_data": {"__entity_type__": "Asset", "id": "$asset", "name": "from-python", "parent": {"__entity_type__": "Shot", "id": "$shot"}, "type": {"__entity_type__": "AssetType", "id": "$kind"}}, "entity_key": ["$asset"], "entity_type": "Asset"},
		{"action": "create", "entity_data": {"__entity_type__": "AssetVersion", "asset": {"__entity_type__": "Asset", "id": "$asset"}, "comment": "x", "id": "$v1", "is_published": true, "task": {"__entity_type__": "Task", "id": "$task"}}, "entity_key": ["$v1"], "entity_type": "AssetVersion"}]`)
	p.call(t, `[{"action": "create", "entity_data": {"__entity_type__": "AssetVersion", "asset": {"__entity_type__": "Asset", "id": "$asset"}, "comment": "", "id": "$v2", "is_published": true, "task": {"__entity_type__": "Task", "id": "$task"}}, "entity_key": ["$v2"], "entity_type": "AssetVersion"}]`)
	p.call(t, `[{"action": "update", "entity_data": {"__entity_type__": "AssetVersion", "uses_versions": [{"__entity_type__": "AssetVersion", "id": "$v1"}]}, "entity_key": ["$v2"], "entity_type": "AssetVersion"}]`)
	version := p.query(t, `select version, is_latest_version, link, uses_versions.version, asset.latest_version.version, status.name from AssetVersion where (id is "$v2") offset 0 limit 500`)[0]
	var steps []string
	for _, step := range version["link"].([]any) {
		steps = append(steps, step.(map[string]any)["type"].(string))
	}
	if version["version"] != 2.0 || version["is_latest_version"] != true || version["status"] == nil || len(version["uses_versions"].([]any)) != 1 ||
		strings.Join(steps, " ") != "Project TypedContext TypedContext AssetVersion" {
		t.Errorf("%v", version)
	}
}

// User.start_timer and stop_timer.
func pythonTimers(t *testing.T, p *python) {
	p.fresh("timer", "second", "log")
	if found := p.query(t, `select id from Timer where user_id = "$ines" limit 2`); len(found) != 0 {
		t.Errorf("%v", found)
	}
	start := `[{"action": "create", "entity_data": {"__entity_type__": "Timer", "comment": "x", "context": {"__entity_type__": "Task", "id": "$task"}, "id": "%s", "name": null, "user": {"__entity_type__": "User", "id": "$ines"}}, "entity_key": ["%[1]s"], "entity_type": "Timer"}]`
	p.call(t, fmt.Sprintf(start, "$timer"))
	// It tells "is running already" from other failures by this one word.
	if refused := p.post(t, fmt.Sprintf(start, "$second")); !strings.Contains(string(refused), "DuplicateEntryError") {
		t.Errorf("%s", refused)
	}
	timer := p.query(t, `select start, user_id, context_id, comment, name from Timer where id is $timer offset 0 limit 500`)[0]
	begun, err := json.Marshal(timer["start"])
	if err != nil {
		t.Fatal(err)
	}
	p.call(t, `[
		{"action": "create", "entity_data": {"__entity_type__": "Timelog", "comment": "x", "context_id": "$task", "duration": 53, "id": "$log", "name": null, "start": `+string(begun)+`, "user_id": "$ines"}, "entity_key": ["$log"], "entity_type": "Timelog"},
		{"action": "delete", "entity_key": ["$timer"], "entity_type": "Timer"}]`)
	log := p.query(t, `select context.link, start, duration from Timelog where user.username is "ines" offset 0 limit 500`)[0]
	if log["duration"] != 53.0 || len(log["context"].(map[string]any)["link"].([]any)) != 4 {
		t.Errorf("%v", log)
	}
	day := time.Now().UTC().Add(-48 * time.Hour).Format("2006-01-02T15:04:05.000000-07:00")
	if found := p.query(t, `select context_type, id, name from Task where timelogs.start >= "`+day+`" offset 0 limit 500`); len(found) != 1 {
		t.Errorf("%v", found)
	}
	if found := p.query(t, `select id from User where not timelogs any () offset 0 limit 500`); len(found) == 0 {
		t.Error("everybody has logged time")
	}
}

// A list's items are a collection without a back reference: what is not sent goes.
func pythonLists(t *testing.T, p *python) {
	p.know("category", p.query(t, `select id from ListCategory limit 1`)[0]["id"].(string))
	p.fresh("list")
	p.call(t, `[{"action": "create", "entity_data": {"__entity_type__": "TypedContextList", "category": {"__entity_type__": "ListCategory", "id": "$category"}, "id": "$list", "is_open": true, "items": [{"__entity_type__": "Task", "id": "$task"}], "name": "from python", "owner": {"__entity_type__": "User", "id": "$maya"}, "project": {"__entity_type__": "Project", "id": "$project"}, "system_type": "task"}, "entity_key": ["$list"], "entity_type": "TypedContextList"}]`)
	items := func() []any {
		items, _ := p.query(t, `select items from TypedContextList where id is $list offset 0 limit 500`)[0]["items"].([]any)
		return items
	}
	if got := items(); len(got) != 1 || got[0].(map[string]any)["__entity_type__"] != "Task" {
		t.Errorf("%v", got)
	}
	p.call(t, `[{"action": "update", "entity_data": {"__entity_type__": "TypedContextList", "items": []}, "entity_key": ["$list"], "entity_type": "TypedContextList"}]`)
	if got := items(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

// A review with an item, a guest, and a note on the item.
func pythonReview(t *testing.T, p *python) {
	p.know("version", p.query(t, `select id from AssetVersion where project_id is "$project" limit 1`)[0]["id"].(string))
	p.fresh("review", "object", "guest", "note")
	p.call(t, `[
		{"action": "create", "entity_data": {"__entity_type__": "ReviewSession", "description": "d", "id": "$review", "name": "r", "project": {"__entity_type__": "Project", "id": "$project"}}, "entity_key": ["$review"], "entity_type": "ReviewSession"},
		{"action": "create", "entity_data": {"__entity_type__": "ReviewSessionObject", "asset_version": {"__entity_type__": "AssetVersion", "id": "$version"}, "description": "", "id": "$object", "name": "o", "review_session": {"__entity_type__": "ReviewSession", "id": "$review"}, "version": "v1"}, "entity_key": ["$object"], "entity_type": "ReviewSessionObject"},
		{"action": "create", "entity_data": {"__entity_type__": "ReviewSessionInvitee", "email": "x@example.com", "id": "$guest", "name": "x", "review_session": {"__entity_type__": "ReviewSession", "id": "$review"}}, "entity_key": ["$guest"], "entity_type": "ReviewSessionInvitee"}]`)
	p.call(t, `[
		{"action": "create", "entity_data": {"__entity_type__": "Note", "author": {"__entity_type__": "User", "id": "$maya"}, "content": "ugh", "id": "$note", "is_todo": false}, "entity_key": ["$note"], "entity_type": "Note"},
		{"action": "update", "entity_data": {"__entity_type__": "ReviewSessionObject", "notes": [{"__entity_type__": "Note", "id": "$note"}]}, "entity_key": ["$object"], "entity_type": "ReviewSessionObject"}]`)
	review := p.query(t, `select review_session_objects.notes.content, review_session_invitees.email from ReviewSession where id is $review offset 0 limit 500`)[0]
	object, _ := review["review_session_objects"].([]any)[0].(map[string]any)
	if notes, _ := object["notes"].([]any); len(notes) != 1 || len(review["review_session_invitees"].([]any)) != 1 {
		t.Errorf("%v", review)
	}
}
