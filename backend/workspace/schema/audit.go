package schema

// audits: Callboard's own type. Its rows are written by the store alone, each chained to the one before,
// and never change. People are named by id and by the name they had: entries outlive them.
func audits() []*Type {
	return []*Type{{
		Name: "AuditEntry", ReadOnly: true, Scope: []string{},
		defaults: []string{"id", "seq", "what"},
		Indexes: []Index{
			{Attributes: []string{"seq"}, Unique: true},
			{Attributes: []string{"subject_id", "seq"}},
			{Attributes: []string{"what", "seq"}},
			{Attributes: []string{"created_at"}},
		},
		Attributes: []*Attribute{
			uid().immutable(),
			integer("seq").required().immutable().says("Grows by one with every entry, without gaps."),
			instant("created_at").required().immutable(),
			text("actor_id").immutable().says("Who did it; none for the server itself and for strangers."),
			text("actor_name").immutable(),
			text("auth").required().immutable().enum("session", "key", "server", "none"),
			text("what").required().immutable(),
			text("subject_id").immutable().says("Whose account it is about."),
			text("subject_name").immutable(),
			text("address").immutable(),
			text("device").immutable(),
			text("outcome").required().immutable().enum("ok", "refused"),
			variable("detail").immutable(),
			text("hash").required().immutable().says("Of this entry and of the one before."),
		},
	}}
}
