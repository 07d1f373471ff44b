package tracker_test

import (
	"context"
	"errors"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// signedStudio is a studio whose people have sessions of a real gate.
type signedStudio struct {
	*studio
	gate    *auth.Auth
	revoked []auth.Revocation
}

func guardedStudio(t *testing.T) *signedStudio {
	t.Helper()
	s := &signedStudio{studio: open(t)}
	s.gate = auth.New(auth.Config{
		Store: s.store, Keys: auth.NewKeys(), Clock: s.tick, Revoked: func(_ context.Context, r auth.Revocation) { s.revoked = append(s.revoked, r) },
	})
	s.tracker = tracker.New(tracker.Config{Store: s.store, Guard: s.gate})
	for _, who := range []domain.UserID{"maya", "ines"} {
		if err := s.gate.SetPassword(t.Context(), who, "correct horse", ""); err != nil {
			t.Fatal(err)
		}
	}
	s.revoked = nil
	return s
}

func (s *signedStudio) in(t *testing.T, who string) auth.SignedIn {
	t.Helper()
	in, err := s.gate.SignIn(t.Context(), auth.Attempt{Username: who, Password: "correct horse", Device: "tower", Address: "10.0.0.7"})
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// inside is somebody within a session.
func inside(in auth.SignedIn) tracker.Caller {
	return tracker.Caller{UserID: in.Who.UserID, Username: in.Who.Username, SessionID: in.Who.SessionID, Device: in.Who.Device, Address: "10.0.0.7"}
}

func reasonOf(err error) string {
	var known *domain.Error
	if errors.As(err, &known) {
		return known.Reason
	}
	return ""
}

func TestAnAPIKeyIsMadeInAFreshSessionOrByAnAPIKey(t *testing.T) {
	s := guardedStudio(t)
	maya := s.in(t, "maya")
	make := func(by tracker.Caller) error {
		_, err := s.tracker.Do(t.Context(), by, []wire.Operation{reset("User", "maya", nil)}, wire.Mode{})
		return err
	}
	if err := make(inside(maya)); err != nil {
		t.Errorf("in a fresh session: %v", err)
	}
	if err := make(as("maya")); err != nil {
		t.Errorf("by an API key: %v", err)
	}
	s.later(auth.Freshness)
	if err := make(inside(maya)); reasonOf(err) != "confirmation_required" {
		t.Errorf("in a stale session: %v", err)
	}
}

func TestWhoIsDeactivatedIsOutForGood(t *testing.T) {
	s := guardedStudio(t)
	maya := s.in(t, "maya")
	s.do(t, "ines", update("User", "maya", data{"is_active": false}))
	if len(s.revoked) != 1 || !s.revoked[0].Covers(maya.Who) {
		t.Errorf("sockets: %+v", s.revoked)
	}
	s.do(t, "ines", update("User", "maya", data{"is_active": true}))
	if _, err := s.gate.Authenticate(t.Context(), auth.Credentials{Bearer: maya.Token}); domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("a session from before opens again: %v", err)
	}
}

func TestASessionThatIsDeletedEndsItsConnections(t *testing.T) {
	s := guardedStudio(t)
	one, other := s.in(t, "maya"), s.in(t, "maya")
	listed := s.ask(t, "maya", "select id, device, creation_time, accessed_time from UserSession")
	if len(listed) != 2 || listed[0]["device"] != "tower" {
		t.Errorf("%v", listed)
	}
	if _, err := s.try("tomas", remove("UserSession", one.Who.SessionID)); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("somebody else: %v", err)
	}
	if _, err := s.tracker.Do(t.Context(), inside(other), []wire.Operation{remove("UserSession", one.Who.SessionID)}, wire.Mode{}); err != nil {
		t.Fatal(err)
	}
	if len(s.revoked) != 1 || !s.revoked[0].Covers(one.Who) || s.revoked[0].Covers(other.Who) {
		t.Errorf("sockets: %+v", s.revoked)
	}
	if _, err := s.gate.Authenticate(t.Context(), auth.Credentials{Bearer: one.Token}); domain.CodeOf(err) != domain.Unauthorized {
		t.Errorf("its token: %v", err)
	}
}

func TestTwoFactorIsEnforcedInAFreshSessionAndHoldsAtOnce(t *testing.T) {
	s := guardedStudio(t)
	maya, ines := s.in(t, "maya"), s.in(t, "ines")
	enforce := func(by tracker.Caller, value bool) error {
		_, err := s.tracker.Do(t.Context(), by, []wire.Operation{set("enforce_two_factor", value)}, wire.Mode{})
		return err
	}
	if err := enforce(as("ines"), true); reasonOf(err) != "session_required" {
		t.Errorf("by an API key: %v", err)
	}
	if err := enforce(inside(maya), true); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("by no administrator: %v", err)
	}
	s.revoked = nil
	if err := enforce(inside(ines), true); err != nil {
		t.Fatal(err)
	}
	if len(s.revoked) != 1 || !s.revoked[0].Doubt {
		t.Errorf("sockets: %+v", s.revoked)
	}
	key, err := s.gate.CreateKey(t.Context(), "maya", "farm")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]auth.Credentials{"a session": {Bearer: maya.Token}, "an API key": {Username: "maya", Key: key}} {
		if _, err := s.gate.Authenticate(t.Context(), c); reasonOf(err) != auth.ReasonEnrol || domain.CodeOf(err) != domain.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
		if who, err := s.gate.Recognise(t.Context(), c); err != nil || !who.Enrol {
			t.Errorf("%s: %+v %v", name, who, err)
		}
	}
	if in := s.in(t, "maya"); !in.Who.Enrol {
		t.Errorf("%+v", in.Who)
	}
	if err := enforce(inside(ines), false); err != nil {
		t.Fatal(err)
	}
	if _, err := s.gate.Authenticate(t.Context(), auth.Credentials{Bearer: maya.Token}); err != nil {
		t.Errorf("after it was switched off: %v", err)
	}
}
