package tracker

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// level is how far a person's security roles reach. Project Managers are users: what more they may do
// depends on the project. The table of who may do what is schema.Rights.
type level int

const (
	guest level = iota // of reviews
	user
	administrator
	server // the server itself
)

// rank finds what the caller may do, in the transaction of the request: a role that was taken away is
// gone, and so is whoever was deactivated.
func (r *request) rank(ctx context.Context) (err error) {
	if r.caller.UserID == "" {
		r.level = server
		return nil
	}
	if r.standing, err = r.tx.Standing(ctx, string(r.caller.UserID)); err != nil {
		return err
	}
	switch {
	case r.standing.Guest:
		r.level = guest
	case r.standing.Administrator:
		r.level = administrator
	default:
		r.level = user
	}
	return nil
}

// allowed says whether the caller is of those people for an entity of the type, as its values are.
func (r *request) allowed(ctx context.Context, of schema.People, t *schema.Type, values map[string]any) (bool, error) {
	switch {
	case r.level == server:
		return true, nil
	case r.level == guest || of == schema.Nobody:
		return false, nil
	case r.level == administrator || of == schema.Everybody:
		return true, nil
	case of == schema.Alike:
		above, err := r.hangsOn(ctx, text(values, t.Rights().On))
		if err != nil || above == nil {
			return false, err
		}
		return r.allowed(ctx, above.Type.Rights().Update, above.Type, above.Values)
	case of == schema.Owners:
		if mine, err := r.mine(ctx, t, values); mine || err != nil {
			return mine, err
		}
		return r.manages(ctx, t, values)
	case of == schema.Managers:
		return r.manages(ctx, t, values)
	default:
		return false, nil
	}
}

// hangsOn finds what metadata belongs to.
func (r *request) hangsOn(ctx context.Context, id string) (*store.Row, error) {
	for _, family := range entryOwners {
		row, err := r.get(ctx, family, id)
		if domain.CodeOf(err) != domain.NotFound {
			return row, err
		}
	}
	return nil, nil
}

// refusal says what the caller may not do.
func refusal(verb string, t *schema.Type, name string) error {
	if name == "" {
		return domain.Errorf(domain.Forbidden, "you may not %s this %s", verb, t.Name)
	}
	return &domain.Error{Code: domain.Forbidden, Field: name, Message: fmt.Sprintf("you may not %s %s of this %s", verb, name, t.Name)}
}

// foresee refuses a create that can come to nothing, before anything is looked up for it: what the caller
// has no part in tells them nothing, not even by the error.
func (r *request) foresee(t *schema.Type, sent map[string]any) error {
	rights := t.Rights()
	switch {
	case r.level >= administrator && (rights.Create != schema.Nobody || r.level == server):
		return nil
	case rights.Create == schema.Nobody || rights.Create == schema.Administrators:
		return refusal("create", t, "")
	case r.level == guest && rights.Guest.Create == "":
		return refusal("create", t, "")
	case rights.Create == schema.Managers && !r.standing.AllOpen && len(r.standing.Projects) == 0:
		return refusal("create", t, "")
	case rights.Read == schema.ToOwner || rights.Read == schema.Private:
		if whose := text(sent, rights.Mine); whose != "" && whose != string(r.caller.UserID) {
			return refusal("create", t, rights.Mine)
		}
	}
	return nil
}

// permitCreate refuses an entity that the caller may not make. values are all it will have, names those
// attributes that the caller said.
func (r *request) permitCreate(ctx context.Context, t *schema.Type, values map[string]any, names []string) error {
	if r.level == guest {
		for _, name := range names {
			if !schema.Lists(t.Rights().Guest.Create, name) {
				return refusal("set", t, name)
			}
		}
		return r.permitSigned(ctx, t, values, names)
	}
	ok, err := r.allowed(ctx, t.Rights().Create, t, values)
	if t.Is("Project") && r.level == user { // it is in no project before it is there
		ok = r.standing.AllOpen
	}
	if err != nil {
		return err
	}
	if !ok {
		return refusal("create", t, "")
	}
	return r.permitSigned(ctx, t, values, names)
}

// permitChange refuses attributes that the caller may not change on an entity. values are the new ones;
// more are dictionaries and the like.
func (r *request) permitChange(ctx context.Context, row *store.Row, values map[string]any, more ...string) error {
	if r.level == server {
		return nil
	}
	rights := row.Type.Rights()
	names := slices.Concat(slices.Sorted(maps.Keys(values)), more)
	all, err := r.allowed(ctx, rights.Update, row.Type, row.Values)
	if err != nil {
		return err
	}
	mine, err := r.mine(ctx, row.Type, row.Values)
	if err != nil {
		return err
	}
	for _, name := range names {
		ok := all || r.level == user && schema.Lists(rights.Open, name) || r.level == user && mine && schema.Lists(rights.Profile, name) ||
			r.level == guest && mine && schema.Lists(rights.Guest.Update, name)
		if !ok || schema.Lists(rights.Reserved, name) {
			return refusal("change", row.Type, name)
		}
	}
	merged := maps.Clone(row.Values)
	maps.Copy(merged, values)
	return r.permitSigned(ctx, row.Type, merged, names)
}

// permitDelete refuses to delete what is not the caller's to delete.
func (r *request) permitDelete(ctx context.Context, row *store.Row) error {
	ok, err := r.allowed(ctx, row.Type.Rights().Delete, row.Type, row.Values)
	if err != nil || ok {
		return err
	}
	return refusal("delete", row.Type, "")
}

// permitSigned refuses to do things in another's name. names are the attributes that the caller said.
func (r *request) permitSigned(ctx context.Context, t *schema.Type, values map[string]any, names []string) error {
	for path := range strings.FieldsSeq(t.Rights().Signed) {
		first, _, _ := strings.Cut(path, ".")
		a, ok := t.Attribute(first)
		if !ok || !slices.Contains(names, a.Name) && !slices.Contains(names, a.Via) {
			continue
		}
		who, err := r.follow(ctx, t, values, path)
		if err != nil || who == "" || who == string(r.caller.UserID) {
			if err != nil {
				return err
			}
			continue
		}
		may, err := r.allowed(ctx, schema.Managers, t, values)
		if err != nil {
			return err
		}
		if !may {
			return refusal("name another as", t, a.Name)
		}
	}
	return nil
}

// permitMove refuses to bring an entity where the caller could not have made it, or out of their sight.
func (r *request) permitMove(ctx context.Context, before, after *store.Row) error {
	moved := false
	for _, by := range before.Type.Scope {
		if a, ok := before.Type.Attribute(by); ok && a.Relation() {
			by = a.Via
		}
		moved = moved || !same(before.Values[by], after.Values[by])
	}
	if !moved || r.level >= administrator {
		return nil
	}
	ok, err := r.allowed(ctx, after.Type.Rights().Create, after.Type, after.Values)
	if err != nil {
		return err
	}
	if !ok {
		return refusal("move", after.Type, "")
	}
	return r.seen(ctx, after)
}
