package ftrack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// Security asks what guards the account. It works under a session only.
func (c *Client) Security(ctx context.Context) (domain.Security, error) {
	_, answer, err := c.send(ctx, http.MethodGet, "/session", nil)
	if err != nil {
		return domain.Security{}, err
	}
	var said struct {
		SessionID    string `json:"session_id"`
		User         struct{ ID string }
		SecondFactor bool `json:"second_factor"`
		Enforced     bool `json:"second_factor_enforced"`
		BackupCodes  int  `json:"backup_codes_left"`
		Local        bool `json:"local_account"`
	}
	if err := json.Unmarshal(answer, &said); err != nil || said.SessionID == "" {
		return domain.Security{}, notCallboard(errors.Join(errors.New("it does not say which session this is"), err))
	}
	out := domain.Security{SecondFactor: said.SecondFactor, Enforced: said.Enforced, BackupCodes: said.BackupCodes, Local: said.Local, Devices: []domain.Device{}}
	// Administrators see everybody's sessions: these are one's own.
	mine := "user_id is " + quote(said.User.ID)
	replies, err := c.call(ctx,
		wire.Operation{Action: "query", Expression: "select id, device, creation_time, accessed_time from UserSession where " + mine + " order by accessed_time descending"},
		wire.Operation{Action: "query", Expression: "select id, identifier, prefix, last_used_at from ApiKey"})
	if err != nil {
		return domain.Security{}, err
	}
	for _, row := range replies[0].Rows() {
		device := domain.Device{ID: text(row, "id"), Name: text(row, "device"), Current: text(row, "id") == said.SessionID}
		if at := instant(row, "creation_time"); at != nil {
			device.SignedIn = *at
		}
		if at := instant(row, "accessed_time"); at != nil {
			device.LastUsed = *at
		}
		out.Devices = append(out.Devices, device)
	}
	for _, row := range replies[1].Rows() {
		if text(row, "identifier") == "" { // the others belong to programs
			out.Key = &domain.APIKey{ID: text(row, "id"), Prefix: text(row, "prefix"), LastUsed: instant(row, "last_used_at")}
		}
	}
	return out, nil
}

// Confirm shows the server anew who somebody is. The code is "" where they have no second factor.
func (c *Client) Confirm(ctx context.Context, password, code string) error {
	body, err := json.Marshal(map[string]string{"password": password, "code": strings.TrimSpace(code)})
	if err != nil {
		return err
	}
	_, _, err = c.send(ctx, http.MethodPost, "/session/confirm", body)
	return err
}

// Forgot asks a server to mail somebody a link to choose a new password. Whoever they say they are, the
// answer is the same.
func Forgot(ctx context.Context, cfg Config, login string) error {
	body, err := json.Marshal(map[string]string{"login": strings.TrimSpace(login)})
	if err != nil {
		return err
	}
	_, _, err = New(cfg).send(ctx, http.MethodPost, "/session/forgot", body)
	return err
}

// ChangePassword gives the signed-in person another password, for the old one.
func (c *Client) ChangePassword(ctx context.Context, user domain.UserID, old, password string) error {
	err := c.tell(ctx, wire.Operation{
		Action: "reset_remote", EntityType: "User", EntityKey: []string{string(user)}, Rest: map[string]any{"reset_type": "password"},
		EntityData: map[string]any{"old_password": old, "new_password": password},
	})
	var known *domain.Error
	if errors.As(err, &known) && known.Reason == "invalid_credentials" {
		return &domain.Error{Code: known.Code, Reason: known.Reason, Field: "old_password", Message: "the old password is wrong", Err: err}
	}
	return err
}

// NewTOTP asks for a secret for an authenticator, and the address that its QR code holds.
func (c *Client) NewTOTP(ctx context.Context) (secret, address string, err error) {
	var made struct{ Secret, URL string }
	err = c.ask(ctx, wire.Operation{Action: "generate_totp"}, &made)
	if err == nil && (made.Secret == "" || !strings.HasPrefix(made.URL, "otpauth://")) {
		err = notCallboard(errors.New("no secret was answered"))
	}
	return made.Secret, made.URL, err
}

// EnableTOTP turns the second factor on: the code shows that the authenticator has the secret.
func (c *Client) EnableTOTP(ctx context.Context, code, secret string) error {
	return c.tell(ctx, wire.Operation{Action: "configure_totp", Rest: map[string]any{"code": code, "secret": secret}})
}

// DisableSecondFactor turns it off, for a code of it or a backup code.
func (c *Client) DisableSecondFactor(ctx context.Context, code string) error {
	return c.tell(ctx, wire.Operation{Action: "disable_2fa", Rest: map[string]any{"code": code}})
}

// MakeBackupCodes makes a new set for a code of the authenticator; the old set opens nothing any more.
func (c *Client) MakeBackupCodes(ctx context.Context, code string) ([]string, error) {
	var made struct{ Codes []string }
	err := c.ask(ctx, wire.Operation{Action: "configure_otp", Rest: map[string]any{"code": code}}, &made)
	return made.Codes, err
}

// MakeKey makes the personal API key, or makes it anew. It can be read this once. It is the key without a
// name: those with one belong to programs, which go on.
func (c *Client) MakeKey(ctx context.Context, user domain.UserID) (string, error) {
	var made struct {
		Key string `json:"api_key"`
	}
	err := c.ask(ctx, wire.Operation{
		Action: "reset_remote", EntityType: "User", EntityKey: []string{string(user)}, Rest: map[string]any{"reset_type": "api_key"},
		EntityData: map[string]any{"identifier": ""},
	}, &made)
	return made.Key, err
}

// EndSession signs another device of the person out.
func (c *Client) EndSession(ctx context.Context, id string) error {
	return c.tell(ctx, wire.Operation{Action: "delete", EntityType: "UserSession", EntityKey: []string{id}})
}

// EndOtherSessions signs all other devices out.
func (c *Client) EndOtherSessions(ctx context.Context) error {
	_, _, err := c.send(ctx, http.MethodDelete, "/session/others", nil)
	return err
}

// tell carries out an operation whose answer says nothing.
func (c *Client) tell(ctx context.Context, op wire.Operation) error {
	_, err := c.call(ctx, op)
	return err
}

// ask carries out an operation and reads the data of its answer.
func (c *Client) ask(ctx context.Context, op wire.Operation, into any) error {
	replies, err := c.call(ctx, op)
	if err != nil {
		return err
	}
	var said struct{ Data json.RawMessage }
	if err := json.Unmarshal(replies[0].Raw, &said); err != nil {
		return notCallboard(err)
	}
	if err := json.Unmarshal(said.Data, into); err != nil {
		return notCallboard(err)
	}
	return nil
}
