package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/api"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/media"
	"github.com/callboard/callboard/backend/workspace/schema"
	"github.com/callboard/callboard/backend/workspace/store"
)

const (
	password = "correct horse"
	picture  = "0c1f1d3a-8a5c-4f0e-9a54-0d6c1f4e9b01"
	hidden   = "0c1f1d3a-8a5c-4f0e-9a54-0d6c1f4e9b02"
)

// tracker answers what the tests ask for and remembers who asked.
type tracker struct{ caller api.Caller }

func (k *tracker) Do(_ context.Context, caller api.Caller, ops []wire.Operation, _ wire.Mode) ([]any, error) {
	k.caller = caller
	results := make([]any, len(ops))
	for i, op := range ops {
		switch {
		case op.Action == "panic":
			panic("oh")
		case op.Action != "query":
			return nil, wire.UnknownAction(op.Action)
		case strings.Contains(op.Expression, hidden):
			results[i] = wire.PageOf([]wire.Entity{}, nil)
		default:
			results[i] = wire.PageOf([]wire.Entity{{Type: "Component", Key: []string{"id"}, Values: map[string]any{"id": picture}}}, nil)
		}
	}
	return results, nil
}

// MayStore lets everybody store what is not hidden.
func (k *tracker) MayStore(_ context.Context, _ api.Caller, id domain.ComponentID) error {
	if id == hidden {
		return domain.Errorf(domain.NotFound, "there is no such Component")
	}
	return nil
}

// door is the api on a real store, with its log.
type door struct {
	*httptest.Server
	tracker *tracker
	key     string
	log     *bytes.Buffer
}

func newDoor(t testing.TB) *door {
	t.Helper()
	st, err := store.Open(t.Context(), store.Config{Path: filepath.Join(t.TempDir(), "w.db")})
	if err != nil {
		t.Fatal(err)
	}
	gate := auth.New(auth.Config{Store: st, Keys: auth.NewKeys()})
	user, _ := schema.ByName("User")
	err = st.Write(t.Context(), func(tx *store.Tx) error {
		return tx.Insert(t.Context(), user, map[string]any{"id": "u1", "resource_type": "user", "username": "maya", "first_name": "Maya", "is_active": true})
	})
	if err == nil {
		err = gate.SetPassword(t.Context(), "u1", password, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	d := &door{tracker: &tracker{}, log: &bytes.Buffer{}}
	if d.key, err = gate.CreateKey(t.Context(), "u1", "test"); err != nil {
		t.Fatal(err)
	}
	files := media.New(media.Config{Dir: t.TempDir()})
	for _, id := range []domain.ComponentID{picture, hidden} {
		var content bytes.Buffer
		if err := png.Encode(&content, image.NewGray(image.Rect(0, 0, 8, 8))); err != nil {
			t.Fatal(err)
		}
		if err := files.Put(t.Context(), id, &content); err != nil {
			t.Fatal(err)
		}
	}
	log := slog.New(slog.NewTextHandler(d.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	mux := http.NewServeMux()
	api.Register(mux, api.Config{Gate: gate, Tracker: d.tracker, Files: files, Name: "Aurora", Version: "1.2.3", Epoch: func() string { return "e1" }, Horizon: func(_ context.Context, user domain.UserID) (int64, error) { return int64(len(user)), nil }, Log: log})
	d.Server = httptest.NewServer(mux)
	t.Cleanup(func() {
		d.Close()
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

type headers map[string]string

// answered is an answer without its body, which is read already.
type answered struct {
	StatusCode int
	Header     http.Header
}

func (d *door) ask(t testing.TB, method, path, body string, h headers) (answered, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, d.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range h {
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answered{answer.StatusCode, answer.Header}, string(text)
}

func (d *door) keyed(more headers) headers {
	h := headers{"ftrack-user": "maya", "ftrack-api-key": d.key}
	for name, value := range more {
		h[name] = value
	}
	return h
}

func TestAClientStartsWithOneCall(t *testing.T) {
	d := newDoor(t)
	answer, body := d.ask(t, http.MethodPost, "/api", `[{"action":"query_server_information"},{"action":"query"},{"action":"query_schemas"}]`,
		d.keyed(headers{"ftrack-pushtoken": "undefined", "ftrack-Clienttoken": "mine"}))
	var got []json.RawMessage
	var info struct {
		Version   string
		Hash      string         `json:"schema_hash"`
		User      map[string]any `json:"user_information"`
		Company   map[string]any `json:"company_information"`
		Callboard struct {
			Epoch   string
			Horizon int64
		}
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil || len(got) != 3 || answer.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", answer.StatusCode, body)
	}
	if err := json.Unmarshal(got[0], &info); err != nil {
		t.Fatal(err)
	}
	if info.Version != api.Protocol || info.Hash != schema.Hash() || info.User["id"] != "u1" || info.Company["name"] != "Aurora" || info.Callboard.Epoch != "e1" || info.Callboard.Horizon != 2 {
		t.Errorf("%+v", info)
	}
	if !strings.HasPrefix(string(got[1]), `{"action":"query"`) || !strings.HasPrefix(string(got[2]), `[{`) {
		t.Errorf("the answers are not in order: %.80s, %.80s", got[1], got[2])
	}
	want := api.Caller{UserID: "u1", Username: "maya", ClientToken: "mine", Address: "127.0.0.1"}
	if d.tracker.caller != want {
		t.Errorf("%+v", d.tracker.caller)
	}
}

func TestFailuresTakeTheProtocolsForm(t *testing.T) {
	d := newDoor(t)
	for name, c := range map[string]struct {
		body   string
		h      headers
		name   string
		status int // in strict mode
	}{
		"no credentials":  {`[]`, nil, "InvalidCredentialsError", http.StatusUnauthorized},
		"a wrong key":     {`[]`, headers{"ftrack-user": "maya", "ftrack-api-key": auth.NewKey()}, "InvalidCredentialsError", http.StatusUnauthorized},
		"no JSON":         {`[{]`, d.keyed(nil), "ValidationError", http.StatusBadRequest},
		"unknown action":  {`[{"action":"invent"}]`, d.keyed(nil), "Invalid action u'invent'", http.StatusBadRequest},
		"a panic of ours": {`[{"action":"panic"}]`, d.keyed(nil), "InternalError", http.StatusInternalServerError},
	} {
		for _, option := range []headers{{}, {"ftrack-strict-api": "true"}, {"ftrack-api-options": "strict:1;denormalize:1"}, {"ftrack-api-options": "denormalize=1;strict=True"}} {
			h := headers{}
			for _, from := range []headers{c.h, option} {
				for key, value := range from {
					h[key] = value
				}
			}
			want := http.StatusOK
			if len(option) > 0 || c.status == http.StatusInternalServerError {
				want = c.status
			}
			answer, body := d.ask(t, http.MethodPost, "/api", c.body, h)
			if answer.StatusCode != want || !strings.Contains(body, c.name) || !strings.Contains(body, `"error_code"`) {
				t.Errorf("%s %v: %d %s, want %d", name, option, answer.StatusCode, body, want)
			}
		}
	}
}

func TestATooLargeBodyIsRefused(t *testing.T) {
	d := newDoor(t)
	answer, body := d.ask(t, http.MethodPost, "/api", "["+strings.Repeat(" ", 11<<20)+"]", d.keyed(nil))
	if answer.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(body, "ValidationError") {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
}

func TestASessionIsOpenedUsedAndClosed(t *testing.T) {
	d := newDoor(t)
	answer, body := d.ask(t, http.MethodPost, "/session", `{"username":"maya","password":"`+password+`","code":"","device":"tower"}`, headers{"Content-Type": "application/json; charset=utf-8"})
	var got struct {
		Token       string         `json:"token"`
		DeviceToken string         `json:"device_token"`
		User        map[string]any `json:"user"`
		ExpiresAt   string         `json:"expires_at"`
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil || answer.StatusCode != http.StatusOK || got.DeviceToken == "" || got.User["id"] != "u1" || got.ExpiresAt == "" {
		t.Fatalf("%d %s", answer.StatusCode, body)
	}
	bearer := headers{"Authorization": "Bearer " + got.Token, "ftrack-strict-api": "true"}
	if answer, body := d.ask(t, http.MethodPost, "/api", `[]`, bearer); answer.StatusCode != http.StatusOK || body != "[]" {
		t.Errorf("%d %s", answer.StatusCode, body)
	}
	if answer, _ := d.ask(t, http.MethodDelete, "/session", "", bearer); answer.StatusCode != http.StatusNoContent {
		t.Errorf("signing out: %d", answer.StatusCode)
	}
	if answer, _ := d.ask(t, http.MethodPost, "/api", `[]`, bearer); answer.StatusCode != http.StatusUnauthorized {
		t.Errorf("after signing out: %d", answer.StatusCode)
	}
}

func TestSignInRefusesInItsOwnForm(t *testing.T) {
	d := newDoor(t)
	sent := headers{"Content-Type": "application/json"}
	wrong := `{"username":"maya","password":"wrong word"}`
	for _, c := range []struct {
		name, body string
		h          headers
		status     int
		says       string
	}{
		{"a form", "username=maya", headers{"Content-Type": "application/x-www-form-urlencoded"}, http.StatusUnsupportedMediaType, "unsupported_media_type"},
		{"no JSON", "{", sent, http.StatusBadRequest, "invalid"},
		{"another site's page", wrong, headers{"Content-Type": "application/json", "Origin": "https://evil.example"}, http.StatusForbidden, ""},
		{"a wrong password", wrong, sent, http.StatusUnauthorized, `"code":"invalid_credentials"`},
		{"too much", `{"username":"` + strings.Repeat("x", 20<<10) + `"}`, sent, http.StatusRequestEntityTooLarge, "invalid"},
	} {
		answer, body := d.ask(t, http.MethodPost, "/session", c.body, c.h)
		if answer.StatusCode != c.status || !strings.Contains(body, c.says) {
			t.Errorf("%s: %d %s", c.name, answer.StatusCode, body)
		}
	}
	for range 4 {
		d.ask(t, http.MethodPost, "/session", wrong, sent)
	}
	answer, body := d.ask(t, http.MethodPost, "/session", wrong, sent)
	if answer.StatusCode != http.StatusTooManyRequests || answer.Header.Get("Retry-After") == "" {
		t.Errorf("the sixth: %d %s", answer.StatusCode, body)
	}
}

func TestPicturesAreServedToThoseWhoMaySeeThem(t *testing.T) {
	d := newDoor(t)
	mine := "&username=maya&apiKey=" + d.key
	for query, want := range map[string]int{
		"thumbnail?size=100&id=" + picture + mine: http.StatusOK,
		"get?id=" + picture + mine:                http.StatusOK,
		"get?id=" + hidden + mine:                 http.StatusNotFound,
		"get?id=" + picture:                       http.StatusUnauthorized,
		"get?id=../../etc/passwd" + mine:          http.StatusBadRequest,
		"thumbnail?size=-1&id=" + picture + mine:  http.StatusBadRequest,
	} {
		answer, _ := d.ask(t, http.MethodGet, "/component/"+query, "", nil)
		if answer.StatusCode != want {
			t.Errorf("%s: %d, want %d", query, answer.StatusCode, want)
		}
		if want == http.StatusOK && (answer.Header.Get("Content-Type") != "image/png" || answer.Header.Get("X-Content-Type-Options") != "nosniff") {
			t.Errorf("%s: %v", query, answer.Header)
		}
	}
	if strings.Contains(d.log.String(), d.key) || !strings.Contains(d.log.String(), "/component/thumbnail") {
		t.Errorf("the log: %s", d.log)
	}
}

func TestPagesOfOtherOriginsMayUseTheApiButNotSignIn(t *testing.T) {
	d := newDoor(t)
	from := headers{"Origin": "https://studio.example", "Access-Control-Request-Method": "POST"}
	if answer, _ := d.ask(t, http.MethodOptions, "/api", "", from); answer.Header.Get("Access-Control-Allow-Origin") != "https://studio.example" ||
		!strings.Contains(answer.Header.Get("Access-Control-Allow-Headers"), "ftrack-api-key") {
		t.Errorf("%d %v", answer.StatusCode, answer.Header)
	}
	if answer, _ := d.ask(t, http.MethodOptions, "/session", "", from); answer.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Errorf("%v", answer.Header)
	}
}
