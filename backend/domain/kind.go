package domain

import "slices"

// Kind is a kind of notification, by its wire name. The thirteen kinds and who hears of each are the
// notification law (product.md §3).
type Kind string

// The kinds in the order of their rank: of several that match one event, the first is the one shown.
const (
	KindMessage           Kind = "message"
	KindNote              Kind = "note"
	KindNoteCompleted     Kind = "note_completed"
	KindClientReview      Kind = "client_review"
	KindAssignment        Kind = "assignment"
	KindUnassignment      Kind = "unassignment"
	KindTaskClaimed       Kind = "task_claimed"
	KindTaskStatus        Kind = "task_status"
	KindStatus            Kind = "status"
	KindAssetStatus       Kind = "asset_status"
	KindVersionAssigned   Kind = "version_assigned"
	KindVersionSupervised Kind = "version_supervised"
	KindVersionDependent  Kind = "version_dependent"
)

// Kinds lists all kinds by rank, the first in rank first.
var Kinds = []Kind{
	KindMessage, KindNote, KindNoteCompleted, KindClientReview, KindAssignment, KindUnassignment,
	KindTaskClaimed, KindTaskStatus, KindStatus, KindAssetStatus,
	KindVersionAssigned, KindVersionSupervised, KindVersionDependent,
}

// Rank is the kind's place among Kinds, from 0; a kind we do not know comes last.
func (k Kind) Rank() int {
	if i := slices.Index(Kinds, k); i >= 0 {
		return i
	}
	return len(Kinds)
}

// SortKinds puts kinds in order of rank, each once.
func SortKinds(kinds []Kind) []Kind {
	kinds = slices.Clone(kinds)
	slices.SortFunc(kinds, func(a, b Kind) int { return a.Rank() - b.Rank() })
	return slices.Compact(kinds)
}

// Channel is a way a notification reaches its person, by its wire name.
type Channel string

const (
	// Mail: a mail for each event.
	Mail Channel = "mail"
	// Internal: an inbox row, and with it the toast.
	InternalChannel Channel = "internal"
	// Digest: a line in the digest mail.
	Digest Channel = "digest"
)

// BuiltInChannels are the channels of a kind where neither the person nor the workspace chose.
func BuiltInChannels(k Kind) []Channel {
	switch k {
	case KindMessage, KindNote, KindAssignment:
		return []Channel{Mail, InternalChannel}
	case KindVersionAssigned, KindVersionSupervised, KindVersionDependent:
		return []Channel{InternalChannel, Digest}
	default:
		return []Channel{InternalChannel}
	}
}
