package tracker_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack/wire"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// shelf keeps no files.
type shelf struct{}

func (shelf) Offer(u tracker.Upload) (tracker.Offer, error) {
	return tracker.Offer{Upload: "up", Put: []string{"a ticket"}, Ends: time.Now()}, nil
}
func (shelf) Join(domain.ComponentID, string, []tracker.Part) error { return nil }
func (shelf) Link(domain.ComponentID) (string, error)               { return "a ticket", nil }

// TestAnEncodingIsTakenUpWhereAWorkerLeftIt has a worker die at each point between beginning and end.
func TestAnEncodingIsTakenUpWhereAWorkerLeftIt(t *testing.T) {
	s := open(t)
	s.do(t, "", create("Location", data{"id": "3a372bde-05bc-11e4-8908-20c9d081909b", "name": "ftrack.server"}))
	s.do(t, "", update("AssetVersion", "take", data{"user_id": "maya"}))
	s.do(t, "maya", create("FileComponent", data{"id": "plate", "name": "plate", "file_type": ".png"}))
	answer := s.do(t, "maya", wire.Operation{Action: "encode_media", Rest: data{"component_id": "plate", "version_id": "take", "keep_original": true}})
	job := answer[0].(map[string]any)["job_id"].(string)
	if seen := s.ask(t, "maya", "select id from Job"); len(seen) != 1 {
		t.Errorf("maya sees %v", seen)
	}
	if seen := s.ask(t, "tomas", "select id from Job"); len(seen) != 0 {
		t.Errorf("tomas sees %v", seen)
	}

	var e tracker.Encoding
	for range 2 { // the first worker dies after it began
		var ok bool
		var err error
		if e, ok, err = s.tracker.BeginEncoding(context.Background(), job); err != nil || !ok || e.Component != "plate" || !e.KeepOriginal {
			t.Fatalf("%+v %v %v", e, ok, err)
		}
		if running := s.one(t, "maya", "select status from Job"); running["status"] != "running" {
			t.Errorf("%v", running)
		}
	}
	s.heard()
	made := tracker.Reviewable{ID: "small", Name: "ftrackreview-image", Ending: ".jpg", Format: "image/jpeg", Size: 7, Meta: `{"format":"image"}`, Picture: true}
	if err := s.tracker.EndEncoding(context.Background(), e, []tracker.Reviewable{made}, ""); err != nil {
		t.Fatal(err)
	}
	var told strings.Builder
	for _, c := range s.heard() {
		for _, event := range c.Updates {
			told.Write(event.Data)
		}
	}
	for _, says := range []string{`"entity_type":"AssetVersion","action":"encoded","keys":[]`, `"thumbid":{"old":null,"new":"small"}`, `"filetype":{"old":null,"new":".jpg"}`} {
		if !strings.Contains(told.String(), says) {
			t.Errorf("nobody was told %s: %s", says, told.String())
		}
	}
	if _, ok, err := s.tracker.BeginEncoding(context.Background(), job); ok || err != nil { // the second died before it could note that
		t.Errorf("a done job is done again: %v %v", ok, err)
	}
	s.do(t, "", remove("Job", job))
	if _, ok, err := s.tracker.BeginEncoding(context.Background(), job); ok || err != nil {
		t.Errorf("a job that was deleted is done: %v %v", ok, err)
	}
}

func TestUploadsNeedTheRightToChangeTheComponent(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Asset", data{"id": "gold", "name": "gold", "context_id": "core"}), create("AssetVersion", data{"id": "bar", "asset_id": "gold"}),
		create("FileComponent", data{"id": "secret", "name": "secret", "version_id": "bar"}))
	for _, action := range []string{"get_upload_metadata", "complete_multipart_upload", "generate_signed_url", "encode_media"} {
		_, err := s.try("maya", wire.Operation{Action: action, Rest: data{"component_id": "secret", "file_size": 3.0}})
		if domain.CodeOf(err) != domain.NotFound {
			t.Errorf("%s: %v", action, err)
		}
	}
	if err := s.tracker.MayStore(context.Background(), as("maya"), "secret"); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("removed: %v", err)
	}
	if err := s.tracker.MayStore(context.Background(), as("tomas"), "secret"); err != nil {
		t.Errorf("tomas: %v", err)
	}
}
