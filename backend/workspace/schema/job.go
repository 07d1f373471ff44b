package schema

// jobs: work that goes on in the background, as its person may watch it.
func jobs() []*Type {
	return []*Type{
		{
			Name: "Job", Owner: "user_id", Indexes: []Index{{Attributes: []string{"user_id", "created_at"}}},
			Attributes: []*Attribute{
				uid().as("jobid"),
				text("status").standard("queued").enum("queued", "running", "done", "failed").required(),
				foreign("user_id", "User.user_id").as("userid"),
				text("data").format("json"),
				text("type").standard("api_job").required().immutable(),
				instant("created_at"),
				instant("finished_at"),
				one("user", "User", "user_id"),
				many("job_components", "JobComponent", "job_id").owned(),
			},
		},
		{
			Name: "JobComponent", Key: []string{"component_id", "job_id"}, Scope: []string{"component"},
			Indexes: []Index{{Attributes: []string{"job_id"}}},
			Attributes: []*Attribute{
				foreign("component_id", "Component.id"),
				foreign("job_id", "Job.id"),
				one("component", "Component", "component_id"),
				one("job", "Job", "job_id"),
				url("url").immutable(),
			},
		},
	}
}
