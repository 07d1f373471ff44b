// Package media keeps the files of components on disk, one file a component id, and makes the small
// pictures of them. It knows nothing of who may see what: the door asks before it opens.
//
// What was uploaded is never trusted. A file is served with a type found in its own first bytes, never
// one that a browser would run; a picture is measured before it is decoded, because a few kilobytes
// can unpack to gigabytes.
package media

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// Config says where the files lie.
type Config struct {
	// Dir is the folder of component files; it is made when the first file comes.
	Dir string
}

// Media is the stored files of one workspace.
type Media struct {
	dir string
	// decoding admits one picture at a time: decoding is the only step here that needs much memory.
	decoding chan struct{}
}

// New gives the files below cfg.Dir. It touches no disk.
func New(cfg Config) *Media {
	return &Media{dir: cfg.Dir, decoding: make(chan struct{}, 1)}
}

// Content is an opened file, ready to be served. Its reader closes it.
type Content struct {
	io.ReadSeekCloser
	// Type is the content type, from the file's own bytes.
	Type string
	// Inline is false for what a browser must save instead of showing.
	Inline bool
	// Changed is when the file was stored.
	Changed time.Time
}

// shown are the types a browser may show in place. Anything else is saved as a file: SVG and HTML run
// scripts, and a type nobody thought of might.
var shown = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true,
	"video/mp4": true, "video/webm": true, "audio/mpeg": true, "audio/wave": true,
}

// sniffed is how many bytes http.DetectContentType looks at.
const sniffed = 512

// Put stores the file of a component, whole and durable before it returns. A file already there is
// replaced at once: a reader sees the old or the new one.
func (m *Media) Put(ctx context.Context, id domain.ComponentID, content io.Reader) error {
	path, ok := m.path(id)
	if !ok {
		return domain.Errorf(domain.Invalid, "the component id %q cannot name a file", id)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := writeFile(path, content); err != nil {
		return domain.Errorf(domain.Internal, "store component %s: %w", id, err)
	}
	return m.forget(ctx, id)
}

// Open gives the file of a component; NotFound where there is none.
func (m *Media) Open(_ context.Context, id domain.ComponentID) (*Content, error) {
	path, ok := m.path(id)
	if !ok {
		return nil, missing(id)
	}
	file, changed, err := open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(id)
	}
	if err != nil {
		return nil, domain.Errorf(domain.Internal, "open component %s: %w", id, err)
	}
	head := make([]byte, sniffed)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, errors.Join(domain.Errorf(domain.Internal, "read component %s: %w", id, err), file.Close())
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, errors.Join(domain.Errorf(domain.Internal, "read component %s: %w", id, err), file.Close())
	}
	kind := http.DetectContentType(head[:n])
	if !shown[kind] {
		return &Content{ReadSeekCloser: file, Type: "application/octet-stream", Changed: changed}, nil
	}
	return &Content{ReadSeekCloser: file, Type: kind, Inline: true, Changed: changed}, nil
}

// componentID is the only form of an id that becomes a path: lower-case UUID text. It keeps ".." and
// the reserved names of Windows out, and two ids from meeting in one file where case does not count.
var componentID = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

func (m *Media) path(id domain.ComponentID) (string, bool) {
	if !componentID.MatchString(string(id)) {
		return "", false
	}
	return filepath.Join(m.dir, "files", string(id[:2]), string(id)), true
}

func missing(id domain.ComponentID) error {
	return domain.Errorf(domain.NotFound, "the component %q has no file here", id)
}

func open(path string) (*os.File, time.Time, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, time.Time{}, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, time.Time{}, errors.Join(err, file.Close())
	}
	return file, info.ModTime(), nil
}
