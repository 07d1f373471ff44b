package api

import (
	"context"
	"maps"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
)

// An account operation changes what guards the account of whoever sends it. Its wrong tries count even
// where it fails, so it shares no transaction: it comes alone in its request.
type accountOperation struct {
	// enrol: somebody who may only set up a second factor may do this.
	enrol bool
	do    func(ctx context.Context, g Gate, who auth.Who, op wire.Operation, address string) (data any, err error)
}

var accountOperations = map[string]accountOperation{
	"generate_totp": {enrol: true, do: func(ctx context.Context, g Gate, who auth.Who, _ wire.Operation, _ string) (any, error) {
		made, err := g.GenerateTOTP(ctx, who)
		return map[string]any{"secret": made.Secret, "url": made.URL}, err
	}},
	"configure_totp": {enrol: true, do: func(ctx context.Context, g Gate, who auth.Who, op wire.Operation, address string) (any, error) {
		return true, g.ConfigureTOTP(ctx, who, word(op.Rest, "code"), word(op.Rest, "secret"), address)
	}},
	"configure_otp": {enrol: true, do: func(ctx context.Context, g Gate, who auth.Who, op wire.Operation, address string) (any, error) {
		codes, err := g.MakeBackupCodes(ctx, who, word(op.Rest, "code"), address)
		return map[string]any{"codes": codes}, err
	}},
	"disable_2fa": {do: func(ctx context.Context, g Gate, who auth.Who, op wire.Operation, address string) (any, error) {
		return true, g.DisableSecondFactor(ctx, who, word(op.Rest, "code"), address)
	}},
	// Ours: an administrator turns off the second factor of somebody, user_id, who has lost it.
	"reset_second_factor": {do: func(ctx context.Context, g Gate, who auth.Who, op wire.Operation, address string) (any, error) {
		return true, g.ResetSecondFactor(ctx, who, domain.UserID(word(op.Rest, "user_id")), address)
	}},
	resetPassword: {do: changePassword},
}

// resetPassword stands for a reset_remote of a password; that of an API key is the tracker's.
const resetPassword = "reset_remote password"

func changePassword(ctx context.Context, g Gate, who auth.Who, op wire.Operation, address string) (any, error) {
	if op.EntityType != "User" || !slices.Equal(op.EntityKey, []string{string(who.UserID)}) {
		return nil, &domain.Error{
			Code: domain.Forbidden, Field: "entity_key",
			Message: "everybody changes their own password alone: the entity must be the User who asks. Send somebody else a link to choose one",
		}
	}
	if op.EntityData["generate_password"] == true {
		return nil, &domain.Error{Code: domain.Unsupported, Field: "generate_password", Message: "passwords are chosen here, not generated"}
	}
	return true, g.ChangePassword(ctx, who, word(op.EntityData, "old_password"), word(op.EntityData, "new_password"), address)
}

// Operations are the actions that are carried out here, and not by the tracker. One that stands for a kind of
// reset_remote is named with the kind.
func Operations() []string {
	return append(slices.Sorted(maps.Keys(accountOperations)), queryInformation, querySchemas)
}

// accountOperationOf finds the account operation that an operation is.
func accountOperationOf(op wire.Operation) (accountOperation, bool) {
	action := op.Action
	if action == "reset_remote" && word(op.Rest, "reset_type") == "password" {
		action = resetPassword
	}
	found, ok := accountOperations[action]
	return found, ok
}

// accountChange finds the account operation that a request is; nil for any other.
func accountChange(ops []wire.Operation) (*accountOperation, error) {
	for _, op := range ops {
		found, is := accountOperationOf(op)
		if is && len(ops) > 1 {
			return nil, domain.Errorf(domain.Invalid, "an operation that changes what guards an account comes alone in its request")
		}
		if is {
			return &found, nil
		}
	}
	return nil, nil
}

// permit refuses what changes accounts to API keys, and all but setting up a second factor to who may do
// nothing else.
func permit(who auth.Who, action string, change *accountOperation) error {
	if change != nil {
		if err := who.SignedIn(); err != nil || change.enrol {
			return err
		}
	} else if action == queryInformation {
		return nil
	}
	return who.Whole()
}

// word is a text of an operation, "" where there is none. A client may send a code as a number: its leading
// zeros are lost then, and it is none.
func word(of map[string]any, name string) string {
	text, _ := of[name].(string)
	return text
}
