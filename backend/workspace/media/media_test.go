package media_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/media"
)

const id = domain.ComponentID("0a1b2c3d-0000-4000-8000-000000000001")

func stored(t *testing.T, content []byte) *media.Media {
	t.Helper()
	m := media.New(media.Config{Dir: t.TempDir()})
	if err := m.Put(context.Background(), id, bytes.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	return m
}

func painted(width, height int) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			picture.Set(x, y, color.RGBA{uint8(x), uint8(y), 128, 255})
		}
	}
	return picture
}

func encoded(t *testing.T, encode func(io.Writer) error) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := encode(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pngOf(t *testing.T, width, height int) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, painted(width, height)) })
}

func TestThumbnailFitsAndKeepsItsShape(t *testing.T) {
	picture := painted(640, 360)
	for format, content := range map[string][]byte{
		"png":  encoded(t, func(w io.Writer) error { return png.Encode(w, picture) }),
		"jpeg": encoded(t, func(w io.Writer) error { return jpeg.Encode(w, picture, nil) }),
		"gif":  encoded(t, func(w io.Writer) error { return gif.Encode(w, picture, nil) }),
	} {
		m := stored(t, content)
		for asked, want := range map[int]image.Point{300: {300, 168}, 310: {300, 168}, 1: {32, 18}, 5000: {640, 360}} {
			small, err := m.Thumbnail(context.Background(), id, asked)
			if err != nil {
				t.Fatalf("%s at %d: %v", format, asked, err)
			}
			config, err := png.DecodeConfig(small)
			if err != nil {
				t.Fatalf("%s at %d: %v", format, asked, err)
			}
			if got := (image.Point{config.Width, config.Height}); got != want {
				t.Errorf("%s at %d: %v, want %v", format, asked, got, want)
			}
			if err := small.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestHostilePicturesAreRefusedBeforeTheyUnpack(t *testing.T) {
	whole := pngOf(t, 64, 64)
	for name, content := range map[string][]byte{
		"a bomb of 30,000 × 30,000": pngHeader(30000, 30000, 8),
		"sixteen bits too many":     pngHeader(4900, 4900, 16),
		"cut short":                 whole[:len(whole)/2],
		"a script":                  []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`),
		"a TIFF":                    []byte("II*\x00aaaaaaaaaaaaaaaa"),
		"a few bytes":               []byte("\x89PN"),
		"nothing":                   nil,
	} {
		if _, err := stored(t, content).Thumbnail(context.Background(), id, 128); domain.CodeOf(err) != domain.Unsupported {
			t.Errorf("%s: %v, want unsupported", name, err)
		}
	}
}

// pngHeader is a PNG whose header promises more than its data holds.
func pngHeader(width, height uint32, depth byte) []byte {
	chunk := append([]byte("IHDR"), make([]byte, 13)...)
	binary.BigEndian.PutUint32(chunk[4:], width)
	binary.BigEndian.PutUint32(chunk[8:], height)
	chunk[12], chunk[13] = depth, 6
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, chunk...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
}

func TestAReplacedFileShowsItsNewPicture(t *testing.T) {
	m := stored(t, pngOf(t, 64, 64))
	for _, want := range []int{64, 40} {
		if err := m.Put(context.Background(), id, bytes.NewReader(pngOf(t, want, want))); err != nil {
			t.Fatal(err)
		}
		small, err := m.Thumbnail(context.Background(), id, 128)
		if err != nil {
			t.Fatal(err)
		}
		config, err := png.DecodeConfig(small)
		if err != nil || config.Width != want {
			t.Errorf("width %d (%v), want %d", config.Width, err, want)
		}
		if err := small.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestAnIdThatIsNoUUIDNeverBecomesAPath(t *testing.T) {
	dir := t.TempDir()
	m := media.New(media.Config{Dir: filepath.Join(dir, "media")})
	for _, bad := range []domain.ComponentID{"", "..", "../../x", "con", `a\b`, id + "/x", "0A1B2C3D-0000-4000-8000-000000000001", id + "\x00"} {
		if err := m.Put(context.Background(), bad, strings.NewReader("x")); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("put %q: %v", bad, err)
		}
		if _, err := m.Open(context.Background(), bad); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("open %q: %v", bad, err)
		}
		if _, err := m.Thumbnail(context.Background(), bad, 96); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("thumbnail %q: %v", bad, err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Errorf("something was written: %v %v", entries, err)
	}
}

func TestWhatIsNotThereIsNotFound(t *testing.T) {
	m := media.New(media.Config{Dir: t.TempDir()})
	if _, err := m.Open(context.Background(), id); domain.CodeOf(err) != domain.NotFound {
		t.Error(err)
	}
	if _, err := m.Thumbnail(context.Background(), id, 96); domain.CodeOf(err) != domain.NotFound {
		t.Error(err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestAnUploadThatBreaksLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	m := media.New(media.Config{Dir: dir})
	if err := m.Put(context.Background(), id, io.MultiReader(strings.NewReader("half"), broken{})); err == nil {
		t.Fatal("a broken upload was stored")
	}
	if _, err := m.Open(context.Background(), id); domain.CodeOf(err) != domain.NotFound {
		t.Error(err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "files", "*", "*"))
	if err != nil || len(files) != 0 {
		t.Errorf("left behind: %v %v", files, err)
	}
}

func TestServedFilesCannotActAsPages(t *testing.T) {
	for name, c := range map[string]struct {
		content []byte
		kind    string
		inline  bool
	}{
		"a picture shows":   {pngOf(t, 8, 8), "image/png", true},
		"HTML is saved":     {[]byte("<!doctype html><script>1</script>"), "application/octet-stream", false},
		"SVG is saved":      {[]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`), "application/octet-stream", false},
		"anything is saved": {[]byte{0, 1, 2, 3}, "application/octet-stream", false},
	} {
		content, err := stored(t, c.content).Open(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		answer := httptest.NewRecorder()
		request := httptest.NewRequest(http.MethodGet, "/component/get", http.NoBody)
		request.Header.Set("Range", "bytes=0-3")
		if err := media.Serve(answer, request, content, "a.bin"); err != nil {
			t.Fatal(err)
		}
		header := answer.Header()
		if answer.Code != http.StatusPartialContent || answer.Body.Len() != 4 {
			t.Errorf("%s: %d with %d bytes of the four asked for", name, answer.Code, answer.Body.Len())
		}
		if header.Get("Content-Type") != c.kind || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", name, header)
		}
		if !strings.Contains(header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s: no sandbox: %v", name, header)
		}
		want := "attachment; filename=a.bin"
		if c.inline {
			want = "inline; filename=a.bin"
		}
		if got := header.Get("Content-Disposition"); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestAPolyglotLosesItsOtherHalf(t *testing.T) {
	script := "<script>alert(1)</script>"
	m := stored(t, append(pngOf(t, 200, 200), script...))
	small, err := m.Thumbnail(context.Background(), id, 128)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(small)
	if err := errors.Join(err, small.Close()); err != nil || bytes.Contains(content, []byte("script")) {
		t.Errorf("%v: %q", err, content)
	}
}

func TestEqualPicturesShareTheirThumbnails(t *testing.T) {
	dir := t.TempDir()
	m := media.New(media.Config{Dir: dir})
	for _, component := range []domain.ComponentID{id, "0a1b2c3d-0000-4000-8000-000000000002"} {
		if err := m.Put(context.Background(), component, bytes.NewReader(pngOf(t, 64, 64))); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			small, err := m.Thumbnail(context.Background(), component, 48)
			if err != nil {
				t.Fatal(err)
			}
			if err := small.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if kept, err := filepath.Glob(filepath.Join(dir, "thumbnails", "*", "*")); err != nil || len(kept) != 1 {
		t.Errorf("%v %v", kept, err)
	}
}
