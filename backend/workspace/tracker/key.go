package tracker

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Keys makes API keys within a request's transaction. What then does is due after the commit.
type Keys interface {
	// NameKey makes a person's key of that name; one that had the name stops.
	NameKey(ctx context.Context, tx *store.Tx, user domain.UserID, identifier string) (key string, then func(context.Context), err error)
	// ResetKey gives a key another secret.
	ResetKey(ctx context.Context, tx *store.Tx, key store.APIKey) (secret string, then func(context.Context), err error)
}

// resetRemote replaces an API key. The old one is dead from the commit on; the new one is told once.
func (r *request) resetRemote(ctx context.Context, op wire.Operation) (any, error) {
	switch kind, _ := op.Rest["reset_type"].(string); kind {
	case "api_key":
	case "password":
		return nil, domain.Errorf(domain.Unsupported, "a password cannot be reset this way here: an administrator sets it on the server, with callboard-server user set-password")
	default:
		return nil, &domain.Error{Code: domain.Invalid, Field: "reset_type", Message: "reset_type must be api_key"}
	}
	if r.tracker.cfg.Keys == nil {
		return nil, domain.Errorf(domain.Unsupported, "no API keys are made here")
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

// resetKeyOf makes a person's key anew: that of the name given. Without a name it is the only key they
// have, or the one without a name.
func (r *request) resetKeyOf(ctx context.Context, op wire.Operation) (string, error) {
	identifier := text(op.EntityData, "identifier")
	person, err := r.holder(ctx, op.EntityKey[0])
	if err != nil {
		return "", err
	}
	keys, err := r.tx.KeysOf(ctx, op.EntityKey[0])
	if err != nil {
		return "", err
	}
	if identifier == "" && len(keys) == 1 {
		return r.replaced(ctx, person, keys[0])
	}
	key, then, err := r.tracker.cfg.Keys.NameKey(ctx, r.tx, domain.UserID(op.EntityKey[0]), identifier)
	if err != nil {
		return "", err
	}
	r.after(then)
	return key, r.tellOfKey(ctx, person, identifier)
}

func (r *request) resetKey(ctx context.Context, op wire.Operation) (string, error) {
	key, err := r.tx.Key(ctx, op.EntityKey[0])
	if err != nil {
		return "", err
	}
	if r.level < administrator && key.UserID != string(r.caller.UserID) {
		return "", domain.Errorf(domain.NotFound, "there is no such API key") // that there is one is its person's to know
	}
	person, err := r.holder(ctx, key.UserID)
	if err != nil {
		return "", err
	}
	if identifier := text(op.EntityData, "identifier"); identifier != "" {
		key.Identifier = identifier
	}
	return r.replaced(ctx, person, key)
}

func (r *request) replaced(ctx context.Context, person *store.Row, key store.APIKey) (string, error) {
	secret, then, err := r.tracker.cfg.Keys.ResetKey(ctx, r.tx, key)
	if err != nil {
		return "", err
	}
	r.after(then)
	return secret, r.tellOfKey(ctx, person, key.Identifier)
}

// holder is the person whose key is reset: the caller, or, for an administrator, anybody active.
func (r *request) holder(ctx context.Context, id string) (*store.Row, error) {
	if r.level < administrator && id != string(r.caller.UserID) {
		return nil, domain.Errorf(domain.Forbidden, "only an administrator resets another person's API key")
	}
	t, ok := schema.ByName("User")
	if !ok {
		return nil, domain.Errorf(domain.Internal, "there is no entity type User")
	}
	person, err := r.find(ctx, t, []string{id})
	if err != nil {
		return nil, err
	}
	if person.Values["is_active"] != true {
		return nil, domain.Errorf(domain.Invalid, "%s is deactivated: no key would open", fullName(person.Values))
	}
	return person, nil
}

// tellOfKey mails the person that a key of theirs was replaced, where mail reaches them.
func (r *request) tellOfKey(ctx context.Context, person *store.Row, identifier string) error {
	actor, err := r.callerName(ctx)
	if err != nil {
		return err
	}
	return r.tx.PostLetter(ctx, text(person.Values, "id"), domain.Letter{Kind: domain.KeyReset, Actor: actor, Thing: identifier})
}
