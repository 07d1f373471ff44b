package tracker

import (
	"context"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

// settleProfile checks what somebody is called and where their mail goes, given how they are to be, and
// puts it into its normal form. before is nil for somebody new.
func (r *request) settleProfile(ctx context.Context, before, merged, values map[string]any) error {
	for _, field := range []string{"first_name", "last_name"} {
		if said, ok := values[field].(string); ok {
			name, err := domain.ValidName(field, said)
			if err != nil {
				return err
			}
			values[field] = name
		}
	}
	if _, given := values["username"]; given && !same(before["username"], values["username"]) {
		if err := r.settleUsername(ctx, merged, values); err != nil {
			return err
		}
	}
	if _, given := values["email"]; given {
		if err := r.settleEmail(ctx, before, values); err != nil {
			return err
		}
		merged["email"] = values["email"]
	}
	if same(before["email"], merged["email"]) && same(before["is_active"], merged["is_active"]) {
		return nil
	}
	return r.onlyAddress(ctx, merged)
}

// settleUsername checks a new name for signing in. Of two who take it at the same moment the store keeps one.
func (r *request) settleUsername(ctx context.Context, person, values map[string]any) error {
	name, err := domain.ValidUsername(text(values, "username"))
	if err != nil {
		return err
	}
	values["username"] = name
	taken, err := r.first(ctx, "select id from User where username is "+quoted(name))
	if err == nil && taken != "" && taken != text(person, "id") {
		err = &domain.Error{Code: domain.Conflict, Reason: domain.ReasonUsernameTaken, Field: "username", Message: "Somebody else signs in with this name."}
	}
	return err
}

// settleEmail checks a new address. What the server itself brings in stays as it came: studios bring their
// people from elsewhere.
func (r *request) settleEmail(ctx context.Context, before, values map[string]any) error {
	said := strings.TrimSpace(text(values, "email"))
	if r.level == server || same(before["email"], values["email"]) {
		return nil
	}
	if said != "" || r.level < administrator { // only an administrator takes somebody's address away
		address, err := domain.ValidEmail(said)
		if err != nil {
			return err
		}
		values["email"] = address
	}
	if before == nil || r.level == administrator && r.caller.SessionID == "" && text(before, "id") != string(r.caller.UserID) {
		return nil // directories bring addresses along; one's own is no key's to change, for passwords are sent there
	}
	if r.tracker.cfg.Guard == nil {
		return domain.Errorf(domain.Unsupported, "nobody can show here who they are")
	}
	return r.tracker.cfg.Guard.Fresh(ctx, r.tx, r.caller.SessionID)
}

// onlyAddress refuses the address of somebody else who is active: a link to a new password goes there. From
// here to the commit nobody else takes it.
func (r *request) onlyAddress(ctx context.Context, person map[string]any) error {
	address := text(person, "email")
	if address == "" || person["is_active"] != true {
		return nil
	}
	if err := r.tx.Hold(ctx, "address "+strings.ToLower(address)); err != nil {
		return err
	}
	taken, err := r.tx.AddressTaken(ctx, address, text(person, "id"))
	if err == nil && taken {
		err = &domain.Error{Code: domain.Conflict, Reason: domain.ReasonEmailTaken, Field: "email", Message: "Somebody else has this mail address."}
	}
	return err
}
