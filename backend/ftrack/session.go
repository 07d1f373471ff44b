package ftrack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
)

// SignIn opens a session. The answer's tokens are secrets.
func SignIn(ctx context.Context, cfg Config, in domain.SignIn) (domain.Session, error) {
	address, err := NormalAddress(in.Address, in.Insecure)
	if err != nil {
		return domain.Session{}, err
	}
	cfg.Address, cfg.Token = address, ""
	body, err := json.Marshal(map[string]string{
		"username": strings.TrimSpace(in.Username), "password": in.Password, "code": strings.TrimSpace(in.Code),
		"device": cfg.Device, "device_token": in.DeviceToken,
	})
	if err != nil {
		return domain.Session{}, err
	}
	_, answer, err := New(cfg).send(ctx, http.MethodPost, "/session", body)
	var known *domain.Error
	enrol := errors.As(err, &known) && known.Reason == "enrolment_required"
	if err != nil && !enrol {
		return domain.Session{}, err
	}
	var opened struct {
		Token       string         `json:"token"`
		DeviceToken string         `json:"device_token"`
		User        map[string]any `json:"user"`
		ExpiresAt   time.Time      `json:"expires_at"`
	}
	if err := json.Unmarshal(answer, &opened); err != nil || opened.Token == "" {
		return domain.Session{}, notCallboard(errors.Join(errors.New("no session was answered"), err))
	}
	username, _ := opened.User["username"].(string)
	return domain.Session{
		Token: opened.Token, DeviceToken: opened.DeviceToken, User: person(opened.User), Username: username, ExpiresAt: opened.ExpiresAt,
		Enrol: enrol,
	}, nil
}

// SignOut ends the session of the client's token.
func (c *Client) SignOut(ctx context.Context) error {
	_, _, err := c.send(ctx, http.MethodDelete, "/session", nil)
	return err
}

// Workspace asks the server about itself.
func (c *Client) Workspace(ctx context.Context) (domain.Workspace, error) {
	replies, err := c.call(ctx, wire.Operation{Action: "query_server_information"})
	if err != nil {
		return domain.Workspace{}, err
	}
	var said struct {
		Version   string `json:"version"`
		Callboard struct {
			Epoch   string `json:"epoch"`
			Horizon int64  `json:"horizon"`
		} `json:"callboard"`
		Company struct {
			Name string `json:"name"`
		} `json:"company_information"`
		User struct {
			ID domain.UserID `json:"id"`
		} `json:"user_information"`
	}
	if err := json.Unmarshal(replies[0].Raw, &said); err != nil {
		return domain.Workspace{}, notCallboard(err)
	}
	if said.Callboard.Epoch == "" {
		return domain.Workspace{}, notCallboard(errors.New("it names no epoch"))
	}
	if said.User.ID != "" {
		c.asker.Store(&said.User.ID)
	}
	return domain.Workspace{Name: said.Company.Name, Version: said.Version, Epoch: said.Callboard.Epoch, Horizon: said.Callboard.Horizon, UserID: said.User.ID}, nil
}

// person reads somebody as queries and sessions show them.
func person(fields map[string]any) domain.Person {
	first, last := text(fields, "first_name"), text(fields, "last_name")
	name := strings.TrimSpace(first + " " + last)
	if name == "" {
		name = text(fields, "username")
	}
	return domain.Person{ID: domain.UserID(text(fields, "id")), Name: name, ThumbnailID: domain.ComponentID(text(fields, "thumbnail_id"))}
}

func text(fields map[string]any, name string) string {
	s, _ := fields[name].(string)
	return s
}
