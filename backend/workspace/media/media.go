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
	"strconv"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// Config says where the files lie.
type Config struct {
	// Dir is the folder of component files; it is made when the first file comes.
	Dir string
	// Key signs the addresses of uploads and links. Without one there are neither.
	Key []byte
	// MaxUpload is the most bytes of an uploaded file; 0 is 1 TiB.
	MaxUpload int64
	Clock     func() time.Time
}

// largestUpload is the limit where nobody set one: room for hours of uncompressed film, an end for those
// who send for ever.
const largestUpload = 1 << 40

// Media is the stored files of one workspace.
type Media struct {
	cfg     Config
	claims  claims
	digests digests
	// decoding admits one picture at a time: decoding is the only step here that needs much memory.
	decoding chan struct{}
}

// New gives the files below cfg.Dir. It touches no disk.
func New(cfg Config) *Media {
	if cfg.MaxUpload == 0 {
		cfg.MaxUpload = largestUpload
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	return &Media{cfg: cfg, decoding: make(chan struct{}, 1)}
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
	// Tag names these very bytes; other content of the same component has another.
	Tag string
}

// shown are the types a browser may show in place. Anything else is saved as a file: SVG and HTML run
// scripts, and a type nobody thought of might.
var shown = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true,
	"video/mp4": true, "video/webm": true, "video/quicktime": true, "audio/mpeg": true, "audio/wave": true,
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
	return nil
}

// Open gives the file of a component; NotFound where there is none.
func (m *Media) Open(_ context.Context, id domain.ComponentID) (*Content, error) {
	path, ok := m.path(id)
	if !ok {
		return nil, missing(id)
	}
	file, info, err := open(path)
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
	content := &Content{ReadSeekCloser: file, Type: sniff(head[:n]), Changed: info.ModTime(), Tag: tagOf(info)}
	if content.Inline = shown[content.Type]; !content.Inline {
		content.Type = "application/octet-stream"
	}
	return content, nil
}

// sniff is the type that the first bytes show. Of movies in boxes the standard library knows only some.
func sniff(head []byte) string {
	if len(head) >= 12 && string(head[4:8]) == "ftyp" {
		switch brand := string(head[8:12]); {
		case brand == "qt  ":
			return "video/quicktime"
		case strings.HasPrefix(brand, "mp4"), strings.HasPrefix(brand, "iso"), brand == "avc1", brand == "M4V ", brand == "dash":
			return "video/mp4"
		}
	}
	return http.DetectContentType(head)
}

// tagOf names the content of a file. A file is replaced, never written to, so its size and instant do.
func tagOf(info fs.FileInfo) string {
	return strconv.FormatInt(info.ModTime().UnixNano(), 36) + "-" + strconv.FormatInt(info.Size(), 36)
}

// Remove removes the file of a component. Where there is none, nothing happens.
func (m *Media) Remove(id domain.ComponentID) error {
	path, ok := m.path(id)
	if !ok {
		return nil
	}
	if err := ifThere(os.Remove(path)); err != nil {
		return domain.Errorf(domain.Internal, "remove the file of component %s: %w", id, err)
	}
	return nil
}

// componentID is the only form of an id that becomes a path: lower-case UUID text. It keeps ".." and
// the reserved names of Windows out, and two ids from meeting in one file where case does not count.
var componentID = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)

func (m *Media) path(id domain.ComponentID) (string, bool) {
	if !componentID.MatchString(string(id)) {
		return "", false
	}
	return filepath.Join(m.cfg.Dir, "files", string(id[:2]), string(id)), true
}

func missing(id domain.ComponentID) error {
	return domain.Errorf(domain.NotFound, "the component %q has no file here", id)
}

func open(path string) (*os.File, fs.FileInfo, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, info, nil
}
