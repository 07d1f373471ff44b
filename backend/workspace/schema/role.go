package schema

// roles: what people may do, and the keys their scripts use. The keys' secrets are no attributes.
func roles() []*Type {
	return []*Type{
		{Name: "SecurityRole", Table: "Auth_Role", defaults: []string{"id", "name"}, Attributes: []*Attribute{
			uid().as("roleid"),
			text("name"),
			foreign("type", "SecurityRoleType.id").as("typeid"),
			many("user_security_roles", "UserSecurityRole", "security_role_id").as("userRoles"),
		}},
		{
			Name: "UserSecurityRole", Table: "Auth_UserRole", defaults: []string{"id", "user_id", "security_role_id"},
			Indexes: []Index{{Attributes: []string{"user_id"}}},
			Attributes: []*Attribute{
				uid(),
				foreign("user_id", "User.id").as("userid"),
				foreign("security_role_id", "SecurityRole.id").as("roleid"),
				one("user", "User", "user_id"),
				one("security_role", "SecurityRole", "security_role_id").as("role"),
				boolean("is_all_open_projects").as("isallprojects"),
				many("user_security_role_projects", "UserSecurityRoleProject", "user_security_role_id").as("user_role_projects").owned(),
			},
		},
		{
			Name: "UserSecurityRoleProject", Table: "UserRoleProject", Scope: []string{"project_id"},
			defaults: []string{"id", "user_security_role_id", "project_id"},
			Indexes:  []Index{{Attributes: []string{"project_id"}}, {Attributes: []string{"user_security_role_id"}}},
			Attributes: []*Attribute{
				uid(),
				foreign("user_security_role_id", "UserSecurityRole.id").as("user_role_id"),
				foreign("project_id", "Project.id"),
				one("project", "Project", "project_id"),
				one("user_security_role", "UserSecurityRole", "user_security_role_id").as("user_role"),
			},
		},
		{
			Name: "ApiKey", Table: "AccessKey", Owner: "resource_id", ReadOnly: true,
			system:  []string{"identifier", "resource_id", "prefix"},
			Indexes: []Index{{Attributes: []string{"resource_id"}}},
			Attributes: []*Attribute{
				uid(),
				text("identifier"),
				foreign("resource_id", "Resource.id"),
				text("prefix"),
				instant("last_used_at").immutable().says("To the hour; none is never."),
			},
		},
		{
			Name: "UserSession", Owner: "user_id", system: []string{"user_id"},
			Indexes: []Index{{Attributes: []string{"user_id"}}, {Attributes: []string{"token_hash"}, Unique: true}},
			Attributes: []*Attribute{
				uid(),
				foreign("user_id", "User.id"),
				one("user", "User", "user_id"),
				instant("accessed_time"),
				instant("creation_time"),
				text("device").immutable().says("What the device calls itself."),
				hidden(text("token_hash")),
				hidden(instant("expires_at")),
				hidden(instant("confirmed_at")),
			},
		},
	}
}
