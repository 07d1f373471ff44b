package workspace_test

import (
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

const serverLocation = "3a372bde-05bc-11e4-8908-20c9d081909b"

// reply is an answer with its body, which is read already.
type reply struct {
	*http.Response
	body string
}

// fetch sends a request without any credentials but those in the address and header.
func fetch(t *testing.T, method, address, body string, header map[string]string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range header {
		request.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(request)
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
	return reply{answer, string(text)}
}

// announced asks for the address of an upload, as the Python client does: before it makes the component.
func announced(t *testing.T, server *workspace.Server, who, component, content string) (address string, headers map[string]string) {
	t.Helper()
	sum := md5.Sum([]byte(content))
	answer := call(t, server, who, fmt.Sprintf(`[{"action": "get_upload_metadata", "component_id": %q, "file_name": "plate.png", "file_size": %d, "checksum": %q}]`,
		component, len(content), base64.StdEncoding.EncodeToString(sum[:])))[0]
	headers = map[string]string{}
	for name, value := range answer["headers"].(map[string]any) {
		headers[name] = value.(string)
	}
	if answer["component_id"] != component || headers["Content-Length"] != fmt.Sprint(len(content)) || headers["Content-Type"] != "image/png" {
		t.Errorf("%v", answer)
	}
	return answer["url"].(string), headers
}

// TestThePythonClientsWayOfStoringAFile sends what ftrack_api sends for session.create_component,
// location.add_component, entity.create_thumbnail and location.remove_component.
func TestThePythonClientsWayOfStoringAFile(t *testing.T) {
	dir := t.TempDir()
	server := start(t, dir, &demo.Config{Quiet: true})
	const who = "maya"
	content := painting(t, 64, 48)
	id := uuid.NewString()
	me := rows(t, server, who, `select id from User where username is "maya"`)[0].(map[string]any)["id"].(string)
	address, headers := announced(t, server, who, id, content)
	if put := fetch(t, http.MethodPut, address, content, headers); put.StatusCode != http.StatusOK || put.Header.Get("ETag") == "" || put.body != "" {
		t.Fatalf("%d %v %s", put.StatusCode, put.Header, put.body)
	}
	call(t, server, who, fmt.Sprintf(`[{"action": "create", "entity_type": "FileComponent", "entity_key": [%[1]q], "entity_data": {"__entity_type__": "FileComponent",
		"id": %[1]q, "name": "thumbnail", "file_type": ".png", "size": %[2]d, "system_type": "file"}}]`, id, len(content)))
	call(t, server, who, fmt.Sprintf(`[{"action": "create", "entity_type": "ComponentLocation", "entity_key": [%[1]q], "entity_data": {"__entity_type__": "ComponentLocation",
		"id": %[1]q, "component_id": %[2]q, "location_id": %[3]q, "resource_identifier": %[2]q}}]`, uuid.NewString(), id, serverLocation))
	call(t, server, who, fmt.Sprintf(`[{"action": "update", "entity_type": "User", "entity_key": [%q], "entity_data": {"__entity_type__": "User", "thumbnail_id": %q}}]`, me, id))

	key := url.Values{"id": {id}, "username": {who}, "apiKey": {userOf(t, server, who).APIKey}}.Encode()
	t.Run("everybody gets it back", func(t *testing.T) {
		if got := fetch(t, http.MethodGet, server.URL+"/component/get?"+key, "", nil); got.body != content || got.Header.Get("Content-Disposition") != "inline; filename=thumbnail.png" {
			t.Errorf("%d %v", got.StatusCode, got.Header)
		}
		if got := fetch(t, http.MethodGet, server.URL+"/component/thumbnail?size=32&"+key, "", nil); got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != "image/png" {
			t.Errorf("%d %v", got.StatusCode, got.Header)
		}
		shown := rows(t, server, "tomas", `select thumbnail_url, thumbnail.component_locations.url from User where username is "maya"`)[0].(map[string]any)
		if at := shown["thumbnail_url"].(map[string]any)["value"].(string); !strings.Contains(at, id) {
			t.Error(at)
		}
	})
	t.Run("in ranges, and not again when nothing changed", func(t *testing.T) {
		whole := fetch(t, http.MethodGet, server.URL+"/component/get?"+key, "", nil)
		tag := whole.Header.Get("ETag")
		for name, c := range map[string]struct {
			method string
			header map[string]string
			status int
			body   string
		}{
			"a range":                    {http.MethodGet, map[string]string{"Range": "bytes=1-3"}, http.StatusPartialContent, "PNG"},
			"its end":                    {http.MethodGet, map[string]string{"Range": "bytes=-4"}, http.StatusPartialContent, content[len(content)-4:]},
			"beyond it":                  {http.MethodGet, map[string]string{"Range": "bytes=999999-"}, http.StatusRequestedRangeNotSatisfiable, "invalid range: failed to overlap\n"},
			"a range of what it was":     {http.MethodGet, map[string]string{"Range": "bytes=1-3", "If-Range": tag}, http.StatusPartialContent, "PNG"},
			"a range of something older": {http.MethodGet, map[string]string{"Range": "bytes=1-3", "If-Range": `"older"`}, http.StatusOK, content},
			"known already":              {http.MethodGet, map[string]string{"If-None-Match": tag}, http.StatusNotModified, ""},
			"only its headers":           {http.MethodHead, nil, http.StatusOK, ""},
		} {
			got := fetch(t, c.method, server.URL+"/component/get?"+key, "", c.header)
			if got.StatusCode != c.status || got.body != c.body {
				t.Errorf("%s: %d %.40q, want %d %.40q", name, got.StatusCode, got.body, c.status, c.body)
			}
		}
	})
	t.Run("by a link without credentials", func(t *testing.T) {
		link := call(t, server, who, fmt.Sprintf(`[{"action": "generate_signed_url", "component_id": %q}]`, id))[0]["signed_url"].(string)
		if got := fetch(t, http.MethodGet, link, "", nil); got.StatusCode != http.StatusOK || got.body != content {
			t.Errorf("%d %.80s", got.StatusCode, got.body)
		}
		if got := fetch(t, http.MethodGet, link+"x", "", nil); got.StatusCode != http.StatusForbidden {
			t.Errorf("altered: %d", got.StatusCode)
		}
	})
	t.Run("a new file takes its place", func(t *testing.T) {
		second := painting(t, 40, 40)
		address, headers := announced(t, server, who, id, second)
		if put := fetch(t, http.MethodPut, address, second, headers); put.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", put.StatusCode, put.body)
		}
		if got := fetch(t, http.MethodGet, server.URL+"/component/get?"+key, "", nil); got.body != second {
			t.Error("the old one is served")
		}
	})
	t.Run("and it is taken away", func(t *testing.T) {
		for range 2 {
			if got := fetch(t, http.MethodGet, server.URL+"/component/remove?"+key, "", nil); got.StatusCode != http.StatusOK {
				t.Errorf("%d %s", got.StatusCode, got.body)
			}
		}
		if got := fetch(t, http.MethodGet, server.URL+"/component/get?"+key, "", nil); got.StatusCode != http.StatusNotFound {
			t.Errorf("%d", got.StatusCode)
		}
	})
	t.Run("the key that signs is its owner's alone", func(t *testing.T) {
		info, err := os.Stat(filepath.Join(dir, "upload.key"))
		if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%v %v", info, err)
		}
	})
}

// TestUploadsAreRefusedWithTheRightStatus shows what a client that errs, or lies, is told.
func TestUploadsAreRefusedWithTheRightStatus(t *testing.T) {
	server := start(t, t.TempDir(), &demo.Config{Quiet: true})
	id := uuid.NewString()
	create := fmt.Sprintf(`{"action": "create", "entity_type": "FileComponent", "entity_data": {"id": %q, "name": "plate"}}`, id)
	ask := func(more string) string {
		return fmt.Sprintf(`{"action": "get_upload_metadata", "component_id": %q, "file_name": "plate.bin"%s}`, id, more)
	}
	// In one request, as the JavaScript client does.
	answer := call(t, server, "maya", "["+create+","+ask(`, "file_size": 6, "parts": null`)+"]")[1]
	address := answer["url"].(string)
	for _, c := range []struct {
		name, address, body string
		status              int
	}{
		{"more than announced", address, "platesplates", http.StatusBadRequest},
		{"altered", strings.Replace(address, "ticket=e", "ticket=f", 1), "plates", http.StatusForbidden},
		{"none", server.URL + "/upload", "plates", http.StatusForbidden},
		{"as it should be", address, "plates", http.StatusOK},
		{"the same again", address, "plates", http.StatusOK},
		{"something else", address, "prints", http.StatusConflict},
	} {
		got := fetch(t, http.MethodPut, c.address, c.body, map[string]string{"Origin": "https://studio.example"})
		if got.StatusCode != c.status || c.status != http.StatusOK && !strings.Contains(got.body, `"message":"`) {
			t.Errorf("%s: %d %s, want %d", c.name, got.StatusCode, got.body, c.status)
		}
		if got.Header.Get("Access-Control-Allow-Origin") != "https://studio.example" || !strings.Contains(got.Header.Get("Access-Control-Expose-Headers"), "ETag") {
			t.Errorf("%s: %v", c.name, got.Header)
		}
	}
	unsaid, err := http.NewRequestWithContext(t.Context(), http.MethodPut, address, io.MultiReader(bytes.NewReader([]byte("plates"))))
	if err != nil {
		t.Fatal(err)
	}
	do(t, unsaid, http.StatusLengthRequired)
	asked := fetch(t, http.MethodOptions, address, "", map[string]string{"Origin": "https://studio.example", "Access-Control-Request-Method": "PUT"})
	if asked.StatusCode != http.StatusNoContent || asked.Header.Get("Access-Control-Allow-Methods") != "PUT" || !strings.Contains(asked.Header.Get("Access-Control-Allow-Headers"), "Content-MD5") {
		t.Errorf("%d %v", asked.StatusCode, asked.Header)
	}
	for name, op := range map[string]string{
		"no size": ask(""), "a size in words": ask(`, "file_size": "large"`), "less than nothing": ask(`, "file_size": -1`),
		"too many parts": ask(`, "file_size": 99999999, "parts": 10001`), "no component": `{"action": "get_upload_metadata", "file_size": 1}`,
		"an id that is none": `{"action": "get_upload_metadata", "component_id": "../../etc", "file_size": 1}`,
		"parts of nothing":   fmt.Sprintf(`{"action": "complete_multipart_upload", "component_id": %q, "upload_id": "x", "parts": []}`, id),
	} {
		if said := refused(t, server, "maya", "["+op+"]"); said["content"] == "" {
			t.Errorf("%s: %v", name, said)
		}
	}
}

// refused posts operations that must fail and gives the error in the protocol's form.
func refused(t *testing.T, server *workspace.Server, who, operations string) map[string]any {
	t.Helper()
	got := fetch(t, http.MethodPost, server.URL+"/api", operations, map[string]string{
		"Content-Type": "application/json", "ftrack-user": who, "ftrack-api-key": userOf(t, server, who).APIKey,
	})
	var said map[string]any
	if err := json.Unmarshal([]byte(got.body), &said); err != nil || said["exception"] == nil {
		t.Fatalf("%s: not refused: %s", operations, got.body)
	}
	return said
}

func painting(t *testing.T, width, height int) string {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
