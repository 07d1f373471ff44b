package tracker

import (
	"slices"
	"strings"

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

// Face is how people see somebody.
type Face struct {
	ID          domain.UserID      `json:"id"`
	Username    string             `json:"username"`
	FirstName   string             `json:"first_name"`
	LastName    string             `json:"last_name"`
	ThumbnailID domain.ComponentID `json:"thumbnail_id"` // "" is none
}

// shows are the columns of what people see of somebody.
const shows = "username firstname lastname thumbid"

// noticeFace collects who looks otherwise than before.
func (r *request) noticeFace(did action, change entityChange, row *store.Row) {
	seen := func(column string) bool { return slices.Contains(strings.Fields(shows), column) }
	if row.Type.Name != "User" || did != actionUpdate || !slices.ContainsFunc(change.Keys, seen) {
		return
	}
	r.faces = append(r.faces, Face{
		ID: domain.UserID(text(row.Values, "id")), Username: text(row.Values, "username"), FirstName: text(row.Values, "first_name"),
		LastName: text(row.Values, "last_name"), ThumbnailID: domain.ComponentID(text(row.Values, "thumbnail_id")),
	})
}
