package workspace_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/api"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/demo"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// level is who a door is open to.
type level int

const (
	public level = iota // to everybody, and to all alike
	ticket              // to who has an address that was signed for it
	whole               // to who may do everything: by session or API key, their second factor set up where it must be
	enrol               // to any session, that of somebody who may only enrol included
	signed              // to a session whose person may do everything
	some                // to the whole, and to a session of somebody who may only enrol
)

// routeLevels are all addresses of a workspace. A new one stands here, or the test fails.
var routeLevels = map[string]level{
	"POST /api": whole, "OPTIONS /api": public,
	"POST /session": public, "POST /session/forgot": public,
	"GET /session": enrol, "DELETE /session": enrol, "POST /session/confirm": enrol, "DELETE /session/others": enrol,
	"GET /component/get": whole, "OPTIONS /component/get": public,
	"GET /component/thumbnail": whole, "OPTIONS /component/thumbnail": public,
	"GET /component/remove": whole, "GET /img/thumbnail2.png": public,
	"PUT /upload": ticket, "OPTIONS /upload": public,
	"GET /metrics":         whole,
	"GET /socket.io/1/{$}": whole, "GET /socket.io/1/websocket/{sid}": ticket,
	"GET /{$}": public, "GET /user/api_credentials": public, "POST /user/api_credentials": public,
	"GET /forgot": public, "POST /forgot": public, "GET /reset": public, "POST /reset": public,
	"GET /open/{type}/{id}": public, "GET /player/version/{id}": public, "GET /healthz": public, "GET /readyz": public,
}

// operationLevels are all operations of POST /api.
var operationLevels = map[string]level{
	"query": whole, "search": whole, "permissions": whole, "notification_defaults": whole, "generate_signed_url": whole,
	"create": whole, "update": whole, "delete": whole,
	"get_upload_metadata": whole, "complete_multipart_upload": whole, "encode_media": whole,
	"send_user_invite": whole, "send_password_reset": whole, "send_review_session_invite": whole,
	"reset_remote": whole, "delayed_job": whole, "get_widget_url": whole,
	"query_server_information": some, "query_schemas": whole,
	"generate_totp": enrol, "configure_totp": enrol, "configure_otp": enrol,
	"disable_2fa": signed, "reset_second_factor": signed, "reset_remote password": signed,
}

// state is what a credential is worth.
type state int

const (
	nothing state = iota
	session
	key
	enrolSession // of somebody who must set up a second factor first
	enrolKey
)

func (l level) opensTo(s state) bool {
	switch l {
	case whole:
		return s == session || s == key
	case enrol:
		return s == session || s == enrolSession
	case signed:
		return s == session
	case some:
		return s == session || s == key || s == enrolSession
	default:
		return false
	}
}

// routes reads the addresses of the workspace from the code that registers them.
func routes(t *testing.T) []string {
	t.Helper()
	pattern := regexp.MustCompile(`^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /`)
	found := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil && pattern.MatchString(text) {
					found[text] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(found))
}

// door is a workspace with people in every state, and a clock to turn.
type door struct {
	*workspace.Server
	ahead atomic.Int64 // of the real clock
}

func openDoors(t *testing.T) *door {
	t.Helper()
	d := &door{}
	dir := t.TempDir()
	fillFromTemplate(t, dir)
	d.Server = startWith(t, workspace.Config{DataDir: dir, Demo: &demo.Config{Quiet: true}, Clock: d.now})
	return d
}

func (d *door) now() time.Time { return time.Now().Add(time.Duration(d.ahead.Load())) }

func (d *door) later(by time.Duration) { d.ahead.Add(int64(by)) }

type header map[string]string

func bearer(token string) header { return header{"Authorization": "Bearer " + token} }

func byKey(username, key string) header {
	return header{"ftrack-user": username, "ftrack-api-key": key}
}

func (d *door) ask(t *testing.T, method, path, body string, h header) reply {
	t.Helper()
	sent := maps.Clone(h)
	if sent == nil {
		sent = header{}
	}
	if sent["Content-Type"] == "" {
		sent["Content-Type"] = "application/json"
	}
	return fetch(t, method, d.URL+path, body, sent)
}

// does sends one operation in strict mode.
func (d *door) does(t *testing.T, h header, operation map[string]any) reply {
	t.Helper()
	body, err := json.Marshal([]any{operation})
	if err != nil {
		t.Fatal(err)
	}
	sent := maps.Clone(h)
	if sent == nil {
		sent = header{}
	}
	sent["ftrack-strict-api"] = "true"
	return d.ask(t, http.MethodPost, "/api", string(body), sent)
}

// signIn gives a token. want is the status that the server answers with.
func (d *door) signIn(t *testing.T, username, code string, want int) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"username": username, "password": userOf(t, d.Server, username).Password, "code": code, "device": "test"})
	if err != nil {
		t.Fatal(err)
	}
	got := d.ask(t, http.MethodPost, "/session", string(body), nil)
	var said struct {
		Token string `json:"token"`
	}
	if err := json.Unmarshal([]byte(got.body), &said); err != nil || got.StatusCode != want {
		t.Fatalf("%s: %d %s", username, got.StatusCode, got.body)
	}
	return said.Token
}

// enrol sets up a second factor within a session and gives its secret.
func (d *door) enrol(t *testing.T, token string) string {
	t.Helper()
	var made []struct {
		Data struct {
			Secret string `json:"secret"`
		} `json:"data"`
	}
	got := d.does(t, bearer(token), map[string]any{"action": "generate_totp"})
	if err := json.Unmarshal([]byte(got.body), &made); err != nil || len(made) != 1 {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	secret := made[0].Data.Secret
	if got := d.does(t, bearer(token), map[string]any{"action": "configure_totp", "secret": secret, "code": d.code(t, secret)}); got.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	return secret
}

// code is the next code of an authenticator that was not used.
func (d *door) code(t *testing.T, secret string) string {
	t.Helper()
	d.later(30 * time.Second)
	code, err := totp.GenerateCode(secret, d.now())
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// enforce has an administrator want two-factor authentication of everybody.
func (d *door) enforce(t *testing.T, admin string, on bool) {
	t.Helper()
	got := d.does(t, bearer(admin), map[string]any{
		"action": "create", "entity_type": "WorkspaceSetting", "entity_data": map[string]any{"__entity_type__": "WorkspaceSetting", "name": "enforce_two_factor", "value": on},
	})
	if got.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
}

// credential is something to show at a door, and what it is worth.
type credential struct {
	name  string
	worth state
	show  header
	// again makes another of its kind, for doors that use one up; nil where there is none.
	again func() header
}

// shut says whether an answer turns the credential away, and not what was asked for.
func shut(r reply) bool {
	if r.StatusCode == http.StatusUnauthorized {
		return true
	}
	return r.StatusCode == http.StatusForbidden && (strings.Contains(r.body, "enrolment_required") || strings.Contains(r.body, "session_required") || !strings.HasPrefix(r.body, "{"))
}

// TestEveryDoorIsOpenToWhomItSays walks all addresses and all operations with every credential in every state
// of the second factor.
func TestEveryDoorIsOpenToWhomItSays(t *testing.T) {
	d := openDoors(t)
	known := routes(t)
	if want := slices.Sorted(maps.Keys(routeLevels)); !slices.Equal(known, want) {
		t.Fatalf("the addresses are\n%q\nand in the table stand\n%q", known, want)
	}
	if got, want := slices.Sorted(slices.Values(slices.Concat(tracker.Operations(), api.Operations()))), slices.Sorted(maps.Keys(operationLevels)); !slices.Equal(got, want) {
		t.Fatalf("the operations are\n%q\nand in the table stand\n%q", got, want)
	}

	const plain, factored, gone, admin = "maya", "tomas", "kenji", "ines"
	secret := d.enrol(t, d.signIn(t, factored, "", http.StatusOK))
	adminSecret := d.enrol(t, d.signIn(t, admin, "", http.StatusOK))
	in := func(username, secret string, want int) header {
		code := ""
		if secret != "" {
			code = d.code(t, secret)
		}
		return bearer(d.signIn(t, username, code, want))
	}
	administrator := d.signIn(t, admin, d.code(t, adminSecret), http.StatusOK)
	goneSession := in(gone, "", http.StatusOK)
	if got := d.does(t, bearer(administrator), map[string]any{
		"action": "update", "entity_type": "User", "entity_key": []string{personOf(gone)}, "entity_data": map[string]any{"__entity_type__": "User", "is_active": false},
	}); got.StatusCode != http.StatusOK {
		t.Fatal(got.body)
	}
	ended := in(plain, "", http.StatusOK)
	if got := d.ask(t, http.MethodDelete, "/session", "", ended); got.StatusCode != http.StatusNoContent {
		t.Fatal(got.body)
	}
	of := func(username string) header { return byKey(username, userOf(t, d.Server, username).APIKey) }
	plainSession := in(plain, "", http.StatusOK)
	token := strings.TrimPrefix(plainSession["Authorization"], "Bearer ")

	creds := []credential{
		{name: "nothing"},
		{name: "a token that was made up", show: bearer("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")},
		{name: "half a token", show: bearer(token[:20])},
		{name: "a token without its end", show: bearer(token[:len(token)-1])},
		{name: "a key that was made up", show: byKey(plain, auth.NewKey())},
		{name: "another's key", show: byKey(plain, userOf(t, d.Server, factored).APIKey)},
		{name: "a key as a token", show: bearer(userOf(t, d.Server, plain).APIKey)},
		{name: "a token as a key", show: byKey(plain, token)},
		{name: "a session that ended", show: ended},
		{name: "the session of somebody deactivated", show: goneSession},
		{name: "the key of somebody deactivated", show: of(gone)},
		{name: "a session", worth: session, show: plainSession, again: func() header { return in(plain, "", http.StatusOK) }},
		{name: "a key", worth: key, show: of(plain)},
		{name: "a session with a second factor", worth: session, show: in(factored, secret, http.StatusOK), again: func() header { return in(factored, secret, http.StatusOK) }},
		{name: "a key of somebody with a second factor", worth: key, show: of(factored)},
	}
	d.walk(t, creds)

	d.enforce(t, d.signIn(t, admin, d.code(t, adminSecret), http.StatusOK), true)
	for i := range creds {
		switch creds[i].name {
		case "a session":
			creds[i].worth, creds[i].again = enrolSession, func() header { return in(plain, "", http.StatusForbidden) }
		case "a key":
			creds[i].worth = enrolKey
		}
		creds[i].name += ", where a second factor is wanted of everybody"
	}
	creds = append(creds, credential{name: "the session of a sign-in that must enrol", worth: enrolSession, show: in(plain, "", http.StatusForbidden), again: func() header { return in(plain, "", http.StatusForbidden) }})
	d.walk(t, creds)
}

// personOf is the id of one of the demo's people.
func personOf(username string) string {
	for _, person := range demo.People {
		if person.Username == username {
			return string(person.ID())
		}
	}
	return ""
}

// walk tries every credential at every door.
func (d *door) walk(t *testing.T, creds []credential) {
	t.Helper()
	path := strings.NewReplacer("{$}", "", "{type}", "task", "{id}", "x", "{sid}", "bogus.seal")
	for _, route := range slices.Sorted(maps.Keys(routeLevels)) {
		level := routeLevels[route]
		method, address, _ := strings.Cut(route, " ")
		address = path.Replace(address)
		body := "{}"
		switch route {
		case "POST /api":
			body = "[]"
		case "GET /component/get", "GET /component/thumbnail", "GET /component/remove":
			address += "?id=0c1f1d3a-8a5c-4f0e-9a54-0d6c1f4e9b01"
		}
		usesUp := strings.HasPrefix(route, "DELETE /session")
		first := d.ask(t, method, address, body, nil)
		for i, c := range creds {
			show := maps.Clone(c.show)
			switch {
			case usesUp && c.again != nil:
				show = c.again()
			case route == "GET /metrics": // on this computer it is open to everybody, but not through a proxy
				show = withHeader(show, "Via", "proxy")
			case route == "POST /api":
				show = withHeader(show, "ftrack-strict-api", "true")
			case route == "POST /session": // one name would be paused
				body = fmt.Sprintf(`{"username": "nobody %d"}`, i)
			}
			got := d.ask(t, method, address, body, show)
			switch {
			case level == public && got.StatusCode != first.StatusCode:
				t.Errorf("%s with %s: %d, and %d with nothing", route, c.name, got.StatusCode, first.StatusCode)
			case level == ticket && got.StatusCode < 300:
				t.Errorf("%s with %s: %d", route, c.name, got.StatusCode)
			case route == "GET /metrics" && level.opensTo(c.worth): // of those administrators alone
				if got.StatusCode != http.StatusForbidden {
					t.Errorf("%s with %s: %d", route, c.name, got.StatusCode)
				}
			case level > ticket && shut(got) == level.opensTo(c.worth):
				t.Errorf("%s with %s: %d %.200s", route, c.name, got.StatusCode, got.body)
			}
		}
		for i, c := range creds {
			if usesUp && c.again != nil {
				creds[i].show = c.again()
			}
		}
	}
	for _, action := range slices.Sorted(maps.Keys(operationLevels)) {
		operation := map[string]any{"action": action}
		if name, kind, ok := strings.Cut(action, " "); ok {
			operation = map[string]any{"action": name, "reset_type": kind, "entity_type": "User"}
		}
		for _, c := range creds {
			if got := d.does(t, c.show, operation); shut(got) == operationLevels[action].opensTo(c.worth) {
				t.Errorf("%s with %s: %d %.200s", action, c.name, got.StatusCode, got.body)
			}
		}
	}
}

func withHeader(h header, name, value string) header {
	if h == nil {
		h = header{}
	}
	h[name] = value
	return h
}

func TestSomebodyWhoMustEnrolCanDoThatAndIsInAtOnce(t *testing.T) {
	d := openDoors(t)
	adminSecret := d.enrol(t, d.signIn(t, "ines", "", http.StatusOK))
	d.enforce(t, d.signIn(t, "ines", d.code(t, adminSecret), http.StatusOK), true)
	token := d.signIn(t, "maya", "", http.StatusForbidden)

	var account struct {
		Enrol    bool `json:"enrolment_required"`
		Enforced bool `json:"second_factor_enforced"`
		On       bool `json:"second_factor"`
		Left     int  `json:"backup_codes_left"`
		User     struct {
			Username string `json:"username"`
		} `json:"user"`
	}
	look := func() {
		t.Helper()
		if got := d.ask(t, http.MethodGet, "/session", "", bearer(token)); got.StatusCode != http.StatusOK || json.Unmarshal([]byte(got.body), &account) != nil {
			t.Fatalf("%d %s", got.StatusCode, got.body)
		}
	}
	if look(); !account.Enrol || !account.Enforced || account.On || account.User.Username != "maya" {
		t.Errorf("%+v", account)
	}
	if got := d.does(t, bearer(token), map[string]any{"action": "query", "expression": "select id from Task"}); !strings.Contains(got.body, "enrolment_required") {
		t.Errorf("a query: %s", got.body)
	}
	secret := d.enrol(t, token)
	if look(); account.Enrol || !account.On {
		t.Errorf("%+v", account)
	}
	if got := d.does(t, bearer(token), map[string]any{"action": "query", "expression": "select id from Task limit 1"}); got.StatusCode != http.StatusOK {
		t.Errorf("a query: %d %s", got.StatusCode, got.body)
	}
	var made []struct {
		Data struct {
			Codes []string `json:"codes"`
		} `json:"data"`
	}
	got := d.does(t, bearer(token), map[string]any{"action": "configure_otp", "code": d.code(t, secret)})
	if err := json.Unmarshal([]byte(got.body), &made); err != nil || len(made) != 1 || len(made[0].Data.Codes) != 10 {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if look(); account.Left != 10 {
		t.Errorf("%+v", account)
	}
	d.signIn(t, "maya", made[0].Data.Codes[0], http.StatusOK)
	if look(); account.Left != 9 {
		t.Errorf("%+v", account)
	}
	if got := d.does(t, bearer(token), map[string]any{"action": "disable_2fa", "code": made[0].Data.Codes[1]}); got.StatusCode != http.StatusOK {
		t.Errorf("disabling: %d %s", got.StatusCode, got.body)
	}
	if look(); !account.Enrol || account.On || account.Left != 0 {
		t.Errorf("%+v", account)
	}
}

// TestAnAccountOperationComesAlone: its wrong tries count whatever becomes of the rest.
func TestAnAccountOperationComesAlone(t *testing.T) {
	d := openDoors(t)
	token := d.signIn(t, "maya", "", http.StatusOK)
	body := `[{"action":"generate_totp"},{"action":"query","expression":"select id from Task limit 1"}]`
	if got := d.ask(t, http.MethodPost, "/api", body, withHeader(bearer(token), "ftrack-strict-api", "true")); got.StatusCode != http.StatusBadRequest {
		t.Errorf("%d %s", got.StatusCode, got.body)
	}
}

func TestAPasswordIsChangedInOnesOwnSession(t *testing.T) {
	d := openDoors(t)
	token := d.signIn(t, "maya", "", http.StatusOK)
	old := userOf(t, d.Server, "maya").Password
	change := func(h header, id, old, new string) reply {
		return d.does(t, h, map[string]any{
			"action": "reset_remote", "reset_type": "password", "entity_type": "User", "entity_key": id,
			"entity_data": map[string]any{"old_password": old, "new_password": new},
		})
	}
	for name, c := range map[string]struct {
		h            header
		id, old, new string
		status       int
		reason       string
	}{
		"a wrong old one": {bearer(token), personOf("maya"), "wrong word", "correct horse battery", http.StatusForbidden, "wrong_password"},
		"a short one":     {bearer(token), personOf("maya"), old, "short", http.StatusBadRequest, "password_length"},
		"a common one":    {bearer(token), personOf("maya"), old, "password1", http.StatusBadRequest, "password_common"},
		"her own name":    {bearer(token), personOf("maya"), old, "maya-maya-1", http.StatusBadRequest, "password_context"},
		"a megabyte":      {bearer(token), personOf("maya"), old, strings.Repeat("x", 1<<20), http.StatusBadRequest, "password_length"},
		"another's":       {bearer(token), personOf("tomas"), old, "correct horse battery", http.StatusForbidden, ""},
		"with an API key": {byKey("maya", userOf(t, d.Server, "maya").APIKey), personOf("maya"), old, "correct horse battery", http.StatusForbidden, "session_required"},
	} {
		if got := change(c.h, c.id, c.old, c.new); got.StatusCode != c.status || !strings.Contains(got.body, c.reason) {
			t.Errorf("%s: %d %.300s", name, got.StatusCode, got.body)
		}
	}
	emoji := strings.Repeat("🦊", 256)
	other := d.signIn(t, "maya", "", http.StatusOK)
	if got := change(bearer(token), personOf("maya"), old, emoji); got.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
	if got := d.ask(t, http.MethodGet, "/session", "", bearer(other)); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("another session: %d", got.StatusCode)
	}
	if got := d.ask(t, http.MethodGet, "/session", "", bearer(token)); got.StatusCode != http.StatusOK {
		t.Errorf("the session itself: %d", got.StatusCode)
	}
	for word, want := range map[string]int{old: http.StatusUnauthorized, emoji: http.StatusOK} {
		signIn(t, d.Server, "maya", word, want)
	}
	signIn(t, d.Server, "MAYA@nowhere.example", emoji, http.StatusUnauthorized)
}

func TestAMailAddressSignsInAsWell(t *testing.T) {
	d := openDoors(t)
	found := rows(t, d.Server, "maya", fmt.Sprintf("select email from User where id is %q", personOf("maya")))[0].(map[string]any)
	address, _ := found["email"].(string)
	if address == "" {
		t.Fatal("the demo's people have no addresses")
	}
	signIn(t, d.Server, strings.ToUpper(address), userOf(t, d.Server, "maya").Password, http.StatusOK)
}
