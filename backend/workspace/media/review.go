package media

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
)

// Kind is what reviews can do with a file.
type Kind int

// The kinds.
const (
	Other   Kind = iota
	Picture      // can be scaled
	Movie        // can be played by a browser, as it is
)

// KindOf tells what the file of a component is, by its own bytes, and its size.
func (m *Media) KindOf(ctx context.Context, id domain.ComponentID) (kind Kind, size int64, err error) {
	content, err := m.Open(ctx, id)
	if err != nil {
		return Other, 0, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	if size, err = content.Seek(0, io.SeekEnd); err != nil {
		return Other, 0, domain.Errorf(domain.Internal, "read component %s: %w", id, err)
	}
	switch _, known := codecOf(content); {
	case known == nil:
		return Picture, size, nil
	case strings.HasPrefix(content.Type, "video/"):
		return Movie, size, nil
	default:
		return Other, size, nil
	}
}

// Scaled is a picture made smaller.
type Scaled struct {
	Width, Height int
	Format        string // its media type
	Ending        string // of a file's name, with its dot
	Content       []byte
}

// jpegQuality shows no traces to a reviewer's eye.
const jpegQuality = 92

// Scale makes a component's picture fit each of the sizes, upright. One that fits the size before is not
// made twice. The error is Unsupported where the file is no picture we decode.
func (m *Media) Scale(ctx context.Context, id domain.ComponentID, sizes ...int) (made []Scaled, err error) {
	content, err := m.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	err = m.inTurn(ctx, func() error {
		return decoded(content, func(picture image.Image, orientation int) error {
			for i, size := range sizes {
				if i > 0 && max(picture.Bounds().Dx(), picture.Bounds().Dy()) <= sizes[i-1] {
					break
				}
				scaled, err := encode(turned(fit(picture, size), orientation))
				if err != nil {
					return domain.Errorf(domain.Internal, "encode a picture of %s: %w", id, err)
				}
				made = append(made, scaled)
			}
			return nil
		})
	})
	var known *domain.Error
	if err != nil && !errors.As(err, &known) && ctx.Err() == nil {
		err = noPicture(id, err)
	}
	return made, err
}

// encode writes a picture as a JPEG, or as a PNG where one can see through it.
func encode(picture *image.RGBA) (Scaled, error) {
	var out bytes.Buffer
	s := Scaled{Width: picture.Rect.Dx(), Height: picture.Rect.Dy(), Format: "image/jpeg", Ending: ".jpg"}
	var err error
	if picture.Opaque() {
		err = jpeg.Encode(&out, picture, &jpeg.Options{Quality: jpegQuality})
	} else {
		s.Format, s.Ending = "image/png", ".png"
		err = png.Encode(&out, picture)
	}
	s.Content = out.Bytes()
	return s, err
}

// Share gives a component the file of another. The two are one on disk, where it can do that: a file is
// never written to, only replaced, so what becomes of one does not touch the other.
func (m *Media) Share(ctx context.Context, from, to domain.ComponentID) (err error) {
	source, ok := m.path(from)
	target, known := m.path(to)
	if !ok || !known {
		return missing(from)
	}
	link := source + "." + uuid.NewString()
	err = os.Link(source, link)
	if err == nil {
		if err = move(link, target); err == nil {
			return nil
		}
		err = errors.Join(err, os.Remove(link))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return missing(from)
	}
	content, err := m.Open(ctx, from) // a disk that knows no links
	if err != nil {
		return err
	}
	return errors.Join(m.Put(ctx, to, content), content.Close())
}
