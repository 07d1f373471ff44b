package schema

// components: stored files and where they lie.
func components() []*Type {
	return []*Type{
		{
			Name: "Component", Scope: []string{"version"}, Abstract: true, grouped: true,
			defaults: []string{"id", "system_type"}, system: []string{"system_type", "version_id", "container_id"},
			Indexes: []Index{{Attributes: []string{"version_id"}}, {Attributes: []string{"container_id"}}},
			Attributes: []*Attribute{
				text("system_type").required(),
				text("name").standard("main").required(),
				integer("size").standard(0),
				text("file_type").as("filetype"),
				foreign("container_id", "ContainerComponent.id"),
				foreign("version_id", "AssetVersion.id"),
				// Real servers do not say; who may see a file that nothing uses yet hangs on it.
				hidden(foreign("uploaded_by_id", "User.id")),
				uid(),
				one("version", "AssetVersion", "version_id"),
				one("container", "ContainerComponent", "container_id"),
				many("component_locations", "ComponentLocation", "component_id").owned(),
				metadata(),
				hidden(many("note_components", "NoteComponent", "component_id").owned()),
				hidden(many("job_components", "JobComponent", "component_id").owned()),
			},
		},
		{
			Name: "ContainerComponent", Mixin: "Component", Class: &Class{"system_type", "container"},
			Attributes: []*Attribute{
				foreign("id", "Component.id").standard("{uid}"),
				many("members", "Component", "container_id").owned(),
			},
		},
		{
			Name: "SequenceComponent", Mixin: "ContainerComponent", Class: &Class{"system_type", "sequence"},
			Attributes: []*Attribute{integer("padding").standard(0).required()},
		},
		{
			Name: "FileComponent", Mixin: "Component", Class: &Class{"system_type", "file"},
			Attributes: []*Attribute{foreign("id", "Component.id").standard("{uid}")},
		},
		{
			Name: "ComponentLocation", Scope: []string{"component"}, grouped: true, system: []string{"location_id", "component_id"},
			Indexes: []Index{{Attributes: []string{"component_id"}}},
			Attributes: []*Attribute{
				foreign("component_id", "Component.id"),
				foreign("location_id", "Location.id"),
				text("resource_identifier").as("resourceIdentifier"),
				url("url"),
				uid(),
				one("component", "Component", "component_id"),
				one("location", "Location", "location_id"),
			},
		},
		{Name: "Location", Attributes: []*Attribute{
			text("name").required(),
			text("label"),
			text("description"),
			uid(),
			many("location_components", "ComponentLocation", "location_id"),
		}},
		{
			Name: "Metadata", Table: "Meta", Key: []string{"parent_id", "key"}, Scope: []string{"context", "asset", "version", "component", "note"},
			defaults: []string{"parent_id", "key", "value", "parent_type"},
			Attributes: []*Attribute{
				text("parent_id").as("meta_id"),
				text("parent_type").as("meta_type").transformed().required(),
				text("key").as("variable"),
				text("value").required(),
				hidden(one("context", "Context", "parent_id")),
				hidden(one("asset", "Asset", "parent_id")),
				hidden(one("version", "AssetVersion", "parent_id")),
				hidden(one("component", "Component", "parent_id")),
				hidden(one("note", "Note", "parent_id")),
			},
		},
	}
}
