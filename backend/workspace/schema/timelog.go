package schema

// times: the time people spend on their work, in seconds, and the clock that is running for them.
func times() []*Type {
	return []*Type{
		{
			Name: "Timelog", Scope: []string{"context"}, system: []string{"user_id", "context_id"},
			Indexes: []Index{{Attributes: []string{"context_id"}}, {Attributes: []string{"user_id", "start"}}},
			Attributes: []*Attribute{
				uid(),
				text("name"),
				text("comment").standard("").required(),
				instant("start").required(),
				number("duration").required(),
				number("time_zone_offset"),
				foreign("user_id", "User.id"),
				foreign("context_id", "Context.id"),
				one("user", "User", "user_id"),
				one("context", "Context", "context_id"),
			},
		},
		{
			Name: "Timer", Owner: "user_id", Indexes: []Index{{Attributes: []string{"user_id"}, Unique: true}},
			Attributes: []*Attribute{
				uid(),
				text("name"),
				text("comment").standard("").required(),
				instant("start").required(),
				foreign("context_id", "Context.id"),
				foreign("user_id", "User.user_id").required(),
				one("context", "Context", "context_id"),
				one("user", "User", "user_id"),
			},
		},
	}
}
