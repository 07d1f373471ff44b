package schema

// preferences: Callboard's own types for what people and workspaces choose. A person's are theirs alone;
// of the workspace's everybody may know, because they count for whoever chose nothing.
func preferences() []*Type {
	return []*Type{
		{
			Name: "UserPreference", Owner: "user_id", Scope: []string{},
			Indexes: []Index{{Attributes: []string{"user_id"}, Unique: true}},
			Attributes: []*Attribute{
				uid(),
				foreign("user_id", "User.id").required().immutable(),
				one("user", "User", "user_id").immutable(),
				boolean("fuzzy_dates"),
				text("default_page"),
				text("language"),
				text("theme"),
				text("timezone"),
				text("digest_interval"),
				integer("digest_hour"),
				variable("quiet_hours").says("Spans by weekday, in the person's time zone; none follows the workspace."),
				instant("paused_until"),
				text("player").says("An id of the catalogue of players; programs stay on their computer."),
			},
		},
		{
			Name: "NotificationPreference", Owner: "user_id", Scope: []string{},
			defaults: []string{"id", "kind", "channels"},
			Indexes: []Index{
				{Attributes: []string{"user_id", "project_id", "kind"}, Unique: true},
				// What is none is never the same as another: where there is no project it takes an index of its own.
				{Attributes: []string{"user_id", "kind"}, Unique: true, Only: []Part{{"project_id", None}}},
			},
			Attributes: []*Attribute{
				uid(),
				foreign("user_id", "User.id").required().immutable(),
				one("user", "User", "user_id").immutable(),
				text("kind").required().immutable(),
				foreign("project_id", "Project.id").immutable().says("None is everywhere."),
				one("project", "Project", "project_id").immutable(),
				variable("channels").required(),
			},
		},
		{
			Name: "NotificationMute", Owner: "user_id", Scope: []string{},
			defaults: []string{"id", "entity_type", "entity_id"},
			Indexes:  []Index{{Attributes: []string{"user_id", "entity_id"}, Unique: true}, {Attributes: []string{"entity_id"}}},
			Attributes: []*Attribute{
				uid(),
				foreign("user_id", "User.id").required().immutable(),
				one("user", "User", "user_id").immutable(),
				text("entity_type").required().immutable(),
				text("entity_id").required().immutable().says("Of a thread its first note, whichever was named."),
				instant("until").says("None is for good."),
				instant("created_at").required().immutable().says("Set by the server."),
				variable("subject").immutable().says("Its path, and of a thread its first words, as they were when it was muted; set by the server."),
			},
		},
		{
			Name: "NotificationDefault", Scope: []string{},
			defaults: []string{"id", "kind", "channels"},
			Indexes:  []Index{{Attributes: []string{"kind"}, Unique: true}},
			Attributes: []*Attribute{
				uid(),
				text("kind").required().immutable(),
				variable("channels").required(),
			},
		},
		{
			Name: "WorkspaceSetting", Scope: []string{},
			defaults: []string{"id", "name", "value"},
			Indexes:  []Index{{Attributes: []string{"name"}, Unique: true}},
			Attributes: []*Attribute{
				uid(),
				text("name").required().immutable(),
				variable("value"),
			},
		},
	}
}
