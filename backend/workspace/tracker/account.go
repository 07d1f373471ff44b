package tracker

import (
	"slices"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
)

// Accounts are people of whose account something changed: who they are, what they chose, or what counts
// for them where they chose nothing.
type Accounts struct {
	// All is true where it is everybody's.
	All    bool
	People []domain.UserID
}

func (a Accounts) none() bool { return !a.All && len(a.People) == 0 }

// noticeAccount collects whose account an entity that was made, changed or removed is part of.
func (r *request) noticeAccount(row *store.Row) {
	whose := ""
	switch row.Type.Name {
	case "NotificationDefault", "WorkspaceSetting":
		r.accounts.All = true
	case "User":
		whose = text(row.Values, "id")
	case "UserPreference", "NotificationPreference", "NotificationMute", "UserSecurityRole":
		whose = text(row.Values, "user_id")
	}
	if user := domain.UserID(whose); user != "" && !slices.Contains(r.accounts.People, user) {
		r.accounts.People = append(r.accounts.People, user)
	}
}
