package media

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"

	"github.com/callboard/callboard/backend/domain"
)

// sizes are the edges a small picture comes in. What is asked for is taken down to the next of them:
// the picture still fits, and nobody fills the disk by asking for every size there is.
var sizes = []int{32, 48, 64, 96, 128, 160, 200, 256, 300, 400, 512, 640, 800, 1024}

// Thumbnail gives the component's picture, made to fit size × size and never enlarged. It is NotFound
// where there is no file and Unsupported where the file is no picture we decode. Small pictures are kept
// by content: equal files share them, and a replaced file has others.
func (m *Media) Thumbnail(ctx context.Context, id domain.ComponentID, size int) (_ *Content, err error) {
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
	defer func() { err = errors.Join(err, file.Close()) }()

	key := path + "/" + tagOf(info)
	known, err := m.digestOf(key, file, info.Size())
	if err != nil {
		return nil, domain.Errorf(domain.Internal, "read component %s: %w", id, err)
	}
	if known.refused != nil {
		return nil, noPicture(id, known.refused)
	}
	small := m.thumbnail(known.sum, step(size))
	if content, err := openPNG(small); err == nil {
		return content, nil
	}
	return m.makeThumbnail(ctx, id, key, known.sum, file, small, step(size))
}

// makeThumbnail decodes a picture and keeps a small one of it. What cannot be decoded is not tried again.
func (m *Media) makeThumbnail(ctx context.Context, id domain.ComponentID, key, sum string, file *os.File, small string, size int) (*Content, error) {
	err := m.inTurn(ctx, func() error {
		if _, err := os.Stat(small); err == nil {
			return nil // made by whoever was before us
		}
		picture, err := reduced(file, size)
		if err != nil {
			m.refuse(key, sum, err)
			return noPicture(id, err)
		}
		var out bytes.Buffer
		if err := png.Encode(&out, picture); err != nil {
			return domain.Errorf(domain.Internal, "encode the thumbnail of %s: %w", id, err)
		}
		if err := writeFile(small, &out); err != nil {
			return domain.Errorf(domain.Internal, "keep the thumbnail of %s: %w", id, err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	content, err := openPNG(small)
	if err != nil {
		return nil, domain.Errorf(domain.Internal, "open the thumbnail of %s: %w", id, err)
	}
	return content, nil
}

func noPicture(id domain.ComponentID, err error) error {
	return domain.Errorf(domain.Unsupported, "make a picture of component %s: %w", id, err)
}

// reduced decodes a picture and makes it fit size × size, upright.
func reduced(file io.ReadSeeker, size int) (small *image.RGBA, err error) {
	err = decoded(file, func(picture image.Image, orientation int) error {
		small = turned(fit(picture, size), orientation)
		return nil
	})
	return small, err
}

// decoded does something with the picture in a file, which is not too large.
func decoded(file io.ReadSeeker, do func(picture image.Image, orientation int) error) error {
	seen, err := look(file)
	if err != nil {
		return err
	}
	if seen.memory > large {
		defer debug.FreeOSMemory()
	}
	picture, err := seen.unpack(file)
	if err != nil {
		return err
	}
	return do(picture, seen.orientation)
}

// large is from how many bytes on a decoded picture is given back to the system at once. Left to itself
// the collector would let two of the largest stand side by side.
const large = 16 << 20

// inTurn does what needs the memory of a decoded picture, when nobody else does.
func (m *Media) inTurn(ctx context.Context, do func() error) error {
	select {
	case m.decoding <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-m.decoding }()
	return do()
}

func (m *Media) thumbnail(sum string, size int) string {
	return filepath.Join(m.cfg.Dir, "thumbnails", sum[:2], sum+"-"+strconv.Itoa(size)+".png")
}

func step(size int) int {
	found := sizes[0]
	for _, s := range sizes {
		if s <= size {
			found = s
		}
	}
	return found
}

func openPNG(path string) (*Content, error) {
	file, info, err := open(path)
	if err != nil {
		return nil, err
	}
	return &Content{ReadSeekCloser: file, Type: "image/png", Inline: true, Changed: info.ModTime(), Tag: tagOf(info)}, nil
}
