package schema

// activity: what happened, as the overview of a project tells it. The server writes it.
func activity() []*Type {
	return []*Type{{
		Name: "Event", Table: "SocialEvent", Scope: []string{"project_id"}, grouped: true, system: []string{"showid"}, ReadOnly: true,
		Indexes: []Index{{Attributes: []string{"project_id", "created_at"}}, {Attributes: []string{"parent_id"}}},
		Attributes: []*Attribute{
			integer("id").as("socialid"),
			text("parent_type"),
			text("parent_id"),
			foreign("project_id", "Project.id").as("showid"),
			foreign("user_id", "User.user_id").as("userid"),
			text("action"),
			text("insert"),
			text("data"),
			instant("created_at"),
			one("project", "Project", "project_id").as("show"),
			one("user", "User", "user_id"),
		},
	}}
}
