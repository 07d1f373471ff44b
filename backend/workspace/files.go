package workspace

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/auth"
	"github.com/callboard/callboard/backend/workspace/jobs"
	"github.com/callboard/callboard/backend/workspace/media"
	"github.com/callboard/callboard/backend/workspace/tracker"
)

// openMedia joins the files of a data folder with the key that signs their addresses.
func openMedia(cfg Config) (*media.Media, error) {
	key, err := signingKey(cfg.uploadKey())
	if err != nil {
		return nil, err
	}
	return media.New(media.Config{Dir: cfg.media(), Key: key, MaxUpload: cfg.MaxUpload, Clock: cfg.Clock}), nil
}

// shelf is media as the tracker calls it: the two rooms do not know each other.
type shelf struct{ *media.Media }

// Offer implements tracker.Files.
func (s shelf) Offer(u tracker.Upload) (tracker.Offer, error) {
	offer, err := s.Media.Offer(media.Upload(u))
	return tracker.Offer(offer), err
}

// Join implements tracker.Files.
func (s shelf) Join(id domain.ComponentID, ticket string, parts []tracker.Part) error {
	joined := make([]media.Part, len(parts))
	for i, p := range parts {
		joined[i] = media.Part(p)
	}
	return s.Media.Join(id, ticket, joined)
}

// playable is what kind of file a ticket opens.
func (r *rooms) playable(ctx context.Context, ticket string) (kind string, ok bool) {
	id, err := r.media.Linked(ticket)
	if err != nil {
		return "", false
	}
	content, err := r.media.Open(ctx, id)
	if err != nil {
		return "", false
	}
	return content.Type, content.Close() == nil
}

// handlers are what the worker does, by kind of job.
func (r *rooms) handlers() map[string]jobs.Handler {
	return map[string]jobs.Handler{
		domain.LetterJob:   r.mail.Send,
		auth.ForgottenJob:  r.forgotten,
		tracker.JobAbandon: r.abandon,
		tracker.JobEncode:  r.encode,
		jobSweep:           r.sweep,
		jobRetain:          r.retain,
	}
}

// abandon removes what is left of an upload, and the file of a component that nobody made after all.
func (r *rooms) abandon(ctx context.Context, body json.RawMessage) error {
	var job tracker.AbandonJob
	if err := json.Unmarshal(body, &job); err != nil {
		return domain.Errorf(domain.Invalid, "read the job: %w", err)
	}
	if err := r.media.Abandon(job.Upload); err != nil {
		return err
	}
	made, err := r.tracker.Made(ctx, job.Component)
	if err != nil || made {
		return err
	}
	return r.media.Remove(job.Component)
}

// signingKey reads the key that signs the addresses of uploads, making it in a new data folder. It lies in
// a file of its own: who reads a copy of the database can sign nothing.
func signingKey(path string) ([]byte, error) {
	const size = 32
	key, err := os.ReadFile(path)
	switch {
	case err == nil && len(key) == size:
		return key, nil
	case err == nil:
		return nil, domain.Errorf(domain.Invalid, "%s is damaged; remove it, and a new key is made (addresses given out before will not work)", path)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read the signing key: %w", err)
	}
	key = make([]byte, size)
	_, _ = rand.Read(key) // it never fails
	if err := os.WriteFile(path, key, 0o600); err != nil {
		return nil, fmt.Errorf("keep the signing key: %w", err)
	}
	return key, nil
}
