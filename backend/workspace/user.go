package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/phrases"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// NewUser is somebody to be added.
type NewUser struct {
	Username, FirstName, LastName, Email string
	// Role is the name of a security role.
	Role string
	// Password is a secret. Who is invited chooses it themselves, by a link that they are mailed.
	Password string
	Invite   bool
	// KeptIn names the directory outside of Callboard that the account is kept in, such as LDAP; it has no
	// password here. "" is none.
	KeptIn string
}

// User is somebody as an administrator lists them.
type User struct {
	Username string
	Name     string
	Roles    []string
	Active   bool
}

// office is a workspace's data opened without a server, for the few words of the command line. While a
// server runs on the folder it cannot be opened.
type office struct {
	store   *store.Store
	tracker *tracker.Tracker
	auth    *auth.Auth
}

func inOffice(ctx context.Context, cfg Config, do func(*office) error) (err error) {
	cfg, err = cfg.defaults()
	if err != nil {
		return err
	}
	st, err := openStore(ctx, cfg, store.Config{Clock: cfg.Clock})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, st.Close()) }()
	book, err := phrases.Open()
	if err != nil {
		return err
	}
	keys, err := auth.OpenKeys(ctx, st, cfg.keyFile())
	if err != nil {
		return err
	}
	gate := auth.New(auth.Config{Store: st, Keys: keys, Name: cfg.Name, Clock: cfg.Clock, Log: cfg.Log})
	return do(&office{store: st, tracker: newTracker(cfg, book, tracker.Config{Store: st, Guard: gate}), auth: gate})
}

// AddUser adds a person who may sign in.
func AddUser(ctx context.Context, cfg Config, in NewUser) error {
	return inOffice(ctx, cfg, func(o *office) error {
		role, err := o.role(ctx, in.Role)
		if err != nil {
			return err
		}
		id := uuid.NewString()
		if err := o.do(ctx, change("create", "User", map[string]any{
			"id": id, "username": in.Username, "first_name": in.FirstName, "last_name": in.LastName, "email": in.Email, "is_active": true,
		}), change("create", "UserSecurityRole", map[string]any{
			"id": uuid.NewString(), "user_id": id, "security_role_id": role, "is_all_open_projects": true,
		})); domain.CodeOf(err) == domain.Conflict {
			return domain.Errorf(domain.Conflict, "somebody is called %q already", in.Username)
		} else if err != nil {
			return err
		}
		if err := o.admit(ctx, id, in); err != nil {
			// Somebody without a password could never sign in: whoever typed a bad one starts again.
			gone := change("delete", "User", nil)
			gone.EntityKey = []string{id}
			return errors.Join(err, o.do(ctx, gone))
		}
		return nil
	})
}

// admit says how somebody who was added comes in.
func (o *office) admit(ctx context.Context, id string, in NewUser) error {
	switch {
	case in.KeptIn != "":
		return o.store.Write(ctx, func(tx *store.Tx) error { return tx.SetAccountSource(ctx, id, in.KeptIn) })
	case in.Invite:
		return o.invite(ctx, id)
	default:
		return o.auth.SetPassword(ctx, domain.UserID(id), in.Password, "")
	}
}

func (o *office) invite(ctx context.Context, id string) error {
	return o.do(ctx, wire.Operation{Action: "send_user_invite", Rest: map[string]any{"user_id": id}})
}

// InviteUser mails somebody a link to choose their password. The letter is sent once the server runs.
func InviteUser(ctx context.Context, cfg Config, username string) error {
	return inOffice(ctx, cfg, func(o *office) error {
		id, err := o.user(ctx, username)
		if err != nil {
			return err
		}
		return o.invite(ctx, id)
	})
}

// ResetSecondFactor turns off the second factor of somebody who has lost it, and tells them.
func ResetSecondFactor(ctx context.Context, cfg Config, username string) error {
	return inOffice(ctx, cfg, func(o *office) error {
		id, err := o.user(ctx, username)
		if err != nil {
			return err
		}
		return o.auth.DropSecondFactor(ctx, domain.UserID(id))
	})
}

// RenameUser gives a person another name for signing in.
func RenameUser(ctx context.Context, cfg Config, username, name string) error {
	return inOffice(ctx, cfg, func(o *office) error {
		id, err := o.user(ctx, username)
		if err != nil {
			return err
		}
		if _, err := o.user(ctx, name); err == nil {
			return domain.Errorf(domain.Conflict, "somebody is called %q already", name)
		}
		renamed := change("update", "User", map[string]any{"username": name})
		renamed.EntityKey = []string{id}
		return o.do(ctx, renamed)
	})
}

// ListUsers lists everybody by username.
func ListUsers(ctx context.Context, cfg Config) ([]User, error) {
	var users []User
	err := inOffice(ctx, cfg, func(o *office) error {
		return o.store.Read(ctx, func(tx *store.Tx) error {
			rows, err := find(ctx, tx, "select username, first_name, last_name, is_active, user_security_roles.security_role.name from User order by username")
			for _, row := range rows {
				users = append(users, userOf(row))
			}
			return err
		})
	})
	return users, err
}

func userOf(row *store.Row) User {
	text := func(r *store.Row, name string) string {
		s, _ := r.Values[name].(string)
		return s
	}
	u := User{Username: text(row, "username"), Name: strings.TrimSpace(text(row, "first_name") + " " + text(row, "last_name"))}
	u.Active, _ = row.Values["is_active"].(bool)
	for _, given := range row.Many["user_security_roles"] {
		if role := given.One["security_role"]; role != nil {
			u.Roles = append(u.Roles, text(role, "name"))
		}
	}
	slices.Sort(u.Roles)
	return u
}

// SetPassword gives a person a new password and ends their sessions.
func SetPassword(ctx context.Context, cfg Config, username, password string) error {
	return inOffice(ctx, cfg, func(o *office) error {
		id, err := o.user(ctx, username)
		if err != nil {
			return err
		}
		return o.auth.SetPassword(ctx, domain.UserID(id), password, "")
	})
}

// DeactivateUser ends a person's access and their sessions. What they wrote stays.
func DeactivateUser(ctx context.Context, cfg Config, username string) error {
	return inOffice(ctx, cfg, func(o *office) error {
		id, err := o.user(ctx, username)
		if err != nil {
			return err
		}
		off := change("update", "User", map[string]any{"is_active": false})
		off.EntityKey = []string{id}
		return o.do(ctx, off)
	})
}

func change(action, entity string, data map[string]any) wire.Operation {
	return wire.Operation{Action: action, EntityType: entity, EntityData: data}
}

func (o *office) do(ctx context.Context, ops ...wire.Operation) error {
	_, err := o.tracker.Do(ctx, callerOf(""), ops, wire.Mode{Strict: true})
	return err
}

func (o *office) user(ctx context.Context, username string) (string, error) {
	var id string
	err := o.store.Read(ctx, func(tx *store.Tx) error {
		login, _, err := tx.LoginByName(ctx, username)
		id = login.UserID
		return err
	})
	if domain.CodeOf(err) == domain.NotFound {
		return "", domain.Errorf(domain.NotFound, "nobody is called %q here", username)
	}
	return id, err
}

func (o *office) role(ctx context.Context, name string) (string, error) {
	var id string
	var names []string
	err := o.store.Read(ctx, func(tx *store.Tx) error {
		rows, err := find(ctx, tx, "select id, name from SecurityRole order by name")
		for _, row := range rows {
			known, _ := row.Values["name"].(string)
			if known == name {
				id, _ = row.Values["id"].(string)
			}
			names = append(names, known)
		}
		return err
	})
	if err != nil {
		return "", fmt.Errorf("list the roles: %w", err)
	}
	if id == "" {
		return "", domain.Errorf(domain.Invalid, "there is no role %q; there are %s", name, strings.Join(names, ", "))
	}
	return id, nil
}
