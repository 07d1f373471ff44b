package workspace

import (
	"strings"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/workspace/schema"
)

// piece is one entity that a new workspace comes with.
type piece struct {
	entity string
	values map[string]any
}

// The ids of what a new workspace comes with are those of ftrack servers, as far as they are known:
// scripts in the wild carry some of them.
const (
	notStarted = "cea0ba04-acb5-11e1-8668-f23c91df1211"
	inProgress = "cea0efc4-acb5-11e1-8668-f23c91df1211"
	done       = "cea116d4-acb5-11e1-8668-f23c91df1211"
	blocked    = "5709c04e-2f4b-11e2-b663-0019bb4983d8"
)

var furnishedStates = [][3]string{
	{notStarted, "Not started", "NOT_STARTED"}, {inProgress, "In progress", "IN_PROGRESS"}, {done, "Done", "DONE"}, {blocked, "Blocked", "BLOCKED"},
}

// The statuses in the order in which work passes through them; the first is what a new task has.
var furnishedStatuses = [][4]string{
	{"44dd9fb2-4164-11df-9218-0019bb4983d8", "Not started", "#cacaca", notStarted},
	{"9078de1a-40ce-11ed-a028-8e70b81a65da", "Ready to start", "#8fb6c9", notStarted},
	{"44ddd0fe-4164-11df-9218-0019bb4983d8", "In progress", "#3498db", inProgress},
	{"44dded64-4164-11df-9218-0019bb4983d8", "Pending Review", "#f1c40f", inProgress},
	{"2286947e-a2d4-11e9-825d-d27cf242b68b", "Revise", "#e67e22", inProgress},
	{"44de097a-4164-11df-9218-0019bb4983d8", "Approved", "#1cbc90", done},
	{"d5d6d8ca-ebb2-11e2-aef9-f23c91dfaa16", "Client approved", "#1cbc90", done},
	{"9bb65936-88e7-11e3-9264-04011030cf01", "Completed", "#1cbc90", done},
	{"a0bc2444-15e2-11e1-b21a-0019bb4983d8", "On Hold", "#e74c3c", blocked},
	{"a0bc3f24-15e2-11e1-b21a-0019bb4983d8", "Omitted", "#e74c3c", blocked},
}

// The kinds of task; the first is what a task is when nobody says.
var furnishedTypes = [][3]string{
	{"44dc3636-4164-11df-9218-0019bb4983d8", "Animation", "#35592d"},
	{"56807358-a0f4-11e9-9843-d27cf242b68b", "Concept Art", "#33cccc"},
	{"44dc53c8-4164-11df-9218-0019bb4983d8", "Modeling", "#935ba2"},
	{"44dd5868-4164-11df-9218-0019bb4983d8", "Rigging", "#58592d"},
	{"a750a84f-b253-11eb-ad41-1e003a0c2434", "Texture", "#f1c40f"},
	{"44dc8cd0-4164-11df-9218-0019bb4983d8", "Lookdev", "#a3635d"},
	{"66d145f0-13c6-11e3-abf2-f23c91dfaa16", "Character", "#3a2d5a"},
	{"66d1aedc-13c6-11e3-abf2-f23c91dfaa16", "Prop", "#f39c12"},
	{"66d1daba-13c6-11e3-abf2-f23c91dfaa16", "Environment", "#5da35e"},
	{"66d2038c-13c6-11e3-abf2-f23c91dfaa16", "Matte Painting", "#5da35e"},
	{"b628a004-ad7d-11e1-896c-f23c91df1211", "Production", "#bdc3c7"},
	{"cc46c4c6-13d2-11e3-8915-f23c91dfaa16", "Editing", "#f1c40f"},
	{"44dd3ed2-4164-11df-9218-0019bb4983d8", "Tracking", "#27ae60"},
	{"c3bcfdb4-ad7d-11e1-a444-f23c91df1211", "Rotoscoping", "#3498db"},
	{"44dc6ffc-4164-11df-9218-0019bb4983d8", "Previz", "#27ae60"},
	{"ffaebf7a-9dca-11e9-8346-d27cf242b68b", "Layout", "#3a2d5a"},
	{"44dcea86-4164-11df-9218-0019bb4983d8", "FX", "#9b59b6"},
	{"44dd08fe-4164-11df-9218-0019bb4983d8", "Lighting", "#5b5ba3"},
	{"262225e8-9dcb-11e9-82b8-d27cf242b68b", "Rendering", "#5ba3a3"},
	{"44dd23b6-4164-11df-9218-0019bb4983d8", "Compositing", "#2d5959"},
	{"ae1e2480-f24e-11e2-bd1f-f23c91dfaa16", "Deliverable", "#2980b9"},
}

var furnishedPriorities = [][3]string{
	{"847fb90e-ead3-11e2-846c-f23c91dfaa16", "Urgent", "#e74c3c"},
	{"847f9cda-ead3-11e2-846c-f23c91dfaa16", "High", "#e67e22"},
	{"847f8146-ead3-11e2-846c-f23c91dfaa16", "Medium", "#f1c40f"},
	{"847f663e-ead3-11e2-846c-f23c91dfaa16", "Low", "#1cbc90"},
	{schema.DefaultPriority, "None", "#cacaca"},
}

// The object types, with what they may have: t tasks below them, y a type, s a status, d dates, l nothing below.
var furnishedObjects = [][3]string{
	{schema.ObjectTypeTask, "Task", "ysdl"},
	{schema.ObjectTypeShot, "Shot", "ts"},
	{schema.ObjectTypeSequence, "Sequence", "t"},
	{schema.ObjectTypeEpisode, "Episode", "ts"},
	{schema.ObjectTypeFolder, "Folder", "t"},
	{schema.ObjectTypeAssetBuild, "Asset Build", "tys"},
	{schema.ObjectTypeMilestone, "Milestone", "ysdl"},
}

// The roles: only the first may do everything.
var furnishedRoles = []string{"Administrator", "Project Manager", "User"}

var furnishedLocations = [][2]string{
	{"ce9b348f-8809-11e3-821c-20c9d081909b", "ftrack.origin"},
	{"cb268ecc-8809-11e3-a7e2-20c9d081909b", "ftrack.unmanaged"},
	{"cd41be70-8809-11e3-b98a-20c9d081909b", "ftrack.review"},
	{"07b82a97-8cf9-11e3-9383-20c9d081909b", "ftrack.connect"},
	{"3a372bde-05bc-11e4-8908-20c9d081909b", "ftrack.server"},
}

var furnishedAssets = [][2]string{
	{"Upload", "upload"}, {"Geometry", "geo"}, {"Rig", "rig"}, {"Animation", "anim"}, {"Camera", "cam"}, {"Image Sequence", "img"}, {"Cache", "cache"},
}

// furniture lists all of it, each thing after what it refers to.
func furniture() []piece {
	var all []piece
	add := func(entity string, values map[string]any) { all = append(all, piece{entity, values}) }
	for _, s := range furnishedStates {
		add("State", map[string]any{"id": s[0], "name": s[1], "short": s[2]})
	}
	for i, s := range furnishedStatuses {
		add("Status", map[string]any{"id": s[0], "name": s[1], "color": s[2], "state_id": s[3], "sort": i, "is_active": true})
	}
	for i, t := range furnishedTypes {
		add("Type", map[string]any{"id": t[0], "name": t[1], "color": t[2], "sort": i, "is_billable": true})
	}
	for i, p := range furnishedPriorities {
		add("Priority", map[string]any{"id": p[0], "name": p[1], "color": p[2], "sort": i, "value": 0.0})
	}
	for i, o := range furnishedObjects {
		has := func(mark string) bool { return strings.Contains(o[2], mark) }
		add("ObjectType", map[string]any{
			"id": o[0], "name": o[1], "sort": i, "icon": "default", "is_taskable": has("t"), "is_typeable": has("y"), "is_statusable": has("s"),
			"is_schedulable": has("d"), "is_time_reportable": has("d"), "is_leaf": has("l"), "is_prioritizable": true,
		})
	}
	for _, name := range furnishedRoles {
		add("SecurityRole", map[string]any{"id": uuid.NewString(), "name": name})
	}
	for _, l := range furnishedLocations {
		add("Location", map[string]any{"id": l[0], "name": l[1], "label": l[1]})
	}
	for _, a := range furnishedAssets {
		add("AssetType", map[string]any{"id": uuid.NewString(), "name": a[0], "short": a[1], "component": "main"})
	}
	return append(all, projectSchema()...)
}

// attributeFurniture are the kinds of custom attribute, and what lists are for.
func attributeFurniture() []piece {
	all := []piece{}
	for _, k := range [][2]string{
		{schema.CustomText, "text"},
		{schema.CustomNumber, "number"},
		{schema.CustomBoolean, "boolean"},
		{schema.CustomDate, "date"},
		{schema.CustomEnumerator, "enumerator"},
		{schema.CustomURL, "url"},
	} {
		all = append(all, piece{"CustomAttributeType", map[string]any{"id": k[0], "name": k[1], "core": true}})
	}
	for _, name := range []string{"Dailies", "Deliveries", "Meetings"} {
		all = append(all, piece{"ListCategory", map[string]any{"id": uuid.NewString(), "name": name}})
	}
	return all
}

// projectSchema is the bundle of types and statuses that a project is made with.
func projectSchema() []piece {
	const id = "05dece3c-40cd-11ed-a028-8e70b81a65da"
	workflow, types := uuid.NewString(), uuid.NewString()
	all := []piece{
		{"WorkflowSchema", map[string]any{"id": workflow, "name": "Film"}},
		{"TaskTypeSchema", map[string]any{"id": types, "name": "Film"}},
		{"ProjectSchema", map[string]any{
			"id": id, "name": "Film", "task_workflow_schema_id": workflow, "asset_version_workflow_schema_id": workflow, "task_type_schema_id": types,
		}},
	}
	add := func(entity string, values map[string]any) { all = append(all, piece{entity, values}) }
	for _, s := range furnishedStatuses {
		add("WorkflowSchemaStatus", map[string]any{"workflow_schema_id": workflow, "status_id": s[0]})
	}
	for _, t := range furnishedTypes {
		add("TaskTypeSchemaType", map[string]any{"task_type_schema_id": types, "type_id": t[0]})
	}
	for _, o := range furnishedObjects {
		add("ProjectSchemaObjectType", map[string]any{"project_schema_id": id, "object_type_id": o[0]})
		if o[0] == schema.ObjectTypeTask || !strings.Contains(o[2], "s") {
			continue // tasks follow the workflow; others without a status have none to choose
		}
		object := uuid.NewString()
		add("Schema", map[string]any{"id": object, "project_schema_id": id, "type_id": o[0]})
		for i, s := range furnishedStatuses {
			add("SchemaStatus", map[string]any{"schema_id": object, "status_id": s[0], "sort": i})
		}
		if strings.Contains(o[2], "y") {
			for i, t := range furnishedTypes {
				add("SchemaType", map[string]any{"schema_id": object, "type_id": t[0], "sort": i})
			}
		}
	}
	return all
}
