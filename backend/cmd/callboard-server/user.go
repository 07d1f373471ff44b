package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"golang.org/x/term"

	"github.com/callboard/callboard/backend/workspace"
)

func (c console) user(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usageError("user wants one of: add, list, invite, set-password, reset-2fa, rename, deactivate")
	}
	switch args[0] {
	case "add":
		return c.userAdd(ctx, args[1:])
	case "list":
		return c.userList(ctx, args[1:])
	case "set-password":
		return c.userSetPassword(ctx, args[1:])
	case "invite":
		return c.userInvite(ctx, args[1:])
	case "reset-2fa":
		return c.userReset2FA(ctx, args[1:])
	case "rename":
		return c.userRename(ctx, args[1:])
	case "deactivate":
		return c.userDeactivate(ctx, args[1:])
	default:
		return usageError(fmt.Sprintf("there is no command %q", "user "+args[0]))
	}
}

func (c console) userAdd(ctx context.Context, args []string) error {
	set := c.flags("user add", "USERNAME")
	place := placeFlags(set)
	first := set.String("first", "", "the first `name`")
	last := set.String("last", "", "the last `name`")
	email := set.String("email", "", "the mail `address`")
	role := set.String("role", "User", "`one` of Administrator, Project Manager, User")
	invite := set.Bool("invite", false, "mail them a link to choose their password, instead of reading one")
	keptIn := set.String("kept-in", "", "the `name` of the directory outside of Callboard, such as LDAP, that keeps\nthe account; it has no password here")
	rest, err := c.parse(set, args, 1)
	if err != nil {
		return err
	}
	password := ""
	if !*invite && *keptIn == "" {
		if password, err = c.password(); err != nil {
			return err
		}
	}
	return workspace.AddUser(ctx, place(), workspace.NewUser{
		Username: rest[0], FirstName: *first, LastName: *last, Email: *email, Role: *role, Password: password, Invite: *invite, KeptIn: *keptIn,
	})
}

func (c console) userInvite(ctx context.Context, args []string) error {
	set := c.flags("user invite", "USERNAME")
	place := placeFlags(set)
	rest, err := c.parse(set, args, 1)
	if err != nil {
		return err
	}
	return workspace.InviteUser(ctx, place(), rest[0])
}

func (c console) userReset2FA(ctx context.Context, args []string) error {
	set := c.flags("user reset-2fa", "USERNAME")
	place := placeFlags(set)
	rest, err := c.parse(set, args, 1)
	if err != nil {
		return err
	}
	return workspace.ResetSecondFactor(ctx, place(), rest[0])
}

func (c console) userRename(ctx context.Context, args []string) error {
	set := c.flags("user rename", "USERNAME NAME")
	place := placeFlags(set)
	rest, err := c.parse(set, args, 2)
	if err != nil {
		return err
	}
	return workspace.RenameUser(ctx, place(), rest[0], rest[1])
}

func (c console) userList(ctx context.Context, args []string) error {
	set := c.flags("user list", "")
	place := placeFlags(set)
	if _, err := c.parse(set, args, 0); err != nil {
		return err
	}
	users, err := workspace.ListUsers(ctx, place())
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, u := range users {
		state := "active"
		if !u.Active {
			state = "deactivated"
		}
		if _, err := fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", u.Username, u.Name, strings.Join(u.Roles, ", "), state); err != nil {
			return err
		}
	}
	return table.Flush()
}

func (c console) userSetPassword(ctx context.Context, args []string) error {
	set := c.flags("user set-password", "USERNAME")
	place := placeFlags(set)
	rest, err := c.parse(set, args, 1)
	if err != nil {
		return err
	}
	password, err := c.password()
	if err != nil {
		return err
	}
	return workspace.SetPassword(ctx, place(), rest[0], password)
}

func (c console) userDeactivate(ctx context.Context, args []string) error {
	set := c.flags("user deactivate", "USERNAME")
	place := placeFlags(set)
	rest, err := c.parse(set, args, 1)
	if err != nil {
		return err
	}
	return workspace.DeactivateUser(ctx, place(), rest[0])
}

// password reads the first line of standard input, unseen where somebody types it. It is never an
// argument: arguments show in process lists.
func (c console) password() (string, error) {
	if typed, ok := c.in.(*os.File); ok && term.IsTerminal(int(typed.Fd())) {
		if _, err := fmt.Fprint(c.err, "Password: "); err != nil {
			return "", err
		}
		line, err := term.ReadPassword(int(typed.Fd()))
		if err != nil {
			return "", fmt.Errorf("read the password: %w", err)
		}
		_, err = fmt.Fprintln(c.err)
		return string(line), err
	}
	line, err := bufio.NewReader(c.in).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("read the password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}
