package schema

// people: persons and groups, who is assigned to what and who manages it.
func people() []*Type {
	return []*Type{
		{
			Name: "Resource", Abstract: true, Tree: "parent_id", system: []string{"resource_type"},
			Indexes: []Index{{Attributes: []string{"username"}, Unique: true}, {Attributes: []string{"parent_id"}}},
			Attributes: []*Attribute{
				text("resource_type").required(),
				uid(),
				many("appointments", "Appointment", "resource_id").as("resource_appointments").owned(),
				many("assignments", "Appointment", "resource_id").as("resource_assignments").ofType("assignment"),
				many("allocations", "Appointment", "resource_id").as("resource_allocations").ofType("allocation"),
			},
		},
		{
			Name: "BaseUser", Mixin: "Resource", Abstract: true, Indexes: []Index{{Attributes: []string{"thumbnail_id"}}},
			Attributes: []*Attribute{
				text("first_name").as("firstname"),
				text("last_name").as("lastname"),
				text("email"),
				foreign("thumbnail_id", "Component.id").as("thumbid"),
				url("thumbnail_url").immutable(),
				one("thumbnail", "Component", "thumbnail_id"),
			},
		},
		{
			Name: "User", Mixin: "BaseUser", Class: &Class{"resource_type", "user"},
			Attributes: []*Attribute{
				text("resource_type").standard("user").required().immutable(),
				text("username").required(),
				boolean("is_active").as("isactive").required(),
				boolean("require_details_update"),
				boolean("is_otp_enabled").as("otp_enabled"),
				boolean("is_totp_enabled").as("totp_enabled"),
				text("auth_source").says("Where the account is kept: none or local is here, anything else the name of a directory."),
				many("memberships", "Membership", "user_id").as("user_memberships").owned(),
				metadata(),
				many("user_security_roles", "UserSecurityRole", "user_id").as("userRoles").owned(),
				foreign("user_type_id", "UserType.id").as("typeid"),
				one("user_type", "UserType", "user_type_id").as("type"),
				many("timelogs", "Timelog", "user_id").owned(),
				custom("UserCustomAttributeValue"),
				hidden(many("timers", "Timer", "user_id").owned()),
				hidden(many("jobs", "Job", "user_id").owned()),
				hidden(many("notifications", "Notification", "user_id").owned()),
				hidden(many("preferences", "UserPreference", "user_id").owned()),
				hidden(many("notification_preferences", "NotificationPreference", "user_id").owned()),
				hidden(many("notification_mutes", "NotificationMute", "user_id").owned()),
				hidden(many("sessions", "UserSession", "user_id").owned()),
				hidden(many("api_keys", "ApiKey", "resource_id").owned()),
				hidden(many("application_states", "UserApplicationState", "user_id").owned()),
			},
		},
		{
			Name: "Collaborator", Mixin: "BaseUser", Class: &Class{"resource_type", "collaborator"},
			Attributes: []*Attribute{text("created_from_shared_url")},
		},
		{
			Name: "Group", Mixin: "Resource", Class: &Class{"resource_type", "group"},
			Attributes: []*Attribute{
				text("resource_type").standard("group").required().immutable(),
				text("name").standard("").required(),
				boolean("local").required(),
				foreign("parent_id", "Group.id").as("group_id"),
				one("parent", "Group", "parent_id"),
				many("children", "Group", "parent_id").owned(),
				scalar(Link, "link").as("api_link").immutable(),
				many("memberships", "Membership", "group_id").as("group_memberships").owned(),
			},
		},
		{Name: "UserType", frozen: "name", Attributes: []*Attribute{
			uid().as("typeid"),
			text("name"),
		}},
		{
			Name:    "Membership",
			Indexes: []Index{{Attributes: []string{"user_id"}}, {Attributes: []string{"group_id"}}},
			Attributes: []*Attribute{
				uid(),
				foreign("group_id", "Group.id").required(),
				foreign("user_id", "User.id").required(),
				one("group", "Group", "group_id").as("membership_group"),
				one("user", "User", "user_id").as("membership_user"),
			},
		},
		{
			Name: "Appointment", Scope: []string{"context"},
			Indexes: []Index{{Attributes: []string{"context_id"}}, {Attributes: []string{"resource_id", "project_id", "type", "context_id"}}},
			Attributes: []*Attribute{
				uid(),
				text("type").required(),
				foreign("resource_id", "Resource.id").required(),
				foreign("context_id", "Context.id").required(),
				// That of the context: who has a part in a project is asked with every query.
				hidden(foreign("project_id", "Project.id")),
				one("context", "Context", "context_id").as("appointment_context"),
				one("resource", "Resource", "resource_id").as("appointment_resource"),
			},
		},
		{
			Name: "Manager", Scope: []string{"context"},
			Indexes: []Index{{Attributes: []string{"context_id"}}, {Attributes: []string{"user_id"}}},
			Attributes: []*Attribute{
				uid().as("managerid"),
				foreign("context_id", "Context.id"),
				foreign("type_id", "ManagerType.id").as("typeid"),
				foreign("user_id", "User.id").as("userid"),
				one("user", "User", "user_id"),
				one("type", "ManagerType", "type_id"),
				one("context", "Context", "context_id"),
			},
		},
		{Name: "ManagerType", Attributes: []*Attribute{
			uid().as("typeid"),
			text("name"),
		}},
	}
}
