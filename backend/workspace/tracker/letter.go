package tracker

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

// post puts a letter into the outbox, in the request's transaction: neither exists without the other.
func (r *request) post(ctx context.Context, l domain.Letter) error {
	l.ID = uuid.NewString()
	return r.enqueue(ctx, domain.LetterJob, l.ID, r.now, l)
}

func (r *request) inviteUser(ctx context.Context, op wire.Operation) (any, error) {
	return r.sendPassword(ctx, op, domain.UserInvite)
}

func (r *request) sendReset(ctx context.Context, op wire.Operation) (any, error) {
	return r.sendPassword(ctx, op, domain.ResetLink)
}

// sendPassword mails somebody a link to choose a password: with an invitation, which says where the
// workspace is, or alone. Nobody else learns the password.
func (r *request) sendPassword(ctx context.Context, op wire.Operation, kind domain.LetterKind) (any, error) {
	if r.level < administrator {
		return nil, domain.Errorf(domain.Forbidden, "only an administrator sends people links to a password")
	}
	user, err := r.named(ctx, op, "User", "user_id")
	if err != nil {
		return nil, err
	}
	id := text(user.Values, "id")
	if user.Values["is_active"] != true {
		return nil, domain.Errorf(domain.Invalid, "%s is deactivated and could not sign in: activate them first", fullName(user.Values))
	}
	if err := mailable(user); err != nil {
		return nil, err
	}
	box, err := r.tx.Mailbox(ctx, id)
	if err != nil {
		return nil, err
	}
	if box.Source != store.LocalAccount {
		return nil, domain.Errorf(domain.Invalid, "the account of %s is kept elsewhere (%s), and so is its password", fullName(user.Values), box.Source)
	}
	what := map[domain.LetterKind]domain.Audited{domain.UserInvite: domain.AuditInvited, domain.ResetLink: domain.AuditResetAsked}[kind]
	if err := r.audit(ctx, what, id, nil); err != nil {
		return nil, err
	}
	actor, err := r.callerName(ctx)
	if err != nil {
		return nil, err
	}
	ticket, err := r.tx.OfferReset(ctx, id, kind == domain.UserInvite)
	if err != nil {
		return nil, err
	}
	return sent, r.tx.PostLetter(ctx, id, domain.Letter{Kind: kind, Actor: actor, Ticket: ticket})
}

// sendReviewInvite mails an invitee the link to their review. Whoever may change the invitation may.
func (r *request) sendReviewInvite(ctx context.Context, op wire.Operation) (any, error) {
	invitee, err := r.named(ctx, op, "ReviewSessionInvitee", "review_session_invitee_id")
	if err != nil {
		return nil, err
	}
	review, err := r.get(ctx, "ReviewSession", text(invitee.Values, "review_session_id"))
	if err != nil {
		return nil, err
	}
	_, err = r.update(ctx, wire.Operation{
		Action: "update", EntityType: invitee.Type.Name, EntityKey: []string{text(invitee.Values, "id")},
		EntityData: map[string]any{"last_sent_at": r.now},
	})
	if err != nil {
		return nil, err
	}
	if err := mailable(invitee); err != nil {
		return nil, err
	}
	l, err := r.letter(ctx, domain.ReviewInvite, invitee)
	if err != nil {
		return nil, err
	}
	l.Thing = text(review.Values, "name")
	l.Link = r.tracker.cfg.BaseURL + "/open/reviewsession/" + text(review.Values, "id")
	return sent, r.post(ctx, l)
}

// sent answers both invitations, without the envelope of other operations.
var sent = map[string]any{"sent": true}

// named finds the entity whose id an operation gives in a field of its own.
func (r *request) named(ctx context.Context, op wire.Operation, typeName, field string) (*store.Row, error) {
	id, _ := op.Rest[field].(string)
	if id == "" {
		return nil, &domain.Error{Code: domain.Invalid, Field: field, Message: op.Action + " needs " + field}
	}
	t, ok := schema.ByName(typeName)
	if !ok {
		return nil, domain.Errorf(domain.Internal, "there is no entity type %s", typeName)
	}
	return r.find(ctx, t, []string{id})
}

func mailable(row *store.Row) error {
	if domain.ValidMailAddress(text(row.Values, "email")) {
		return nil
	}
	return &domain.Error{Code: domain.Invalid, Field: "email", Message: fullName(row.Values) + " has no valid e-mail address: enter one first"}
}

// letter begins a letter from the caller to a person or invitee.
func (r *request) letter(ctx context.Context, kind domain.LetterKind, to *store.Row) (domain.Letter, error) {
	actor, err := r.callerName(ctx)
	return domain.Letter{Kind: kind, To: text(to.Values, "email"), Reader: fullName(to.Values), Username: text(to.Values, "username"), Actor: actor}, err
}

// callerName is what the caller is called, "" for the server itself.
func (r *request) callerName(ctx context.Context) (string, error) {
	if r.caller.UserID == "" {
		return "", nil
	}
	from, err := r.get(ctx, "User", string(r.caller.UserID))
	if err != nil {
		return "", err
	}
	return fullName(from.Values), nil
}

// fullName is what a person or invitee is called.
func fullName(values map[string]any) string {
	for _, name := range []string{
		strings.TrimSpace(text(values, "first_name") + " " + text(values, "last_name")), text(values, "name"), text(values, "username"),
	} {
		if name != "" {
			return name
		}
	}
	return text(values, "email")
}
