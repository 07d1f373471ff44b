package schema

// The built-in object types and the default priority, by the ids every ftrack server knows them by.
const (
	ObjectTypeTask       = "11c137c0-ee7e-4f9c-91c5-8c77cec22b2c"
	ObjectTypeShot       = "bad911de-3bd6-47b9-8b46-3476e237cb36"
	ObjectTypeSequence   = "e5139355-61da-4c8f-9db4-3abc870166bc"
	ObjectTypeEpisode    = "22139355-61da-4c8f-9db4-3abc870166bc"
	ObjectTypeFolder     = "3c133785-51cb-11e3-980a-20c9d0831e59"
	ObjectTypeAssetBuild = "4be63b64-5010-42fb-bf1f-428af9d638f0"
	ObjectTypeMilestone  = "01decdd1-51cb-11e3-9d5b-20c9d0831e59"
	DefaultPriority      = "9661b320-3a0c-11e2-81c1-0800200c9a66"
)

// contexts: projects and everything below them.
func contexts() []*Type {
	return append([]*Type{
		{
			Name: "Context", Abstract: true, Tree: "parent_id", Scope: []string{"project_id"}, grouped: true,
			defaults: []string{"context_type", "id", "name"}, system: []string{"context_type"},
			Indexes: []Index{
				{Attributes: []string{"parent_id"}},
				{Attributes: []string{"project_id", "object_type_id", "name", "id"}}, // pages of a project's tasks, in order
				{Attributes: []string{"project_id", "object_type_id", "status_id"}},  // how a project's tasks stand
				{Attributes: []string{"status_id"}},
				{Attributes: []string{"thumbnail_id"}},
			},
			Attributes: []*Attribute{
				text("context_type").required(),
				uid(),
				text("name").standard("").required(),
				foreign("parent_id", "Context.id"),
				foreign("thumbnail_id", "Component.id").as("thumbid"),
				url("thumbnail_url").immutable(),
				one("thumbnail", "Component", "thumbnail_id"),
				one("parent", "Context", "parent_id"),
				many("children", "Context", "parent_id").owned(),
				many("appointments", "Appointment", "context_id").as("context_appointments").owned(),
				many("assignments", "Appointment", "context_id").as("context_assignments").ofType("assignment"),
				many("allocations", "Appointment", "context_id").as("context_allocations").ofType("allocation"),
				many("assets", "Asset", "context_id").owned(),
				many("notes", "Note", "parent_id").owned(),
				scalar(Link, "link").as("_api_link").immutable(),
				many("managers", "Manager", "context_id").owned(),
				foreign("created_by_id", "User.user_id").as("created_by").immutable(),
				instant("created_at").immutable(),
				one("created_by", "User", "created_by_id").as("createdBy").immutable(),
				foreign("project_id", "Project.id"),
				oldLink(),
				many("timelogs", "Timelog", "context_id").owned(),
				through("scopes", "Scope", "ContextScope", "context_id", "scope_id"),
				custom("ContextCustomAttributeValue"),
			},
		},
		{
			Name: "Project", Table: "Show", Mixin: "Context", Class: &Class{"context_type", "show"},
			Indexes: []Index{{Attributes: []string{"is_private"}}},
			Attributes: []*Attribute{
				text("full_name").as("fullname"),
				text("root"),
				instant("start_date").as("startdate"),
				instant("end_date").as("enddate"),
				boolean("is_global").as("isglobal").standard(false).required(),
				boolean("is_private").as("private").standard(false),
				foreign("project_schema_id", "ProjectSchema.id").as("projectschemeid").required(),
				text("status").required(),
				text("color"),
				span("descendants", "TypedContext", Below),
				one("project_schema", "ProjectSchema", "project_schema_id").as("projectscheme"),
				metadata(),
				many("user_security_role_projects", "UserSecurityRoleProject", "project_id").as("user_role_projects").owned(),
				many("review_sessions", "ReviewSession", "project_id").as("reviewSessions").owned(),
				many("review_session_folders", "ReviewSessionFolder", "project_id").owned(),
				foreign("disk_id", "Disk.id").as("diskid"),
				one("disk", "Disk", "disk_id"),
				hidden(many("lists", "List", "project_id").owned()),
			},
		},
		{
			Name: "TypedContext", Table: "Task", Mixin: "Context", Class: &Class{"context_type", "task"}, Abstract: true,
			system: []string{"showid", "context_type"},
			Attributes: []*Attribute{
				number("bid").required(),
				text("description"),
				instant("start_date").as("startdate"),
				instant("end_date").as("enddate"),
				foreign("status_id", "Status.id").as("statusid").required(),
				foreign("type_id", "Type.id").as("typeid").required(),
				foreign("priority_id", "Priority.id").as("priorityid").required(),
				foreign("object_type_id", "ObjectType.id").as("object_typeid").required(),
				foreign("project_id", "Project.id").as("showid"),
				number("sort").required(),
				one("type", "Type", "type_id"),
				one("status", "Status", "status_id"),
				one("project", "Project", "project_id").as("show"),
				one("priority", "Priority", "priority_id"),
				one("object_type", "ObjectType", "object_type_id").as("objectType"),
				metadata(),
				span("ancestors", "TypedContext", Above),
				span("descendants", "TypedContext", Below),
				many("incoming_links", "TypedContextLink", "to_id").as("predecessors").owned(),
				many("outgoing_links", "TypedContextLink", "from_id").as("successors").owned(),
				many("status_changes", "StatusChange", "parent_id").owned(),
				formula(Number, "time_logged", TimeLogged),
				formula(Number, "bid_time_logged_difference", TimeLeft),
				through("lists", "TypedContextList", "ListObject", "entity_id", "list_id").as("_lists"),
				hidden(many("list_objects", "ListObject", "entity_id").owned()),
			},
		},
		object("Task", ObjectTypeTask, "object_type"),
		object("Shot", ObjectTypeShot, "object_type type_id type bid start_date end_date"),
		object("Sequence", ObjectTypeSequence, "object_type type_id type status_id status bid start_date end_date"),
		object("Episode", ObjectTypeEpisode, "object_type type_id type bid start_date end_date"),
		object("Folder", ObjectTypeFolder, "object_type type_id type status_id status bid start_date end_date"),
		object("AssetBuild", ObjectTypeAssetBuild, "object_type bid start_date end_date"),
		object("Milestone", ObjectTypeMilestone, "object_type start_date"),
	}, &Type{
		Name: "TypedContextLink", Table: "Dependency", Scope: []string{"from", "to"},
		defaults: []string{"id", "from_id", "to_id"},
		Indexes:  []Index{{Attributes: []string{"from_id"}}, {Attributes: []string{"to_id"}}},
		Attributes: []*Attribute{
			uid().as("dependencyid"),
			foreign("from_id", "TypedContext.id").required(),
			foreign("to_id", "TypedContext.id").required(),
			one("from", "TypedContext", "from_id").as("fromTask"),
			one("to", "TypedContext", "to_id").as("toTask"),
			number("lag"),
			text("type").standard("end_to_start").enum("start_to_start", "start_to_end", "end_to_start", "end_to_end"),
			metadata(),
		},
	})
}

// object declares the type of all typed contexts of one object type; frozen are the attributes that
// nobody sets on it.
func object(name, id, frozen string) *Type {
	return &Type{
		Name: name, Table: "Task", Mixin: "TypedContext", Class: &Class{"object_type_id", id}, frozen: frozen, sorted: true,
		Attributes: []*Attribute{
			foreign("object_type_id", "ObjectType.id").as("object_typeid").standard(id).required().immutable(),
			foreign("priority_id", "Priority.id").as("priorityid").standard(DefaultPriority).required(),
		},
	}
}
