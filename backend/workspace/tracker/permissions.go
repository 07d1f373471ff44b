package tracker

import (
	"context"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// level is how far a person's security roles reach. Each level may do what those below it may.
type level int

const (
	user level = iota
	projectManager
	administrator
	server // the server itself
)

// right is who may do something to an entity they see. own means: whose entity it is, or a manager.
type right int

const (
	nobody right = iota
	administrators
	managers
	own
	everybody
)

// rights are what may be done to entities of a type.
type rights struct{ create, update, delete right }

// permissions is the whole of who may do what, by type or by the family it belongs to. What is not
// listed is the administrators'. Whoever may not see an entity may do nothing to it in any case.
var permissions = map[string]rights{
	"Note":          {create: everybody, update: own, delete: own},
	"Recipient":     {create: own, update: own, delete: own}, // of one's own note
	"NoteLabelLink": {create: own, update: own, delete: own},
	"Metadata":      {create: everybody, update: everybody, delete: everybody},

	"Appointment":      {create: everybody, update: everybody, delete: everybody},
	"Asset":            {create: everybody, update: everybody, delete: managers},
	"AssetVersion":     {create: everybody, update: own, delete: own},
	"AssetVersionLink": {create: everybody, update: everybody, delete: everybody},

	"Component":         {create: everybody, update: everybody, delete: everybody},
	"ComponentLocation": {create: everybody, update: everybody, delete: everybody},

	"Project":          {create: managers, update: managers, delete: managers},
	"Context":          {create: managers, update: everybody, delete: managers},
	"TypedContextLink": {create: managers, update: managers, delete: managers},
	"Manager":          {create: managers, update: managers, delete: managers},

	"User": {create: administrators, update: own, delete: administrators},

	// The server's own: an inbox row is changed by its person only, whatever their role.
	"Notification": {create: nobody, update: own, delete: nobody},
	"StatusChange": {create: nobody, update: nobody, delete: nobody},
}

// restricted attributes need more than the right to update their entity.
var restricted = map[string]map[string]right{
	"User":         {"username": administrators, "is_active": administrators, "email": administrators, "is_otp_enabled": nobody, "is_totp_enabled": nobody},
	"Note":         {"user_id": managers},
	"AssetVersion": {"user_id": managers},
}

func rightsOf(t *schema.Type) rights {
	if t.ReadOnly {
		return rights{}
	}
	for _, name := range []string{t.Name, t.Root} {
		if r, ok := permissions[name]; ok {
			return r
		}
	}
	return rights{administrators, administrators, administrators}
}

// rank finds the level of the caller.
func (r *request) rank(ctx context.Context) error {
	switch {
	case r.caller.UserID == "":
		r.level = server
	case r.caller.Administrator:
		r.level = administrator
	default:
		roles, err := r.tx.Roles(ctx, r.caller.UserID)
		if err != nil {
			return err
		}
		for _, role := range roles {
			if role == "Project Manager" {
				r.level = projectManager
			}
		}
	}
	return nil
}

// allowed says whether the caller may use a right; mine answers whether the entity is theirs.
func (r *request) allowed(of right, mine func() (bool, error)) (bool, error) {
	switch of {
	case everybody:
		return true, nil
	case own:
		if r.level >= projectManager {
			return true, nil
		}
		return mine()
	case managers:
		return r.level >= projectManager, nil
	case administrators:
		return r.level >= administrator, nil
	default:
		return r.level == server, nil
	}
}

// permit refuses what the caller may not do to an entity; values are its attributes.
func (r *request) permit(ctx context.Context, verb string, of right, t *schema.Type, values map[string]any) error {
	ok, err := r.allowed(of, func() (bool, error) { return r.mine(ctx, t, values) })
	if err != nil || ok {
		return err
	}
	return domain.Errorf(domain.Forbidden, "you may not %s this %s", verb, t.Name)
}

// mine says whose an entity is, for the types whose rights say own.
func (r *request) mine(ctx context.Context, t *schema.Type, values map[string]any) (bool, error) {
	me := string(r.caller.UserID)
	switch t.Name {
	case "User":
		return values["id"] == me, nil
	case "Note", "AssetVersion", "Notification":
		return values["user_id"] == me, nil
	case "Recipient", "NoteLabelLink":
		note, err := r.get(ctx, "Note", text(values, "note_id"))
		return err == nil && note.Values["user_id"] == me, err
	default:
		return false, fmt.Errorf("nobody says whose a %s is", t.Name)
	}
}

// permitAttribute refuses attributes that are not the caller's to set. The own name is theirs to say.
func (r *request) permitAttribute(t *schema.Type, name string, value any, creating bool) error {
	of, limited := restricted[t.Name][name]
	if !limited || value == string(r.caller.UserID) && name == "user_id" {
		return nil
	}
	if creating && of == administrators {
		return nil // who may create one may say all of it
	}
	if ok, err := r.allowed(of, nil); err != nil || ok {
		return err
	}
	return &domain.Error{Code: domain.Forbidden, Field: name, Message: fmt.Sprintf("you may not set %s of a %s", name, t.Name)}
}

// get reads an entity by its id.
func (r *request) get(ctx context.Context, typeName, id string) (*store.Row, error) {
	return r.tx.Get(ctx, typeName, id)
}
