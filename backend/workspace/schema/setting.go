package schema

// settings: what a workspace, a thing in it or a person's program remembers, and what projects share.
func settings() []*Type {
	return []*Type{
		{Name: "Scope", Attributes: []*Attribute{
			text("name").required(),
			uid(),
		}},
		hiddenPair("ContextScope", foreign("context_id", "Context.id"), foreign("scope_id", "Scope.id")),
		{Name: "Disk", Attributes: []*Attribute{
			uid().as("diskid"),
			text("name").required(),
			text("unix"),
			text("windows"),
			many("projects", "Project", "disk_id").as("shows"),
		}},
		{Name: "Setting", Key: []string{"name", "group"}, Attributes: []*Attribute{
			text("name").standard("default"),
			text("group").standard("default"),
			text("value").standard("default"),
		}},
		{
			Name: "EntitySetting", Table: "SettingOverride", Key: []string{"parent_id", "group", "name"}, Scope: []string{"context", "review_session"},
			defaults: []string{"parent_id", "group", "name", "value", "parent_type"},
			Attributes: []*Attribute{
				text("parent_id"),
				text("parent_type").transformed().required(),
				text("group"),
				text("name"),
				text("value").required(),
				hidden(one("context", "Context", "parent_id")),
				hidden(one("review_session", "ReviewSession", "parent_id")),
			},
		},
		{
			Name: "UserApplicationState", Table: "UserSetting", Key: []string{"user_id", "key"}, Owner: "user_id",
			defaults: []string{"user_id", "key", "value"},
			Attributes: []*Attribute{
				foreign("user_id", "User.id").as("userid"),
				text("key"),
				text("value").required(),
			},
		},
	}
}

// hiddenPair joins two types whose relation servers show without saying how.
func hiddenPair(name string, a, b *Attribute) *Type {
	t := pair(name, a, b)
	t.Hidden = true
	return t
}
