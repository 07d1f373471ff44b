package ftrack

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// mostPeople is how many people one page lists.
const mostPeople = 50

const selectPeople = "select id, username, first_name, last_name, email, thumbnail_id, is_active, is_totp_enabled, auth_source, " +
	"user_security_roles.id, user_security_roles.security_role_id, user_security_roles.security_role.name, user_security_roles.is_all_open_projects, " +
	"user_security_roles.user_security_role_projects.project.full_name, user_security_roles.user_security_role_projects.project.name, " +
	"memberships.id, memberships.group_id, memberships.group.name from User"

// shownPeople are the people that can be listed, in the words of a query.
var shownPeople = map[domain.PeopleShown]string{
	domain.PeopleActive:      "is_active is true",
	domain.PeopleDeactivated: "is_active is false",
	domain.PeopleNoFactor:    noFactor,
}

const noFactor = "is_active is true and (is_totp_enabled is false or is_totp_enabled is none)"

// Accounts lists those of people, by name.
func (c *Client) Accounts(ctx context.Context, filter domain.PeopleFilter, cursor string) (domain.PeoplePage, error) {
	var terms []string
	if shown := shownPeople[filter.Shown]; shown != "" {
		terms = append(terms, shown)
	}
	for word := range strings.FieldsSeq(filter.Search) {
		var names []string
		for _, name := range []string{"username", "first_name", "last_name", "email"} {
			names = append(names, name+" like "+holding(word))
		}
		terms = append(terms, "("+strings.Join(names, " or ")+")")
	}
	from, _ := strconv.Atoi(cursor) // another cursor than ours is the beginning
	rows, next, err := c.part(ctx, selectPeople+where(terms)+" order by first_name, last_name, username, id", from, mostPeople)
	if err != nil {
		return domain.PeoplePage{}, err
	}
	page := domain.PeoplePage{People: []domain.AccountOf{}, Next: next}
	for _, fields := range rows {
		page.People = append(page.People, accountOf(fields))
	}
	return page, nil
}

// AccountOf is the account of one person.
func (c *Client) AccountOf(ctx context.Context, user domain.UserID) (domain.AccountOf, error) {
	rows, err := c.query(ctx, selectPeople+" where id is "+quote(string(user)))
	if err != nil {
		return domain.AccountOf{}, err
	}
	if len(rows) == 0 {
		return domain.AccountOf{}, domain.Errorf(domain.NotFound, "there is no such person")
	}
	return accountOf(rows[0]), nil
}

// PeopleChoices are the roles and groups that people can have.
func (c *Client) PeopleChoices(ctx context.Context) (domain.PeopleChoices, error) {
	rows, err := c.queries(ctx, "select id, name from SecurityRole order by name", "select id, name from Group order by name")
	if err != nil {
		return domain.PeopleChoices{}, err
	}
	return domain.PeopleChoices{Roles: namedIn(rows[0]), Groups: namedIn(rows[1])}, nil
}

// Invite adds somebody and mails them a link to choose a password, in one request: all of it or nothing.
func (c *Client) Invite(ctx context.Context, in domain.Invitation) (domain.UserID, error) {
	id := uuid.NewString()
	ops := []wire.Operation{creation("User", map[string]any{
		"id": id, "username": in.Username, "first_name": in.FirstName, "last_name": in.LastName, "email": in.Email, "is_active": true,
	}), giving(id, in.Role)}
	for _, group := range in.Groups {
		ops = append(ops, joining(id, group))
	}
	_, err := c.call(ctx, append(ops, aboutUser("send_user_invite", domain.UserID(id)))...)
	return domain.UserID(id), err
}

// ChangeAccountOf changes somebody's account, in one request: all of it or nothing.
func (c *Client) ChangeAccountOf(ctx context.Context, user domain.UserID, change domain.AccountOfChange) error {
	var ops []wire.Operation
	data := map[string]any{}
	if change.Username != nil {
		data["username"] = *change.Username
	}
	if change.Active != nil {
		data["is_active"] = *change.Active
	}
	if len(data) > 0 {
		ops = append(ops, wire.Operation{Action: "update", EntityType: "User", EntityKey: []string{string(user)}, EntityData: data})
	}
	for _, role := range change.GiveRoles {
		ops = append(ops, giving(string(user), role))
	}
	for _, given := range change.TakeRoles {
		ops = append(ops, deletion("UserSecurityRole", given))
	}
	for _, group := range change.Join {
		ops = append(ops, joining(string(user), group))
	}
	for _, joined := range change.Leave {
		ops = append(ops, deletion("Membership", joined))
	}
	if len(ops) == 0 {
		return nil
	}
	_, err := c.call(ctx, ops...)
	return err
}

// SendReset mails somebody a link to a new password.
func (c *Client) SendReset(ctx context.Context, user domain.UserID) error {
	return c.tell(ctx, aboutUser("send_password_reset", user))
}

// ResetSecondFactor turns off the second factor of somebody who has lost it.
func (c *Client) ResetSecondFactor(ctx context.Context, user domain.UserID) error {
	return c.tell(ctx, aboutUser("reset_second_factor", user))
}

// Policy is how the workspace's accounts are guarded.
func (c *Client) Policy(ctx context.Context) (domain.Policy, error) {
	me, err := c.self(ctx)
	if err != nil {
		return domain.Policy{}, err
	}
	replies, err := c.queries(ctx, "select name, value from WorkspaceSetting",
		"select id from User where is_active is true", "select id from User where "+noFactor)
	if err != nil {
		return domain.Policy{}, err
	}
	policy, enforced := domain.Policy{Edition: domain.EditionEnterprise, People: len(replies[1]), Without: len(replies[2])}, false
	policy.Mine = !slices.ContainsFunc(replies[2], func(fields map[string]any) bool { return text(fields, "id") == string(me) })
	for _, fields := range replies[0] {
		switch text(fields, "name") {
		case domain.SettingEnforceTwoFactor:
			enforced, _ = fields["value"].(bool)
		case domain.SettingEdition:
			if edition := domain.Edition(text(fields, "value")); edition.Known() {
				policy.Edition = edition
			}
		}
	}
	return policy.With(enforced), nil
}

// Enforce says whether everybody must use two-factor authentication.
func (c *Client) Enforce(ctx context.Context, on bool) error {
	return c.tell(ctx, creation("WorkspaceSetting", map[string]any{"name": domain.SettingEnforceTwoFactor, "value": on}))
}

func giving(user, role string) wire.Operation {
	return creation("UserSecurityRole", map[string]any{"user_id": user, "security_role_id": role, "is_all_open_projects": true})
}

func joining(user, group string) wire.Operation {
	return creation("Membership", map[string]any{"user_id": user, "group_id": group})
}

func aboutUser(action string, user domain.UserID) wire.Operation {
	return wire.Operation{Action: action, Rest: map[string]any{"user_id": string(user)}}
}

func accountOf(fields map[string]any) domain.AccountOf {
	account := domain.AccountOf{Profile: profileOf(fields), KeptIn: text(fields, "auth_source"), Roles: []domain.RoleGiven{}, Groups: []domain.GroupJoined{}}
	account.Active, _ = fields["is_active"].(bool)
	account.SecondFactor, _ = fields["is_totp_enabled"].(bool)
	if account.KeptIn == "local" {
		account.KeptIn = ""
	}
	for _, given := range many(fields, "user_security_roles") {
		role := domain.RoleGiven{ID: text(given, "id"), Role: text(given, "security_role_id"), Name: text(one(given, "security_role"), "name"), Projects: []string{}}
		if everywhere, _ := given["is_all_open_projects"].(bool); !everywhere {
			for _, named := range many(given, "user_security_role_projects") {
				role.Projects = append(role.Projects, projectName(one(named, "project")))
			}
		}
		account.Roles = append(account.Roles, role)
	}
	for _, joined := range many(fields, "memberships") {
		account.Groups = append(account.Groups, domain.GroupJoined{ID: text(joined, "id"), Group: text(joined, "group_id"), Name: text(one(joined, "group"), "name")})
	}
	return account
}

func namedIn(rows []map[string]any) []domain.Named {
	found := make([]domain.Named, len(rows))
	for i, fields := range rows {
		found[i] = domain.Named{ID: text(fields, "id"), Name: text(fields, "name")}
	}
	return found
}

// part asks for some of the rows of a query; next is the cursor of those after them, "" where there are none.
func (c *Client) part(ctx context.Context, expression string, from, most int) (rows []map[string]any, next string, err error) {
	from = max(from, 0)
	replies, err := c.call(ctx, asking(fmt.Sprintf("%s offset %d limit %d", expression, from, most)))
	if err != nil {
		return nil, "", err
	}
	if at := replies[0].Next; at != nil && *at > from {
		next = strconv.Itoa(*at)
	}
	return replies[0].Rows(), next, nil
}

func where(terms []string) string {
	if len(terms) == 0 {
		return ""
	}
	return " where " + strings.Join(terms, " and ")
}

// holding is the pattern of texts that hold a word.
func holding(word string) string {
	return quote("%" + strings.NewReplacer("%", "", "_", "").Replace(word) + "%")
}
