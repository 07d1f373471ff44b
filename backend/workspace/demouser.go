package workspace

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"github.com/callboard/callboard/backend/domain"
)

// DemoUser is one of the demo's people with what opens their account. Both secrets are random in each
// data folder and lie in a file there that only its owner may read.
type DemoUser struct {
	Username string `json:"username"`
	Password string `json:"password"`
	APIKey   string `json:"api_key"`
	Role     string `json:"role"`
}

// readDemoUsers reads the file of the demo's secrets; nothing where there is none yet.
func readDemoUsers(path string) ([]DemoUser, error) {
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, domain.Errorf(domain.Internal, "read the demo's keys: %w", err)
	}
	var users []DemoUser
	if err := json.Unmarshal(content, &users); err != nil {
		return nil, domain.Errorf(domain.Invalid, "the file of the demo's keys is damaged; delete %s to make new ones: %w", path, err)
	}
	return users, nil
}

// writeDemoUsers writes the file through a neighbour, so that it is whole or not there.
func writeDemoUsers(path string, users []DemoUser) error {
	content, err := json.MarshalIndent(users, "", "  ")
	if err != nil {
		return domain.Errorf(domain.Internal, "write the demo's keys: %w", err)
	}
	temporary := path + ".new"
	if err := os.WriteFile(temporary, append(content, '\n'), 0o600); err != nil {
		return domain.Errorf(domain.Internal, "write the demo's keys: %w", err)
	}
	if err := os.Rename(temporary, path); err != nil {
		return domain.Errorf(domain.Internal, "write the demo's keys: %w", err)
	}
	return nil
}

// newPassword is a password nobody chose.
func newPassword() string { return rand.Text() }
