package schema

// lists: collections of tasks, shots or versions that people make for dailies, deliveries and meetings.
func lists() []*Type {
	return []*Type{
		{
			Name: "List", Scope: []string{"project_id"}, Abstract: true, grouped: true, system: []string{"showid"},
			Indexes: []Index{{Attributes: []string{"project_id"}}},
			Attributes: []*Attribute{
				uid().as("listid"),
				text("name").standard(""),
				boolean("is_open").as("isopen").standard(true).required(),
				foreign("category_id", "ListCategory.id").as("typeid").required(),
				instant("date"),
				foreign("user_id", "User.user_id").as("userid"),
				foreign("project_id", "Project.id").as("showid").required(),
				one("category", "ListCategory", "category_id").as("type"),
				listOf("task"),
				one("owner", "User", "user_id").as("user"),
				one("project", "Project", "project_id").as("show"),
				hidden(many("list_objects", "ListObject", "list_id").owned()),
				custom("ListCustomAttributeValue"),
			},
		},
		{
			Name: "TypedContextList", Table: "List", Mixin: "List", Class: &Class{"system_type", "task"}, sorted: true,
			Attributes: []*Attribute{
				through("items", "TypedContext", "ListObject", "list_id", "entity_id").as("_task_items").shownAs("Task"),
			},
		},
		{
			Name: "AssetVersionList", Table: "List", Mixin: "List", Class: &Class{"system_type", "assetversion"}, sorted: true,
			Attributes: []*Attribute{
				listOf("assetversion"),
				through("items", "AssetVersion", "ListObject", "list_id", "entity_id").as("_asset_version_items"),
			},
		},
		{
			Name: "ListObject", Scope: []string{"list"}, defaults: []string{"id", "entity_id", "list_id"},
			Indexes: []Index{{Attributes: []string{"list_id", "entity_id"}, Unique: true}, {Attributes: []string{"entity_id"}}},
			Attributes: []*Attribute{
				uid(),
				text("entity_id").as("entityid").required(),
				foreign("list_id", "List.id").as("listid").required(),
				one("list", "List", "list_id"),
			},
		},
		{Name: "ListCategory", Table: "ListType", Attributes: []*Attribute{
			uid().as("typeid"),
			text("name"),
			many("lists", "List", "category_id"),
		}},
	}
}

// listOf says what the items of a list are.
func listOf(table string) *Attribute {
	return text("system_type").as("entity").standard(table).says("Defines the type of the items this list accepts.")
}
