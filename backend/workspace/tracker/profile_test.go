package tracker_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// blames says why a request was refused: "reason field", or "" where it was not.
func blames(t *testing.T, err error) string {
	t.Helper()
	var known *domain.Error
	switch {
	case err == nil:
		return ""
	case !errors.As(err, &known):
		t.Fatal(err)
	}
	return known.Reason + " " + known.Field
}

func TestANameIsWhatItsPersonSays(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct{ first, last, kept, refused string }{
		"plain":                  {"Maya", "Lindqvist", "Maya Lindqvist", ""},
		"with a little face":     {"Maya 🦊", "👩‍🎨", "Maya 🦊 👩‍🎨", ""},
		"from right to left":     {"מאיה", "الفنانة", "מאיה الفنانة", ""},
		"with blanks around":     {"  Maya ", "\u3000林 ", "Maya 林", ""},
		"none":                   {"", "", " ", ""},
		"as long as may be":      {strings.Repeat("ä", 255), "L", strings.Repeat("ä", 255) + " L", ""},
		"of 300 characters":      {strings.Repeat("a", 300), "L", "", "name_too_long first_name"},
		"the last too long":      {"Maya", strings.Repeat("林", 256), "", "name_too_long last_name"},
		"of two lines":           {"Maya\nLindqvist", "", "", "name_invalid first_name"},
		"that rings a bell":      {"Maya", "L\x07", "", "name_invalid last_name"},
		"that is markup, kept":   {"<b>Maya</b>", "'; DROP TABLE", "<b>Maya</b> '; DROP TABLE", ""},
		"with marks for writing": {"\u200fמאיה\u200e", "", "\u200fמאיה\u200e ", ""},
	} {
		_, err := s.try("maya", update("User", "maya", data{"first_name": c.first, "last_name": c.last}))
		if got := blames(t, err); got != c.refused {
			t.Errorf("%s: %q, want %q", name, got, c.refused)
		}
		if c.refused != "" {
			continue
		}
		if row := s.one(t, "tomas", "select first_name, last_name from User where id is maya"); fmt.Sprint(row["first_name"], " ", row["last_name"]) != c.kept {
			t.Errorf("%s: kept as %v", name, row)
		}
	}
	if _, err := s.try("maya", update("User", "maya", data{"username": "root"})); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("a username of one's own choice: %v", err)
	}
	if _, err := s.try("maya", update("User", "tomas", data{"first_name": "Tom"})); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("another's name: %v", err)
	}
}

func TestAnotherNameOrPictureIsToldToEverybody(t *testing.T) {
	s := open(t)
	faces := func() (seen []string) {
		for _, c := range s.heard() {
			for _, f := range c.People {
				seen = append(seen, fmt.Sprintf("%s %s %s %s %q", f.ID, f.Username, f.FirstName, f.LastName, f.ThumbnailID))
			}
		}
		return seen
	}
	for name, c := range map[string]struct {
		op   wire.Operation
		want string
	}{
		"another name":           {update("User", "maya", data{"last_name": "Lind"}), `maya maya Maya Lind ""`},
		"another username":       {update("User", "tomas", data{"username": "tom"}), `tomas tom Tomas  ""`},
		"another address":        {update("User", "lena", data{"email": "lena@aurora.example"}), ""},
		"the same name":          {update("User", "vera", data{"first_name": "Vera"}), ""},
		"somebody new, yet seen": {create("User", data{"id": "nora", "username": "nora", "first_name": "Nora"}), ""},
	} {
		s.do(t, "ines", c.op)
		if got := strings.Join(faces(), "; "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	s.do(t, "maya", create("FileComponent", data{"id": "portrait", "name": "portrait"}), update("User", "maya", data{"thumbnail_id": "portrait"}))
	if got := faces(); len(got) != 1 || got[0] != `maya maya Maya Lind "portrait"` {
		t.Errorf("another picture: %q", got)
	}
	s.do(t, "maya", update("User", "maya", data{"thumbnail_id": nil}))
	if got := faces(); len(got) != 1 || got[0] != `maya maya Maya Lind ""` {
		t.Errorf("no picture any more: %q", got)
	}
}

// signedIn are sessions of a studio's people, whose passwords were just shown.
func signedIn(t *testing.T, gate *auth.Auth, names ...string) map[string]tracker.Caller {
	t.Helper()
	const password = "Correct-Horse-42-Battery"
	callers := map[string]tracker.Caller{}
	for _, name := range names {
		if err := gate.SetPassword(t.Context(), domain.UserID(name), password, ""); err != nil {
			t.Fatal(err)
		}
		in, err := gate.SignIn(t.Context(), auth.Attempt{Username: name, Password: password, Device: "test"})
		if err != nil {
			t.Fatal(err)
		}
		c := as(name)
		c.SessionID = in.Who.SessionID
		callers[name] = c
	}
	return callers
}

func (s *studio) tryAs(t *testing.T, who tracker.Caller, ops ...wire.Operation) error {
	t.Helper()
	_, err := s.tracker.Do(t.Context(), who, ops, wire.Mode{Strict: true})
	return err
}

func TestAnAddressIsChangedByWhoeverShowsWhoTheyAre(t *testing.T) {
	s, gate, _ := keyed(t)
	s.do(t, "", update("User", "tomas", data{"email": "Tomas@aurora.example"}), update("User", "old", data{"email": "old@aurora.example"}))
	in := signedIn(t, gate, "maya", "ines")
	to := func(address any) wire.Operation { return update("User", "maya", data{"email": address}) }

	for name, c := range map[string]struct {
		who     tracker.Caller
		op      wire.Operation
		refused string
	}{
		"under a key":                         {as("maya"), to("me@aurora.example"), "session_required "},
		"an administrator's own, under a key": {as("ines"), update("User", "ines", data{"email": "me@aurora.example"}), "session_required "},
		"with a name, under a key":            {as("maya"), update("User", "maya", data{"first_name": "Maia", "email": "me@aurora.example"}), "session_required "},
		"to nothing":                          {in["maya"], to(""), "email_missing email"},
		"to none":                             {in["maya"], to(nil), "email_missing email"},
		"to half an address":                  {in["maya"], to("maya@"), "email_invalid email"},
		"to two":                              {in["maya"], to("a@aurora.example, b@aurora.example"), "email_invalid email"},
		"to one with a header in it":          {in["maya"], to("a@aurora.example\r\nBcc: b@aurora.example"), "email_invalid email"},
		"to one beyond ASCII":                 {in["maya"], to("máya@aurora.example"), "email_invalid email"},
		"to one of 300 characters":            {in["maya"], to(strings.Repeat("a", 285) + "@aurora.example"), "email_invalid email"},
		"to another's, written differently":   {in["maya"], to("tomas@AURORA.example"), "email_taken email"},
		"of another by an administrator":      {in["ines"], to("TOMAS@aurora.example"), "email_taken email"},
		"of another":                          {in["maya"], update("User", "tomas", data{"email": "t@aurora.example"}), " email"},
	} {
		if got := blames(t, s.tryAs(t, c.who, c.op)); got != c.refused {
			t.Errorf("%s: %q, want %q", name, got, c.refused)
		}
	}
	if row := s.one(t, "maya", "select email, first_name from User where id is maya"); row["email"] != "maya@aurora.example" || row["first_name"] != "Maya" {
		t.Fatalf("it is %v", row)
	}

	s.posted(t)
	if err := s.tryAs(t, in["maya"], to(" maya.l@aurora.example ")); err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, l := range s.posted(t) {
		if l.Kind == domain.EmailChanged {
			told = append(told, l.To+" "+l.Thing)
		}
	}
	slices.Sort(told)
	if want := []string{"maya.l@aurora.example maya.l@aurora.example", "maya@aurora.example maya.l@aurora.example"}; !slices.Equal(told, want) {
		t.Errorf("of it hear %q", told)
	}

	s.later(auth.Freshness)
	if got := blames(t, s.tryAs(t, in["maya"], to("later@aurora.example"))); got != "confirmation_required " {
		t.Errorf("ten minutes later: %q", got)
	}
	if got := blames(t, s.tryAs(t, in["ines"], to("later@aurora.example"))); got != "confirmation_required " {
		t.Errorf("ten minutes later, by an administrator: %q", got)
	}
	for _, op := range []wire.Operation{to("maya.l@aurora.example"), update("User", "maya", data{"last_name": "L"})} {
		if err := s.tryAs(t, in["maya"], op); err != nil {
			t.Errorf("what is no other address needs no password: %v", err)
		}
	}
	who := auth.Who{UserID: "maya", Session: true, SessionID: in["maya"].SessionID}
	if err := gate.Confirm(t.Context(), who, "Correct-Horse-42-Battery", "", "127.0.0.1"); err != nil {
		t.Fatal(err)
	}
	if err := s.tryAs(t, in["maya"], to("later@aurora.example")); err != nil {
		t.Errorf("after it was shown: %v", err)
	}
}

func TestAnAddressIsOfOnePersonWhoIsThere(t *testing.T) {
	s := open(t)
	s.do(t, "ines", update("User", "maya", data{"email": "maya@aurora.example"}))
	for name, op := range map[string]wire.Operation{
		"somebody new":            create("User", data{"id": "nora", "username": "nora", "email": "MAYA@aurora.example"}),
		"somebody else":           update("User", "tomas", data{"email": "Maya@Aurora.example"}),
		"two in the same request": update("User", "lena", data{"email": "vera@aurora.example"}),
	} {
		ops := []wire.Operation{op}
		if name == "two in the same request" {
			ops = append(ops, update("User", "vera", data{"email": "VERA@aurora.example"}))
		}
		if _, err := s.try("ines", ops...); blames(t, err) != "email_taken email" {
			t.Errorf("%s: %v", name, err)
		}
	}
	s.do(t, "ines", update("User", "old", data{"email": "maya@aurora.example"})) // who is not there is in nobody's way
	if _, err := s.try("ines", update("User", "old", data{"is_active": true})); blames(t, err) != "email_taken email" {
		t.Errorf("who comes back: %v", err)
	}
	s.do(t, "ines", update("User", "maya", data{"email": ""}), update("User", "old", data{"is_active": true}))

	var done sync.WaitGroup
	var mu sync.Mutex
	took := 0
	for _, who := range []string{"tomas", "lena", "nia", "vera"} {
		done.Go(func() {
			_, err := s.try("ines", update("User", who, data{"email": "one@aurora.example"}))
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				took++
			} else if domain.CodeOf(err) != domain.Conflict {
				t.Error(err)
			}
		})
	}
	done.Wait()
	if took != 1 {
		t.Errorf("%d people have it now", took)
	}
}
