package mail

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	gomail "github.com/wneessen/go-mail"

	"github.com/callboard/callboard/backend/domain"
)

// file keeps a letter as a file that mail programs open. A letter that comes again takes the same file.
func (m *Mail) file(l domain.Letter, message *gomail.Msg) error {
	if err := uuid.Validate(l.ID); err != nil { // it becomes a file's name
		return domain.Errorf(domain.Invalid, "a letter has no valid id: %w", err)
	}
	var text bytes.Buffer
	if _, err := message.WriteTo(&text); err != nil {
		return fmt.Errorf("write a letter: %w", err)
	}
	// For its owner alone: letters name people and where to sign in.
	if err := os.MkdirAll(m.cfg.Dir, 0o700); err != nil {
		return fmt.Errorf("make the folder for mail: %w", err)
	}
	path := filepath.Join(m.cfg.Dir, l.ID+".eml")
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		return fmt.Errorf("write a letter: %w", err)
	}
	m.cfg.Log.Info("no mail server is named: a letter lies in a file", "kind", l.Kind, "file", path)
	return nil
}
