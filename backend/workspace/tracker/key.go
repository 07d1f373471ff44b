package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// resetRemote replaces an API key. The old one is dead from the commit on; the new one is told once.
func (r *request) resetRemote(ctx context.Context, op wire.Operation) (any, error) {
	switch kind, _ := op.Rest["reset_type"].(string); kind {
	case "api_key":
	default: // a password is auth's to change, and api asks there
		return nil, &domain.Error{Code: domain.Invalid, Field: "reset_type", Message: "reset_type must be api_key or password"}
	}
	if r.tracker.cfg.Guard == nil {
		return nil, domain.Errorf(domain.Unsupported, "no API keys are made here")
	}
	if r.caller.SessionID != "" { // a key, once given away, is beyond recall
		if err := r.fresh(ctx); err != nil {
			return nil, err
		}
	}
	if len(op.EntityKey) != 1 {
		return nil, &domain.Error{Code: domain.Invalid, Field: "entity_key", Message: "reset_remote needs the id of a User or an ApiKey as entity_key"}
	}
	var key string
	var err error
	switch op.EntityType {
	case "User":
		key, err = r.resetKeyOf(ctx, op)
	case "ApiKey":
		key, err = r.resetKey(ctx, op)
	default:
		err = &domain.Error{Code: domain.Invalid, Field: "entity_type", Message: "reset_remote needs User or ApiKey as entity_type"}
	}
	if err != nil {
		return nil, err
	}
	return wire.Answer{Action: op.Action, Data: map[string]any{"api_key": key}}, nil
}

// resetKeyOf makes a person's key anew: that of the name given, which may be empty. Where none is given it
// is the only key they have, or the one without a name.
func (r *request) resetKeyOf(ctx context.Context, op wire.Operation) (string, error) {
	identifier := text(op.EntityData, "identifier")
	if err := r.holder(ctx, op.EntityKey[0]); err != nil {
		return "", err
	}
	keys, err := r.tx.KeysOf(ctx, op.EntityKey[0])
	if err != nil {
		return "", err
	}
	if _, given := op.EntityData["identifier"]; !given && len(keys) == 1 {
		return r.replaced(ctx, keys[0])
	}
	key, then, err := r.tracker.cfg.Guard.NameKey(ctx, r.tx, r.doing(domain.AuditKeyCreated), domain.UserID(op.EntityKey[0]), identifier)
	r.after(then)
	return key, err
}

func (r *request) resetKey(ctx context.Context, op wire.Operation) (string, error) {
	key, err := r.tx.Key(ctx, op.EntityKey[0])
	if err != nil {
		return "", err
	}
	if r.level < administrator && key.UserID != string(r.caller.UserID) {
		return "", domain.Errorf(domain.NotFound, "there is no such API key") // that there is one is its person's to know
	}
	if err := r.holder(ctx, key.UserID); err != nil {
		return "", err
	}
	if identifier := text(op.EntityData, "identifier"); identifier != "" {
		key.Identifier = identifier
	}
	return r.replaced(ctx, key)
}

func (r *request) replaced(ctx context.Context, key store.APIKey) (string, error) {
	secret, then, err := r.tracker.cfg.Guard.ResetKey(ctx, r.tx, r.doing(domain.AuditKeyReset), key)
	r.after(then)
	return secret, err
}

// holder refuses to reset a key of anybody's but the caller's own or, for an administrator, of anybody active.
func (r *request) holder(ctx context.Context, id string) error {
	if r.level < administrator && id != string(r.caller.UserID) {
		return domain.Errorf(domain.Forbidden, "only an administrator resets another person's API key")
	}
	t, ok := schema.ByName("User")
	if !ok {
		return domain.Errorf(domain.Internal, "there is no entity type User")
	}
	person, err := r.find(ctx, t, []string{id})
	if err != nil {
		return err
	}
	if person.Values["is_active"] != true {
		return domain.Errorf(domain.Invalid, "%s is deactivated: no key would open", fullName(person.Values))
	}
	return nil
}
