package schema

import "strings"

// Reach is who reads the entities of a type.
type Reach int

// The reaches. Guests read nothing but what Rights.Guest lists.
const (
	// ToEverybody: every person of the workspace.
	ToEverybody Reach = iota
	// InProject: whoever sees the projects it belongs to. All see open projects; private ones are seen by
	// those who belong to them and by administrators. What belongs to no project is its owner's.
	InProject
	// ToOwner: its person, and administrators.
	ToOwner
	// Private: its person alone, whatever the role of others.
	Private
	// ToAdministrators: nobody else, not even whom it is about.
	ToAdministrators
)

// People is who may do something to an entity they see. A Project Manager counts as manager of what lies
// in their projects and as a User elsewhere; a session and an API key are the same person.
type People int

// The people, from few to many.
const (
	Nobody         People = iota // the server itself does it
	Administrators               // of the workspace
	Managers                     // Project Managers of all projects it belongs to
	Owners                       // whose it is, and managers
	Alike                        // whoever may change what it hangs on
	Everybody
)

// Rights is who may do what with the entities of a type. Attributes are listed by their API names.
type Rights struct {
	Read                   Reach
	Create, Update, Delete People
	// Mine leads to the person an entity belongs to: attributes, dotted where a relation stands between.
	// The first that is not empty counts.
	Mine string
	// On names the attribute holding what the entity hangs on, where Alike is said.
	On string
	// Open are attributes that everybody may change, Profile those that whose it is may change, though
	// Update says less.
	Open, Profile string
	// Signed lead to who did something: people name themselves there; only managers name somebody else.
	Signed string
	// Reserved are attributes that only the server sets.
	Reserved string
	// Guest is what a guest of a review may do with what belongs to it.
	Guest Guest
}

// Guest lists the attributes that a guest reads, and may set when creating and when changing their own.
type Guest struct{ Read, Create, Update string }

// rights is the whole of who may do what: one line for a type or for the type it extends. Whoever may
// not see an entity may do nothing to it, whatever stands here.
var rights = map[string]Rights{
	// What a production consists of.
	"Project":          {Read: InProject, Create: Managers, Update: Managers, Delete: Managers, Signed: "created_by_id"},
	"Context":          {Read: InProject, Create: Managers, Update: Managers, Delete: Managers, Open: "status_id", Signed: "created_by_id"},
	"TypedContextLink": {Read: InProject, Create: Managers, Update: Managers, Delete: Managers},
	"Manager":          {Read: InProject, Create: Managers, Update: Managers, Delete: Managers},
	"Appointment":      {Read: InProject, Create: Owners, Update: Managers, Delete: Owners, Mine: "resource_id"},
	"StatusChange":     {Read: InProject},
	"List":             {Read: InProject, Create: Managers, Update: Owners, Delete: Owners, Mine: "user_id", Signed: "user_id"},
	"ListObject":       {Read: InProject, Create: Owners, Update: Owners, Delete: Owners, Mine: "list.user_id"},
	"CalendarEvent":    {Read: InProject, Create: Managers, Update: Managers, Delete: Managers, Signed: "created_by_id"},
	"Event":            {Read: InProject, Mine: "user_id"},
	"Feed":             {Read: ToOwner, Mine: "owner_id"},

	// What is made in it.
	"Asset": {Read: InProject, Create: Everybody, Update: Everybody, Delete: Managers},
	"AssetVersion": {
		Read: InProject, Create: Everybody, Update: Owners, Delete: Owners, Mine: "user_id", Open: "status_id", Signed: "user_id",
		Guest: Guest{Read: "id version asset_id thumbnail_id thumbnail_url thumbnail components"},
	},
	"AssetVersionLink": {Read: InProject, Create: Owners, Update: Owners, Delete: Owners, Mine: "to.user_id"},
	"Component": {
		Read: InProject, Create: Everybody, Update: Owners, Delete: Owners, Mine: "uploaded_by_id version.user_id",
		Guest: Guest{Read: "id name size file_type system_type version_id container_id version component_locations"},
	},
	"ComponentLocation": {
		Read: InProject, Create: Everybody, Update: Owners, Delete: Owners, Mine: "component.uploaded_by_id component.version.user_id",
		Guest: Guest{Read: "id component_id location_id url component"},
	},
	"Metadata":             {Read: InProject, Create: Alike, Update: Alike, Delete: Alike, On: "parent_id"},
	"CustomAttributeValue": {Read: InProject, Create: Alike, Update: Alike, Delete: Alike, On: "entity_id"},

	// What is said about it.
	"Note": {
		Read: InProject, Create: Everybody, Update: Owners, Delete: Owners, Mine: "user_id",
		Open: "completed_at completed_by_id", Signed: "user_id completed_by_id",
		Guest: Guest{
			Read:   "id parent_id parent_type content date thread_activity user_id author in_reply_to_id in_reply_to replies frame_number project_id",
			Create: "id parent_id parent_type content date user_id author in_reply_to_id in_reply_to frame_number",
		},
	},
	"Recipient":     {Read: InProject, Create: Owners, Update: Owners, Delete: Owners, Mine: "note.user_id"},
	"NoteLabelLink": {Read: InProject, Create: Owners, Update: Owners, Delete: Owners, Mine: "note.user_id"},
	"NoteComponent": {Read: InProject, Create: Owners, Update: Owners, Delete: Owners, Mine: "note.user_id"},

	// Reviews with people from outside.
	"ReviewSessionFolder": {Read: InProject, Create: Everybody, Update: Managers, Delete: Managers},
	"ReviewSession": {
		Read: InProject, Create: Everybody, Update: Owners, Delete: Owners, Mine: "created_by_id", Signed: "created_by_id",
		Guest: Guest{Read: "id name description start_date end_date created_at is_open review_session_objects review_session_invitees"},
	},
	"ReviewSessionObject": {
		Read: InProject, Create: Owners, Update: Owners, Delete: Owners, Mine: "review_session.created_by_id",
		Guest: Guest{Read: "id name description version version_id asset_version review_session_id review_session created_at sort_order notes statuses"},
	},
	"ReviewSessionInvitee": {
		Read: InProject, Create: Owners, Update: Owners, Delete: Owners, Mine: "review_session.created_by_id", Signed: "created_by_id",
		Guest: Guest{Read: "id name email review_session_id review_session created_at resource_id resource statuses"},
	},
	"ReviewSessionObjectStatus": {
		Read: InProject, Create: Everybody, Update: Owners, Delete: Owners, Mine: "resource_id invitee.resource_id", Signed: "resource_id invitee.resource_id",
		Guest: Guest{
			Read:   "id status created_at review_session_object_id review_session_object review_session_invitee_id invitee resource_id resource",
			Create: "id status created_at review_session_object_id review_session_object review_session_invitee_id invitee resource_id resource",
			Update: "status",
		},
	},

	// Whose time it takes, and what belongs to one person.
	"Timelog":                {Read: InProject, Create: Owners, Update: Owners, Delete: Owners, Mine: "user_id", Signed: "user_id"},
	"Timer":                  {Read: ToOwner, Create: Owners, Update: Owners, Delete: Owners, Mine: "user_id", Signed: "user_id"},
	"Job":                    {Read: ToOwner, Create: Owners, Update: Owners, Delete: Owners, Mine: "user_id", Signed: "user_id"},
	"JobComponent":           {Read: ToOwner, Create: Owners, Update: Owners, Delete: Owners, Mine: "job.user_id"},
	"UserSession":            {Read: ToOwner, Delete: Owners, Mine: "user_id"},
	"UserApplicationState":   {Read: Private, Create: Owners, Update: Owners, Delete: Owners, Mine: "user_id", Signed: "user_id"},
	"UserPreference":         {Read: Private, Create: Owners, Update: Owners, Delete: Owners, Mine: "user_id", Signed: "user_id"},
	"NotificationPreference": {Read: Private, Create: Owners, Update: Owners, Delete: Owners, Mine: "user_id", Signed: "user_id"},
	"NotificationMute":       {Read: Private, Create: Owners, Update: Owners, Delete: Owners, Mine: "user_id", Signed: "user_id"},
	"Notification":           {Read: Private, Update: Owners, Mine: "user_id"},
	"ApiKey":                 {Read: Private, Mine: "resource_id"},

	// People and what they may do. Nobody raises their own rights: administrators alone write here.
	"Resource": {
		Create: Administrators, Update: Administrators, Delete: Administrators,
		Guest: Guest{Read: "id resource_type first_name last_name"},
	},
	"User": {
		Create: Administrators, Update: Administrators, Delete: Administrators, Mine: "id",
		Profile: "first_name last_name email thumbnail_id metadata", Reserved: "is_otp_enabled is_totp_enabled",
		Guest: Guest{Read: "id resource_type first_name last_name"},
	},
	"UserType":                {Create: Administrators, Update: Administrators, Delete: Administrators},
	"Membership":              {Create: Administrators, Update: Administrators, Delete: Administrators},
	"ManagerType":             {Create: Administrators, Update: Administrators, Delete: Administrators},
	"SecurityRole":            {Create: Administrators, Update: Administrators, Delete: Administrators},
	"UserSecurityRole":        {Create: Administrators, Update: Administrators, Delete: Administrators},
	"UserSecurityRoleProject": {Read: InProject, Create: Administrators, Update: Administrators, Delete: Administrators},

	// What a studio chooses from, and how the workspace is set up.
	"ObjectType":               {Create: Administrators, Update: Administrators, Delete: Administrators},
	"Type":                     {Create: Administrators, Update: Administrators, Delete: Administrators},
	"Priority":                 {Create: Administrators, Update: Administrators, Delete: Administrators},
	"Status":                   {Create: Administrators, Update: Administrators, Delete: Administrators},
	"State":                    {Create: Administrators, Update: Administrators, Delete: Administrators},
	"ProjectSchema":            {Create: Administrators, Update: Administrators, Delete: Administrators},
	"ProjectSchemaObjectType":  {Create: Administrators, Update: Administrators, Delete: Administrators},
	"ProjectSchemaOverride":    {Create: Administrators, Update: Administrators, Delete: Administrators},
	"WorkflowSchema":           {Create: Administrators, Update: Administrators, Delete: Administrators},
	"WorkflowSchemaStatus":     {Create: Administrators, Update: Administrators, Delete: Administrators},
	"TaskTypeSchema":           {Create: Administrators, Update: Administrators, Delete: Administrators},
	"TaskTypeSchemaType":       {Create: Administrators, Update: Administrators, Delete: Administrators},
	"Schema":                   {Create: Administrators, Update: Administrators, Delete: Administrators},
	"SchemaStatus":             {Create: Administrators, Update: Administrators, Delete: Administrators},
	"SchemaType":               {Create: Administrators, Update: Administrators, Delete: Administrators},
	"AssetType":                {Create: Administrators, Update: Administrators, Delete: Administrators},
	"NoteLabel":                {Create: Administrators, Update: Administrators, Delete: Administrators},
	"NoteCategory":             {Create: Administrators, Update: Administrators, Delete: Administrators},
	"ListCategory":             {Create: Administrators, Update: Administrators, Delete: Administrators},
	"Scope":                    {Create: Administrators, Update: Administrators, Delete: Administrators},
	"Location":                 {Create: Administrators, Update: Administrators, Delete: Administrators},
	"Disk":                     {Create: Administrators, Update: Administrators, Delete: Administrators},
	"ContextScope":             {Create: Managers, Update: Managers, Delete: Managers},
	"CustomConfigurationBase":  {Read: InProject, Create: Administrators, Update: Administrators, Delete: Administrators},
	"CustomAttributeReadRole":  {Create: Administrators, Update: Administrators, Delete: Administrators},
	"CustomAttributeWriteRole": {Create: Administrators, Update: Administrators, Delete: Administrators},
	"CustomAttributeType":      {Create: Administrators, Update: Administrators, Delete: Administrators},
	"CustomAttributeGroup":     {Create: Administrators, Update: Administrators, Delete: Administrators},
	"AuditEntry":               {Read: ToAdministrators},
	"Setting":                  {Create: Administrators, Update: Administrators, Delete: Administrators},
	"EntitySetting":            {Read: InProject, Create: Administrators, Update: Administrators, Delete: Administrators},
	"SettingComponent":         {Create: Administrators, Update: Administrators, Delete: Administrators},
	"NotificationDefault":      {Create: Administrators, Update: Administrators, Delete: Administrators},
	"WorkspaceSetting":         {Create: Administrators, Update: Administrators, Delete: Administrators},
}

// Rights is who may do what with entities of the type. A type without a line of its own has that of the
// type it extends; one that has none at all is nobody's but the server's.
func (t *Type) Rights() Rights {
	r, _ := t.decided()
	if t.ReadOnly {
		r.Create, r.Update, r.Delete = Nobody, Nobody, Nobody
	}
	return r
}

func (t *Type) decided() (Rights, bool) {
	for at := t; at != nil; at = at.Parent() {
		if r, ok := rights[at.Name]; ok {
			return r, true
		}
	}
	return Rights{Read: Private}, false
}

// Lists says whether a list of attributes, as Rights has them, names one.
func Lists(list, name string) bool {
	for listed := range strings.FieldsSeq(list) {
		if listed == name {
			return true
		}
	}
	return false
}
