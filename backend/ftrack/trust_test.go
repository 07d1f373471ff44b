package ftrack_test

import (
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
)

func TestAWorkspaceMayBringItsOwnCertificates(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	dir := t.TempDir()
	good, empty := filepath.Join(dir, "studio.pem"), filepath.Join(dir, "empty.pem")
	if err := os.WriteFile(good, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(empty, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file   string
		reason string // "" where the server is reached
	}{
		"the system's alone":       {"", "tls"},
		"with the studio's":        {good, ""},
		"a file without any":       {empty, "bad_certificates"},
		"a file that is not there": {filepath.Join(dir, "gone.pem"), "bad_certificates"},
	} {
		err := ftrack.Forgot(t.Context(), ftrack.Config{Address: server.URL, HTTP: ftrack.Trusting(c.file, time.Minute)}, "maya")
		if c.reason == "" {
			if domain.CodeOf(err) != domain.Unsupported { // it answers, and is no Callboard server
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if reasonOf(err) != c.reason {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func reasonOf(err error) string {
	var known *domain.Error
	if errors.As(err, &known) {
		return known.Reason
	}
	return ""
}
