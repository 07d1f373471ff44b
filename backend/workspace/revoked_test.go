package workspace_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// handshake asks for a socket's address with whatever credentials.
func (d *door) handshake(t *testing.T, h header) string {
	t.Helper()
	got := d.ask(t, http.MethodGet, "/socket.io/1/", "", h)
	sid, _, ok := strings.Cut(got.body, ":")
	if got.StatusCode != http.StatusOK || !ok {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	return d.URL + "/socket.io/1/websocket/" + sid
}

// listen opens a socket. The channel is closed when the server ends it.
func (d *door) listen(t *testing.T, h header) <-chan struct{} {
	t.Helper()
	ws, _, err := websocket.Dial(t.Context(), d.handshake(t, h), nil) //nolint:bodyclose // a websocket has none
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			if _, _, err := ws.Read(context.Background()); err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() { _ = ws.CloseNow() }) // most often it is closed by now
	return ended
}

// TestWhatIsTakenAwayEndsWithinASecond: on HTTP and on sockets, and what is not taken away stays.
func TestWhatIsTakenAwayEndsWithinASecond(t *testing.T) {
	for name, take := range map[string]func(t *testing.T, d *door, mine, other string) (ends, stays []header){
		"a changed password": func(t *testing.T, d *door, mine, other string) (ends, stays []header) {
			got := d.does(t, bearer(mine), map[string]any{
				"action": "reset_remote", "reset_type": "password", "entity_type": "User", "entity_key": personOf("maya"),
				"entity_data": map[string]any{"old_password": userOf(t, d.Server, "maya").Password, "new_password": "correct horse battery"},
			})
			if got.StatusCode != http.StatusOK {
				t.Fatal(got.body)
			}
			return []header{bearer(other)}, []header{bearer(mine)}
		},
		"signing out of the others": func(t *testing.T, d *door, mine, other string) (ends, stays []header) {
			if got := d.ask(t, http.MethodDelete, "/session/others", "", bearer(mine)); got.StatusCode != http.StatusNoContent {
				t.Fatal(got.body)
			}
			return []header{bearer(other)}, []header{bearer(mine)}
		},
		"signing out": func(t *testing.T, d *door, mine, other string) (ends, stays []header) {
			if got := d.ask(t, http.MethodDelete, "/session", "", bearer(mine)); got.StatusCode != http.StatusNoContent {
				t.Fatal(got.body)
			}
			return []header{bearer(mine)}, []header{bearer(other)}
		},
		"a reset key": func(t *testing.T, d *door, mine, other string) (ends, stays []header) {
			got := d.does(t, bearer(mine), map[string]any{"action": "reset_remote", "reset_type": "api_key", "entity_type": "User", "entity_key": personOf("maya")})
			if got.StatusCode != http.StatusOK {
				t.Fatal(got.body)
			}
			return []header{byKey("maya", userOf(t, d.Server, "maya").APIKey)}, []header{bearer(mine), bearer(other)}
		},
		"a deactivated person": func(t *testing.T, d *door, mine, other string) (ends, stays []header) {
			got := d.does(t, byKey("ines", userOf(t, d.Server, "ines").APIKey), map[string]any{
				"action": "update", "entity_type": "User", "entity_key": personOf("maya"), "entity_data": map[string]any{"__entity_type__": "User", "is_active": false},
			})
			if got.StatusCode != http.StatusOK {
				t.Fatal(got.body)
			}
			return []header{bearer(mine), bearer(other), byKey("maya", userOf(t, d.Server, "maya").APIKey)}, nil
		},
		"a second factor wanted of everybody": func(t *testing.T, d *door, mine, other string) (ends, stays []header) {
			d.enforce(t, d.signIn(t, "ines", "", http.StatusOK), true)
			return []header{bearer(mine), bearer(other), byKey("maya", userOf(t, d.Server, "maya").APIKey)}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := openDoors(t)
			mine, other := d.signIn(t, "maya", "", http.StatusOK), d.signIn(t, "maya", "", http.StatusOK)
			all := []header{bearer(mine), bearer(other), byKey("maya", userOf(t, d.Server, "maya").APIKey), byKey("tomas", userOf(t, d.Server, "tomas").APIKey)}
			sockets := make([]<-chan struct{}, len(all))
			tickets := make([]string, len(all))
			for i, h := range all {
				sockets[i], tickets[i] = d.listen(t, h), d.handshake(t, h)
			}
			ends, stays := take(t, d, mine, other)
			soon := time.After(time.Second)
			open := func(h header) bool {
				return !shut(d.does(t, h, map[string]any{"action": "query", "expression": "select id from Task limit 1"}))
			}
			for i, h := range all {
				switch {
				case contains(ends, h):
					if open(h) {
						t.Errorf("credential %d still opens", i)
					}
					select {
					case <-sockets[i]:
					case <-soon:
						t.Errorf("the socket of credential %d stays", i)
					}
					if ws, _, err := websocket.Dial(t.Context(), tickets[i], nil); err == nil { //nolint:bodyclose // a websocket has none
						_ = ws.CloseNow()
						t.Errorf("an earlier handshake of credential %d opens a socket", i)
					}
				case contains(stays, h):
					select {
					case <-sockets[i]:
						t.Errorf("the socket of credential %d ended", i)
					default:
					}
					if !open(h) {
						t.Errorf("credential %d does not open any more", i)
					}
				}
			}
		})
	}
}

func contains(list []header, h header) bool {
	for _, one := range list {
		if one["Authorization"] == h["Authorization"] && one["ftrack-api-key"] == h["ftrack-api-key"] {
			return true
		}
	}
	return false
}
