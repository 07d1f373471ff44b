package domain

import (
	"slices"
	"strings"
)

// AccountOf is somebody's account as administrators see it.
type AccountOf struct {
	Profile
	Active       bool `json:"active"`
	SecondFactor bool `json:"secondFactor"`
	// KeptIn names the directory outside of Callboard that the account is kept in; "" is none.
	KeptIn string        `json:"keptIn,omitempty"`
	Roles  []RoleGiven   `json:"roles"`
	Groups []GroupJoined `json:"groups"`
}

// RoleGiven is a security role that somebody has, by an id of its own.
type RoleGiven struct {
	ID   string `json:"id"`
	Role string `json:"role"`
	Name string `json:"name"`
	// Projects are the names of those it is for; none where it is for all.
	Projects []string `json:"projects"`
}

// GroupJoined is a group that somebody is in, by the id of the membership.
type GroupJoined struct {
	ID    string `json:"id"`
	Group string `json:"group"`
	Name  string `json:"name"`
}

// Named is something to choose from.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// PeopleChoices are the roles and groups that a workspace has.
type PeopleChoices struct {
	Roles  []Named `json:"roles"`
	Groups []Named `json:"groups"`
}

// PeopleShown says which people are listed.
type PeopleShown string

// The people that can be listed; "" is everybody.
const (
	PeopleActive      PeopleShown = "active"
	PeopleDeactivated PeopleShown = "deactivated"
	PeopleNoFactor    PeopleShown = "no_second_factor" // and active
)

// PeopleFilter says whose accounts are wanted; what is empty does not count.
type PeopleFilter struct {
	Search string      `json:"search"`
	Shown  PeopleShown `json:"shown"`
}

// PeoplePage is a part of the list of people. Next gives the part after it, "" where there is none.
type PeoplePage struct {
	People []AccountOf `json:"people"`
	Next   string      `json:"next"`
}

// Invitation is somebody to be added, who chooses a password by a link that they are mailed.
type Invitation struct {
	Username  string   `json:"username"`
	FirstName string   `json:"firstName"`
	LastName  string   `json:"lastName"`
	Email     string   `json:"email"`
	Role      string   `json:"role"`
	Groups    []string `json:"groups"`
}

// Valid is the invitation in its normal form, or says what in it cannot be.
func (i Invitation) Valid() (Invitation, error) {
	var err error
	if i.Username, err = ValidUsername(i.Username); err != nil {
		return i, err
	}
	if i.FirstName, err = ValidName("first_name", i.FirstName); err != nil {
		return i, err
	}
	if i.LastName, err = ValidName("last_name", i.LastName); err != nil {
		return i, err
	}
	if i.Email, err = ValidEmail(i.Email); err != nil {
		return i, err
	}
	if i.Role == "" {
		return i, &Error{Code: Invalid, Field: "role", Message: "Whoever is invited has a role."}
	}
	return i, nil
}

// AccountOfChange is what an administrator changes about somebody, to be carried out whole. A nil part is
// unchanged. Roles and groups are given by their ids, and taken by those of what was given.
type AccountOfChange struct {
	Username  *string  `json:"username,omitempty"`
	Active    *bool    `json:"active,omitempty"`
	GiveRoles []string `json:"giveRoles,omitempty"`
	TakeRoles []string `json:"takeRoles,omitempty"`
	Join      []string `json:"join,omitempty"`
	Leave     []string `json:"leave,omitempty"`
}

// Valid is the change in its normal form, or says what in it cannot be.
func (c AccountOfChange) Valid() (AccountOfChange, error) {
	if c.Username != nil {
		name, err := ValidUsername(*c.Username)
		if err != nil {
			return c, err
		}
		c.Username = &name
	}
	if slices.Contains(slices.Concat(c.GiveRoles, c.TakeRoles, c.Join, c.Leave), "") {
		return c, &Error{Code: Invalid, Message: "A role or a group without an id cannot be given or taken."}
	}
	return c, nil
}

// The reasons for which a change of somebody's account is refused.
const (
	ReasonUsernameMissing = "username_missing"
	ReasonUsernameTaken   = "username_taken"
	// ReasonLastAdministrator: nobody would be left to administer the workspace.
	ReasonLastAdministrator = "last_administrator"
)

// ValidUsername is a name for signing in, in its normal form.
func ValidUsername(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return "", &Error{Code: Invalid, Reason: ReasonUsernameMissing, Field: "username", Message: "Nobody signs in without a username."}
	}
	return ValidName("username", name)
}

// Policy is how the accounts of a workspace are guarded.
type Policy struct {
	// Enforced: everybody must use two-factor authentication. Where not MayEnforce it cannot be switched on.
	Enforced   bool    `json:"enforced"`
	MayEnforce bool    `json:"mayEnforce"`
	Edition    Edition `json:"edition"`
	// People counts those who are active, Without those of them who have no second factor yet.
	People  int `json:"people"`
	Without int `json:"without"`
	// Mine: whoever asks has a second factor.
	Mine bool `json:"mine"`
}

// With is the policy with two-factor authentication for everybody on, or off.
func (p Policy) With(enforced bool) Policy {
	p.Enforced, p.MayEnforce = enforced, enforced || p.Edition != EditionStandard
	return p
}

// AuditFilter says which entries of the audit are wanted; what is empty does not count.
type AuditFilter struct {
	// What lists what the entries are about.
	What []Audited `json:"what"`
	// User is the name of somebody who did it or whom it is about, or a part of it.
	User    string  `json:"user"`
	Outcome Outcome `json:"outcome"`
	// Since and Until are times as RFC 3339 writes them; Until itself is not wanted any more.
	Since string `json:"since"`
	Until string `json:"until"`
}

// AuditLine is an entry of the audit as administrators read it.
type AuditLine struct {
	Seq     int64    `json:"seq"`
	At      string   `json:"at"`
	Actor   string   `json:"actor"` // the name for signing in; "" is the server itself, or a stranger
	Subject string   `json:"subject"`
	Auth    AuthKind `json:"auth"`
	What    Audited  `json:"what"`
	Outcome Outcome  `json:"outcome"`
	Address string   `json:"address"`
	Device  string   `json:"device"`
	// Detail says more, in the server's few words.
	Detail map[string]any `json:"detail"`
}

// AuditPage is a part of the audit, the newest entry first. Next gives the part after it, "" where there is
// none.
type AuditPage struct {
	Lines []AuditLine `json:"lines"`
	Next  string      `json:"next"`
}
