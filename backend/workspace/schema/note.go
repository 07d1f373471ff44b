package schema

// notes: what people write to each other, about things or without one.
func notes() []*Type {
	return []*Type{
		{
			Name: "Note", Scope: []string{"project_id"}, grouped: true, system: []string{"project_id"},
			Indexes: []Index{
				{Attributes: []string{"parent_id", "date"}},
				{Attributes: []string{"in_reply_to_id", "user_id"}},
				{Attributes: []string{"user_id"}},
				{Attributes: []string{"project_id", "date"}},
			},
			Attributes: []*Attribute{
				uid().as("noteid"),
				text("parent_id"),
				text("parent_type").transformed(),
				text("content").as("text"),
				instant("date"),
				instant("thread_activity").as("triggerdate"),
				foreign("user_id", "BaseUser.id").as("userid").required(),
				foreign("in_reply_to_id", "Note.id").as("noteparentid"),
				boolean("is_todo").standard(false),
				foreign("completed_by_id", "User.user_id"),
				foreign("project_id", "Project.project_id"),
				one("project", "Project", "project_id"),
				instant("completed_at"),
				one("completed_by", "User", "completed_by_id"),
				one("author", "BaseUser", "user_id").as("user"),
				metadata(),
				many("replies", "Note", "in_reply_to_id").as("notes").owned(),
				one("in_reply_to", "Note", "in_reply_to_id").as("noteparent"),
				many("note_label_links", "NoteLabelLink", "note_id").owned(),
				many("recipients", "Recipient", "note_id").as("note_recipients").owned(),
				integer("frame_number"),
				foreign("category_id", "NoteCategory.id").as("categoryid"),
				one("category", "NoteCategory", "category_id"),
				many("note_components", "NoteComponent", "note_id").owned(),
				// How often it was completed: each time is told of anew.
				hidden(integer("completions")),
			},
		},
		{
			Name: "NoteComponent", Key: []string{"component_id", "note_id"}, Scope: []string{"note"}, system: []string{"note_component_type"},
			Indexes: []Index{{Attributes: []string{"note_id"}}},
			Attributes: []*Attribute{
				foreign("component_id", "Component.id"),
				foreign("note_id", "Note.id"),
				one("component", "Component", "component_id"),
				one("note", "Note", "note_id"),
				url("url").immutable(),
				url("thumbnail_url").immutable(),
			},
		},
		{
			Name: "Recipient", Key: []string{"note_id", "resource_id"}, Scope: []string{"note"},
			Indexes: []Index{{Attributes: []string{"resource_id", "note_id"}}},
			Attributes: []*Attribute{
				foreign("note_id", "Note.id"),
				foreign("resource_id", "Resource.id"),
				one("recipient", "Resource", "resource_id").as("recipient_resource"),
				one("note", "Note", "note_id").as("recipient_note"),
				one("user", "User", "resource_id"),
				text("text_mentioned"),
			},
		},
		{Name: "NoteLabel", Table: "NoteCategory", Attributes: []*Attribute{
			uid().as("categoryid"),
			text("name"),
			integer("sort").standard(0),
			text("color"),
		}},
		{Name: "NoteCategory", Table: "NoteCategory", Mixin: "NoteLabel", aliased: true},
		{
			Name: "NoteLabelLink", Key: []string{"note_id", "label_id"}, Scope: []string{"note"},
			Indexes: []Index{{Attributes: []string{"label_id"}}},
			Attributes: []*Attribute{
				foreign("note_id", "Note.id"),
				foreign("label_id", "NoteLabel.id"),
				one("note", "Note", "note_id"),
				one("label", "NoteLabel", "label_id"),
			},
		},
	}
}
