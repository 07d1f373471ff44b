package workspace_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// upload makes a component with a file and gives its id.
func upload(t *testing.T, server *workspace.Server, who, name, ending, content string) string {
	t.Helper()
	id := uuid.NewString()
	answers := call(t, server, who, fmt.Sprintf(`[{"action": "create", "entity_type": "FileComponent", "entity_data": {"id": %[1]q, "name": %[2]q, "file_type": %[3]q}},
		{"action": "get_upload_metadata", "component_id": %[1]q, "file_name": %[4]q, "file_size": %[5]d}]`, id, name, ending, name+ending, len(content)))
	if put := fetch(t, http.MethodPut, answers[1]["url"].(string), content, nil); put.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", put.StatusCode, put.body)
	}
	return id
}

// encoded asks for an encoding and waits until its job has ended.
func encoded(t *testing.T, server *workspace.Server, who, component, more string) (job map[string]any, data map[string]any) {
	t.Helper()
	id := call(t, server, who, fmt.Sprintf(`[{"action": "encode_media", "component_id": %q%s}]`, component, more))[0]["job_id"].(string)
	// Scripts read what will come of it without waiting.
	asked := rows(t, server, who, fmt.Sprintf("select data from Job where id is %q", id))[0].(map[string]any)
	if !strings.Contains(asked["data"].(string), `"output":[{"format"`) {
		t.Errorf("%v", asked)
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		job = rows(t, server, who, fmt.Sprintf("select status, data, finished_at, job_components.component.name from Job where id is %q", id))[0].(map[string]any)
		if job["status"] == "done" || job["status"] == "failed" {
			if err := json.Unmarshal([]byte(job["data"].(string)), &data); err != nil {
				t.Fatal(err)
			}
			if job["finished_at"] == nil {
				t.Error("nobody knows when it ended")
			}
			return job, data
		}
	}
	t.Fatalf("the job never ended: %v", job)
	return nil, nil
}

func TestMediaIsPreparedForReviews(t *testing.T) {
	server := start(t, t.TempDir(), &demo.Config{Quiet: true})
	const who = "maya"
	task := rows(t, server, who, `select id, parent_id from Task where name is "anim" and parent.name is "sh0110"`)[0].(map[string]any)
	version := func() string {
		asset, id := uuid.NewString(), uuid.NewString()
		call(t, server, who, fmt.Sprintf(`[{"action": "create", "entity_type": "Asset", "entity_data": {"id": %q, "name": %q, "context_id": %q}},
			{"action": "create", "entity_type": "AssetVersion", "entity_data": {"id": %q, "asset_id": %q, "task_id": %q}}]`,
			asset, "plate "+asset, task["parent_id"], id, asset, task["id"]))
		return id
	}
	of := func(version string) map[string]map[string]any {
		found := map[string]map[string]any{}
		for _, row := range rows(t, server, who, fmt.Sprintf("select id, name, file_type, size, metadata, component_locations.location.name from FileComponent where version_id is %q", version)) {
			found[row.(map[string]any)["name"].(string)] = row.(map[string]any)
		}
		return found
	}
	address := func(id any) string {
		return fmt.Sprintf("%s/component/get?id=%s&username=%s&apiKey=%s", server.URL, id, who, userOf(t, server, who).APIKey)
	}

	t.Run("a picture is scaled, and shows the version", func(t *testing.T) {
		source, on := upload(t, server, who, "plate", ".png", painting(t, 2500, 1000)), version()
		job, data := encoded(t, server, who, source, fmt.Sprintf(`, "version_id": %q, "keep_original": true`, on))
		outputs := data["output"].([]any)
		if job["status"] != "done" || len(outputs) != 2 || len(job["job_components"].([]any)) != 2 || data["source_component_id"] != source || data["keep_original"] != true {
			t.Fatalf("%v", job)
		}
		made := of(on)
		low, high := made["ftrackreview-image"], made["ftrackreview-image-high"]
		if low == nil || high == nil || low["file_type"] != ".jpg" || outputs[0].(map[string]any)["component_id"] != low["id"] || outputs[0].(map[string]any)["format"] != "image/jpeg" {
			t.Fatalf("%v", made)
		}
		meta := fmt.Sprint(low["metadata"], high["metadata"])
		if !strings.Contains(meta, `{"format":"image","width":1920,"height":768}`) || !strings.Contains(meta, `{"format":"image","width":2500,"height":1000}`) {
			t.Error(meta)
		}
		if place := fmt.Sprint(low["component_locations"]); !strings.Contains(place, "ftrack.server") {
			t.Error(place)
		}
		if got := fetch(t, http.MethodGet, address(low["id"]), "", nil); got.StatusCode != http.StatusOK || float64(len(got.body)) != low["size"] {
			t.Errorf("%d, %d bytes of %v", got.StatusCode, len(got.body), low["size"])
		}
		shown := rows(t, server, who, fmt.Sprintf("select thumbnail_id from AssetVersion where id is %q", on))[0].(map[string]any)
		if shown["thumbnail_id"] != low["id"] {
			t.Errorf("shown by %v", shown["thumbnail_id"])
		}
		if got := fetch(t, http.MethodGet, address(source), "", nil); got.StatusCode != http.StatusOK {
			t.Errorf("the original: %d", got.StatusCode)
		}
	})
	t.Run("a movie stays as it is, and the job says so", func(t *testing.T) {
		movie := "\x00\x00\x00\x18ftypqt  \x00\x00\x00\x00qt  " + strings.Repeat("frames", 100)
		source, on := upload(t, server, who, "take", ".mov", movie), version()
		job, data := encoded(t, server, who, source, fmt.Sprintf(`, "version_id": %q, "keep_original": false`, on))
		made := of(on)["ftrackreview-mp4"]
		if job["status"] != "done" || made == nil || !strings.Contains(data["message"].(string), "not transcoded") {
			t.Fatalf("%v %v", job, made)
		}
		if got := fetch(t, http.MethodGet, address(made["id"]), "", nil); got.body != movie || got.Header.Get("Content-Type") != "video/quicktime" {
			t.Errorf("%d %v", got.StatusCode, got.Header)
		}
		if left := rows(t, server, who, fmt.Sprintf("select id from Component where id is %q", source)); len(left) != 0 {
			t.Error("the original is still there")
		}
	})
	t.Run("anything else fails with a sentence", func(t *testing.T) {
		for content, says := range map[string]string{"cut -f1 frames.txt": "neither a picture nor a movie", "\x89PNG\r\n\x1a\nnot really a picture": "damaged"} {
			source := upload(t, server, who, "notes", ".txt", content)
			job, data := encoded(t, server, who, source, `, "version_id": null, "keep_original": false`)
			if message, _ := data["message"].(string); job["status"] != "failed" || !strings.Contains(message, says) {
				t.Errorf("%q: %v", content, job)
			}
			if got := fetch(t, http.MethodGet, address(source), "", nil); got.body != content {
				t.Errorf("%q: the original is gone", content)
			}
		}
		empty := uuid.NewString()
		call(t, server, who, fmt.Sprintf(`[{"action": "create", "entity_type": "FileComponent", "entity_data": {"id": %q, "name": "none"}}]`, empty))
		if job, data := encoded(t, server, who, empty, ""); job["status"] != "failed" || !strings.Contains(data["message"].(string), "Nothing has been uploaded") {
			t.Errorf("%v", job)
		}
	})
	t.Run("what cannot be asked for", func(t *testing.T) {
		refused(t, server, who, fmt.Sprintf(`[{"action": "encode_media", "component_id": %q}]`, uuid.NewString()))
		refused(t, server, who, fmt.Sprintf(`[{"action": "encode_media", "component_id": %q, "version_id": %q}]`, upload(t, server, who, "a", ".png", "a"), uuid.NewString()))
	})
}
