package schema

// The kinds of custom attribute, by the ids every ftrack server knows them by.
const (
	CustomText       = "6268aef0-381c-11e0-acff-0019bb49847a"
	CustomNumber     = "92009b00-381c-11e0-acff-0019bb49847a"
	CustomBoolean    = "ad1034d8-15e2-11e1-b21a-0019bb4983d8"
	CustomDate       = "79968e9e-381c-11e0-acff-0019bb49847a"
	CustomEnumerator = "6ff9c812-ead3-11e2-846c-f23c91dfaa16"
	CustomURL        = "ec616dcd-56e2-4147-99f8-7e4a4f040cf9"
)

// CustomValue is the family of all values of custom attributes.
const CustomValue = "CustomAttributeValue"

// customAttributes: what a studio adds to the things it tracks. A configuration says which things have
// the attribute; a value is one thing's. Things without a value of their own show the default, or for a
// hierarchical attribute what the nearest thing above them has.
func customAttributes() []*Type {
	types := []*Type{
		{
			Name: "CustomConfigurationBase", Table: "RegisterBase", Abstract: true, Scope: []string{"project_id"}, system: []string{"write_permissionid", "permissionid", "topid"},
			Attributes: []*Attribute{
				uid().as("registerid"),
				text("key").says("Attribute name unique to entity type."),
				text("entity_type").as("entity").says("The entity type (table name)."),
				text("object_type_id").as("entity_key").says("Id of object type attribute applies to."),
				one("object_type", "ObjectType", "object_type_id").as("object_type"),
				boolean("core").standard(false).required().says("Whether a non-alterable builtin."),
				text("label").says("Display name for attribute."),
				integer("sort").standard(0).says("Graphical interface sort order."),
				foreign("group_id", "CustomAttributeGroup.id").as("groupid"),
				text("config").required().says("JSON blob of relevant menu options."),
				text("project_id").as("topid").says("Id of project attribute is configured for."),
				one("group", "CustomAttributeGroup", "group_id"),
				through("read_security_roles", "SecurityRole", "CustomAttributeReadRole", "configuration_id", "security_role_id").as("read_roles"),
				through("write_security_roles", "SecurityRole", "CustomAttributeWriteRole", "configuration_id", "security_role_id").as("write_roles"),
			},
		},
		{
			Name: "CustomAttributeConfiguration", Table: "Variable_Register", Mixin: "CustomConfigurationBase", Scope: []string{"project_id"},
			Attributes: []*Attribute{
				variable("default").as("casted_default").standard("").says("Default value to use when no specific attribute value set on an instance."),
				boolean("is_hierarchical").as("ishierarchical").standard(false).says("Whether overridable at different levels."),
				foreign("type_id", "CustomAttributeType.id").as("typeid"),
				one("type", "CustomAttributeType", "type_id"),
				many("values", CustomValue, "configuration_id").owned(),
			},
		},
		hiddenPair("CustomAttributeReadRole", foreign("configuration_id", "CustomAttributeConfiguration.id"), foreign("security_role_id", "SecurityRole.id")),
		hiddenPair("CustomAttributeWriteRole", foreign("configuration_id", "CustomAttributeConfiguration.id"), foreign("security_role_id", "SecurityRole.id")),
		{Name: "CustomAttributeType", Attributes: []*Attribute{
			uid().as("typeid"),
			text("name").says("Name of custom attribute type"),
			text("form_config").as("formconfig"),
			boolean("core").standard(false).required().says("Whether a non-alterable builtin."),
			many("custom_attribute_configurations", "CustomAttributeConfiguration", "type_id").as("variables"),
		}},
		{Name: "CustomAttributeGroup", Table: "AttributeGroup", defaults: []string{"id", "name"}, Attributes: []*Attribute{
			uid().as("groupid"),
			text("name").says("Name of custom attribute group"),
			many("custom_attribute_configurations", "CustomAttributeConfiguration", "group_id").as("registers"),
		}},
		{
			Name: CustomValue, Table: "Variable_Value", Key: []string{"configuration_id", "entity_id"}, Abstract: true,
			Scope:   []string{"context", "asset", "version", "list"},
			Indexes: []Index{{Attributes: []string{"entity_id"}}, {Attributes: []string{"configuration_id", "text_value"}}, {Attributes: []string{"configuration_id", "number_value"}}},
			Attributes: []*Attribute{
				foreign("configuration_id", "CustomAttributeConfiguration.id").as("registerid"),
				customValue(),
				text("entity_id").as("entityid"),
				one("configuration", "CustomAttributeConfiguration", "configuration_id").as("register"),
				hidden(text("key")),
				hidden(text("table_name")),
				hidden(text("text_value")),
				hidden(number("number_value")),
				hidden(one("context", "Context", "entity_id")),
				hidden(one("asset", "Asset", "entity_id")),
				hidden(one("version", "AssetVersion", "entity_id")),
				hidden(one("list", "List", "entity_id")),
			},
		},
	}
	for _, of := range []struct{ owner, table string }{
		{"Context", "context"}, {"AssetVersion", "assetversion"}, {"User", "user"}, {"Asset", "asset"}, {"List", "list"},
	} {
		types = append(types, customValuesOf(of.owner, of.table))
	}
	return types
}

// customValuesOf declares the values that things of one family have.
func customValuesOf(owner, table string) *Type {
	t := &Type{
		Name: owner + CustomValue, Family: CustomValue, Class: &Class{"table_name", table}, grouped: owner != "User",
		defaults: []string{"configuration_id", "entity_id", "key"}, system: []string{"entity_id", "key", "_casted_value", "project_id"},
		Attributes: []*Attribute{
			foreign("configuration_id", "CustomAttributeConfiguration.id").as("register_id"),
			customValue(),
			foreign("entity_id", owner+".id"),
			text("key"),
			one("configuration", "CustomAttributeConfiguration", "configuration_id").as("register"),
		},
	}
	if owner == "User" {
		t.system = t.system[:3]
	}
	return t
}

func customValue() *Attribute {
	a := variable("value").as("casted_value")
	a.Words, a.Digits = "text_value", "number_value"
	return a
}
