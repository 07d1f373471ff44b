package tracker

import (
	"context"
	"maps"
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// operation is something that a request may ask for.
type operation struct {
	// reads: it changes nothing, and any number of them read one snapshot.
	reads bool
	do    func(r *request, ctx context.Context, op wire.Operation) (any, error)
}

// operations are all of them, by action. What changes accounts in ways that are no transaction's is api's.
var operations = map[string]operation{
	"query":                 {reads: true, do: (*request).query},
	"search":                {reads: true, do: (*request).search},
	"permissions":           {reads: true, do: (*request).askPermissions},
	"notification_defaults": {reads: true, do: (*request).notificationDefaults},
	"generate_signed_url":   {reads: true, do: (*request).signedURL},

	"create": {do: (*request).create},
	"update": {do: (*request).update},
	"delete": {do: (*request).delete},

	"get_upload_metadata":       {do: (*request).uploadMetadata},
	"complete_multipart_upload": {do: (*request).completeUpload},
	"encode_media":              {do: (*request).encodeMedia},

	"send_user_invite":           {do: (*request).inviteUser},
	"send_password_reset":        {do: (*request).sendReset},
	"send_review_session_invite": {do: (*request).sendReviewInvite},
	"reset_remote":               {do: (*request).resetRemote},

	"delayed_job":    {do: (*request).delayedJob},
	"get_widget_url": {do: (*request).widget},
}

// Operations are the actions that a request may ask for.
func Operations() []string { return slices.Sorted(maps.Keys(operations)) }

func operationOf(op wire.Operation) operation {
	if known, ok := operations[op.Action]; ok {
		return known
	}
	return operation{do: (*request).unknown}
}

// unknown refuses in the words that the Python client looks for.
func (*request) unknown(_ context.Context, op wire.Operation) (any, error) {
	return nil, domain.Errorf(domain.Invalid, "Invalid action u'%s'", op.Action)
}

func onlyReads(ops []wire.Operation) bool {
	return !slices.ContainsFunc(ops, func(op wire.Operation) bool { return !operationOf(op).reads })
}
