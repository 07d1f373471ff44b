package schema

// workflow: what a studio chooses from – statuses, types, priorities – and the schemas that bundle them.
func workflow() []*Type {
	return []*Type{
		{Name: "ObjectType", Attributes: []*Attribute{
			uid().as("typeid"),
			text("name").required(),
			integer("sort").standard(0).required(),
			through("project_schemas", "ProjectSchema", "ProjectSchemaObjectType", "object_type_id", "project_schema_id"),
			text("icon").standard("default").required(),
			boolean("is_time_reportable").as("istimereportable").standard(false).required(),
			boolean("is_taskable").as("istaskable").standard(true).required(),
			boolean("is_typeable").as("istypeable").standard(true).required(),
			boolean("is_statusable").as("isstatusable").standard(true).required(),
			boolean("is_schedulable").as("isschedulable").standard(false).required(),
			boolean("is_leaf").as("isleaf").standard(false),
			boolean("is_prioritizable").as("ispriority").standard(true),
			many("tasks", "Task", "object_type_id"),
		}},
		{Name: "Type", Table: "TaskType", Attributes: []*Attribute{
			uid().as("typeid"),
			text("name"),
			text("color").standard("#510100").required(),
			integer("sort").standard(0).required(),
			boolean("is_billable").as("isbillable").standard(true).required(),
			through("task_type_schemas", "TaskTypeSchema", "TaskTypeSchemaType", "type_id", "task_type_schema_id").as("schemes"),
			many("tasks", "Task", "type_id"),
		}},
		{Name: "Priority", Table: "PriorityType", Attributes: []*Attribute{
			uid().as("priorityid"),
			text("name"),
			number("value").standard(0),
			integer("sort").standard(0),
			text("color"),
			many("tasks", "Task", "priority_id"),
		}},
		{Name: "Status", Table: "TaskStatus", Attributes: []*Attribute{
			uid().as("statusid"),
			text("name"),
			integer("sort").standard(0),
			text("color"),
			boolean("is_active").as("isactive").required(),
			// Real servers keep this key to themselves; the relation needs it.
			hidden(foreign("state_id", "State.id").as("typeid")),
			many("tasks", "Task", "status_id"),
			one("state", "State", "state_id").as("statustype"),
		}},
		{Name: "State", Table: "StatusType", Attributes: []*Attribute{
			uid().as("typeid"),
			text("name"),
			text("short"),
		}},
		{
			Name: "StatusChange", Table: "Trac", Scope: []string{"context", "version"},
			Indexes: []Index{{Attributes: []string{"parent_id", "date"}}},
			Attributes: []*Attribute{
				text("id").as("tracid"),
				text("parent_id"),
				text("parent_type"),
				instant("date"),
				foreign("status_id", "Status.id"),
				one("status", "Status", "status_id"),
				foreign("from_status_id", "Status.id"),
				one("from_status", "Status", "from_status_id"),
				foreign("user_id", "User.user_id").as("userid"),
				one("user", "User", "user_id"),
				hidden(one("context", "Context", "parent_id")),
				hidden(one("version", "AssetVersion", "parent_id")),
			},
		},
		{Name: "ProjectSchema", Table: "ProjectScheme", Attributes: []*Attribute{
			uid().as("schemeid"),
			text("name"),
			foreign("asset_version_workflow_schema_id", "WorkflowSchema.id").as("versionworkflowid"),
			foreign("task_workflow_schema_id", "WorkflowSchema.id").as("taskworkflowid"),
			foreign("task_type_schema_id", "TaskTypeSchema.id").as("tasktypeschemeid"),
			through("object_types", "ObjectType", "ProjectSchemaObjectType", "project_schema_id", "object_type_id"),
			one("_task_type_schema", "TaskTypeSchema", "task_type_schema_id").as("tasktypescheme"),
			one("task_type_schema", "TaskTypeSchema", "task_type_schema_id").as("tasktypescheme"),
			one("_task_workflow", "WorkflowSchema", "task_workflow_schema_id").as("taskworkflow"),
			one("task_workflow_schema", "WorkflowSchema", "task_workflow_schema_id").as("taskworkflow"),
			one("_version_workflow", "WorkflowSchema", "asset_version_workflow_schema_id").as("versionworkflow"),
			one("asset_version_workflow_schema", "WorkflowSchema", "asset_version_workflow_schema_id").as("versionworkflow"),
			many("_overrides", "ProjectSchemaOverride", "project_schema_id").as("overrides").owned(),
			many("task_workflow_schema_overrides", "ProjectSchemaOverride", "project_schema_id").as("overrides"),
			many("_schemas", "Schema", "project_schema_id").as("schemas").owned(),
			many("object_type_schemas", "Schema", "project_schema_id").as("schemas"),
		}},
		pair("ProjectSchemaObjectType",
			foreign("object_type_id", "ObjectType.id"), foreign("project_schema_id", "ProjectSchema.id"),
			one("object_type", "ObjectType", "object_type_id"), one("project_schema", "ProjectSchema", "project_schema_id")),
		{Name: "ProjectSchemaOverride", Table: "ProjectSchemeOverride", Attributes: []*Attribute{
			uid().as("overrideid"),
			foreign("project_schema_id", "ProjectSchema.id").as("projectschemeid"),
			foreign("workflow_schema_id", "WorkflowSchema.id").as("workflowschemeid"),
			foreign("type_id", "Type.id").as("typeid"),
			one("workflow_schema", "WorkflowSchema", "workflow_schema_id").as("workflowscheme"),
		}},
		{Name: "WorkflowSchema", Table: "WorkflowScheme", Attributes: []*Attribute{
			uid().as("schemeid"),
			text("name").standard("Workflow Name"),
			through("statuses", "Status", "WorkflowSchemaStatus", "workflow_schema_id", "status_id"),
			many("overrides", "ProjectSchemaOverride", "workflow_schema_id"),
		}},
		pair("WorkflowSchemaStatus", foreign("workflow_schema_id", "WorkflowSchema.id").as("schemeid"), foreign("status_id", "Status.id").as("statusid")),
		{Name: "TaskTypeSchema", Table: "TaskTypeScheme", Attributes: []*Attribute{
			uid().as("schemeid"),
			text("name").standard("TaskType Schema Name"),
			through("types", "Type", "TaskTypeSchemaType", "task_type_schema_id", "type_id"),
		}},
		pair("TaskTypeSchemaType", foreign("task_type_schema_id", "TaskTypeSchema.id").as("schemeid"), foreign("type_id", "Type.id").as("typeid")),
		{Name: "Schema", Attributes: []*Attribute{
			uid(),
			foreign("project_schema_id", "ProjectSchema.id").as("projectschemeid").required(),
			foreign("type_id", "ObjectType.id").as("typeid").required(),
			many("statuses", "SchemaStatus", "schema_id").owned(),
		}},
		pair("SchemaStatus",
			foreign("status_id", "Status.id").as("statusid"), foreign("schema_id", "Schema.id").as("schemaid"),
			integer("sort").standard(0), one("task_status", "Status", "status_id").as("taskstatus")),
	}
}

// pair declares a type whose key is its first two attributes.
func pair(name string, a, b *Attribute, more ...*Attribute) *Type {
	return &Type{
		Name: name, Key: []string{a.Name, b.Name},
		Attributes: append([]*Attribute{a, b}, more...),
		Indexes:    []Index{{Attributes: []string{b.Name}}},
	}
}
