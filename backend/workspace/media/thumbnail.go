package media

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"golang.org/x/image/draw"

	"github.com/callboard/callboard/backend/domain"
)

// sizes are the edges a small picture comes in. What is asked for is taken down to the next of them:
// the picture still fits, and nobody fills the disk by asking for every size there is.
var sizes = []int{32, 48, 64, 96, 128, 160, 200, 256, 300, 400, 512, 640, 800, 1024}

// Thumbnail gives the component's picture, made to fit size × size and never enlarged. It is NotFound
// where there is no file and Unsupported where the file is no picture we decode.
func (m *Media) Thumbnail(ctx context.Context, id domain.ComponentID, size int) (*Content, error) {
	source, ok := m.path(id)
	if !ok {
		return nil, missing(id)
	}
	small := m.thumbnail(id, step(size))
	if content, err := openPNG(small); err == nil {
		return content, nil
	}
	if err := m.takeTurn(ctx); err != nil {
		return nil, err
	}
	defer m.endTurn()
	if content, err := openPNG(small); err == nil { // made by whoever was before us
		return content, nil
	}
	if err := shrink(id, source, small, step(size)); err != nil {
		return nil, err
	}
	content, err := openPNG(small)
	if err != nil {
		return nil, domain.Errorf(domain.Internal, "open the thumbnail of %s: %w", id, err)
	}
	return content, nil
}

// takeTurn waits until no other picture is being made.
func (m *Media) takeTurn(ctx context.Context) error {
	select {
	case m.decoding <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (m *Media) endTurn() { <-m.decoding }

// forget drops the small pictures of a component whose file was replaced. It takes its turn, so that a
// picture being made of the old file is dropped as well.
func (m *Media) forget(ctx context.Context, id domain.ComponentID) error {
	if err := m.takeTurn(ctx); err != nil {
		return err
	}
	defer m.endTurn()
	for _, size := range sizes {
		if err := os.Remove(m.thumbnail(id, size)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return domain.Errorf(domain.Internal, "forget the thumbnails of %s: %w", id, err)
		}
	}
	return nil
}

func (m *Media) thumbnail(id domain.ComponentID, size int) string {
	return filepath.Join(m.cfg.Dir, "thumbnails", string(id[:2]), string(id)+"-"+strconv.Itoa(size)+".png")
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

func shrink(id domain.ComponentID, source, small string, size int) error {
	file, _, err := open(source)
	if errors.Is(err, fs.ErrNotExist) {
		return missing(id)
	}
	if err != nil {
		return domain.Errorf(domain.Internal, "open component %s: %w", id, err)
	}
	picture, err := decode(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return domain.Errorf(domain.Unsupported, "make a picture of component %s: %w", id, err)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, fit(picture, size)); err != nil {
		return domain.Errorf(domain.Internal, "encode the thumbnail of %s: %w", id, err)
	}
	if err := writeFile(small, &out); err != nil {
		return domain.Errorf(domain.Internal, "keep the thumbnail of %s: %w", id, err)
	}
	return nil
}

// fit scales a picture down into size × size, keeping its shape.
func fit(picture image.Image, size int) image.Image {
	bounds := picture.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	if longest := max(width, height); longest > size {
		width, height = max(1, width*size/longest), max(1, height*size/longest)
	}
	scaled := image.NewNRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(scaled, scaled.Bounds(), picture, bounds, draw.Src, nil)
	return scaled
}

func openPNG(path string) (*Content, error) {
	file, info, err := open(path)
	if err != nil {
		return nil, err
	}
	return &Content{ReadSeekCloser: file, Type: "image/png", Inline: true, Changed: info.ModTime(), Tag: tagOf(info)}, nil
}
