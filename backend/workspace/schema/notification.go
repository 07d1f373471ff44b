package schema

// notifications: Callboard's own type. Its rows are made by the server inside the transaction of what
// they tell of; nobody but their person sees them.
func notifications() []*Type {
	return []*Type{{
		Name: "Notification", Owner: "user_id", Scope: []string{},
		defaults: []string{"id", "seq", "kind"},
		Indexes: []Index{
			{Attributes: []string{"user_id", "seq"}, Unique: true},
			{Attributes: []string{"user_id", "event_key"}, Unique: true},
			{Attributes: []string{"note_id"}},
			{Attributes: []string{"entity_id"}},
			{Attributes: []string{"user_id", "entity_id"}, Only: []Part{{"snooze_until_change", True}}},
			{Attributes: []string{"user_id"}, Only: []Part{{"read_at", None}, {"done_at", None}, {"removed_at", None}}}, // the unread ones
			// What has been there for long, one index for each step of going.
			{Attributes: []string{"created_at"}, Only: []Part{{"removed_at", None}}},
			{Attributes: []string{"done_at"}, Only: []Part{{"removed_at", None}, {"done_at", Some}}},
			{Attributes: []string{"removed_at"}, Only: []Part{{"removed_at", Some}}},
		},
		Attributes: []*Attribute{
			uid(),
			integer("seq").required().immutable().says("Grows with every new or changed row of the same person."),
			foreign("user_id", "User.id").required().immutable(),
			one("user", "User", "user_id").immutable(),
			text("event_key").required().immutable(),
			text("kind").required().immutable(),
			variable("kinds").required().immutable(),
			foreign("actor_id", "User.id").immutable(),
			one("actor", "User", "actor_id").immutable(),
			foreign("project_id", "Project.id").immutable(),
			one("project", "Project", "project_id").immutable(),
			text("entity_type").immutable(),
			text("entity_id").immutable(),
			foreign("note_id", "Note.id").immutable(),
			foreign("version_id", "AssetVersion.id").immutable(),
			foreign("status_id", "Status.id").immutable(),
			text("summary").immutable(),
			variable("reasons").immutable(),
			variable("routes").immutable().says("The channels it took, each with the kind and the layer of settings that decided."),
			variable("subject").immutable(),
			instant("created_at").required().immutable(),
			instant("read_at"),
			instant("done_at"),
			instant("snoozed_until"),
			boolean("snooze_until_change").standard(false),
			instant("removed_at").immutable(),
		},
	}}
}
