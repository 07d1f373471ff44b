package media

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/callboard/callboard/backend/domain"
)

// portraitEdge is the most pixels of a stored portrait: more than any screen shows of a face in a list.
const portraitEdge = 512

// Portrait is what was stored of a picture of a person.
type Portrait struct {
	Ending string // of a file's name, with its dot
	Size   int64  // in bytes
}

// portray makes the square of a picture that came the file of its component. Nothing else of the file is
// kept: not where it was taken, nor by whom, nor what else somebody hid in it.
func (m *Media) portray(ctx context.Context, t ticket) (*Portrait, error) {
	path, ok := m.path(t.Component)
	if !ok {
		return nil, missing(t.Component)
	}
	came := filepath.Join(m.folder(t.Upload), whole)
	file, err := os.Open(came)
	if errors.Is(err, fs.ErrNotExist) {
		return m.portrayed(ctx, t.Component) // it came before
	}
	if err != nil {
		return nil, unstored(err)
	}
	var made Scaled
	err = m.inTurn(ctx, func() error {
		return decoded(file, func(picture image.Image, orientation int) (err error) {
			if made, err = portraitOf(picture, orientation, *t.Square); err != nil {
				return domain.Errorf(domain.Internal, "make a portrait: %w", err)
			}
			return nil
		})
	})
	if err = errors.Join(unusable(ctx, err), unstored(file.Close())); err != nil {
		return nil, err
	}
	if made.Width < domain.LeastPicture {
		return nil, unfit(domain.ReasonPictureTooSmall, "A picture of a person has at least %d × %[1]d pixels.", domain.LeastPicture)
	}
	if err := writeFile(path, bytes.NewReader(made.Content)); err != nil {
		return nil, unstored(err)
	}
	// Only now: whoever repeats a request that was cut off here finds what it needs.
	return &Portrait{made.Ending, int64(len(made.Content))}, unstored(ifThere(os.Remove(came)))
}

// portrayed tells what was stored before.
func (m *Media) portrayed(ctx context.Context, id domain.ComponentID) (p *Portrait, err error) {
	content, err := m.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	p = &Portrait{Ending: ".jpg"}
	if content.Type == "image/png" {
		p.Ending = ".png"
	}
	p.Size, err = content.Seek(0, io.SeekEnd)
	return p, errors.Join(err, content.Close())
}

// portraitOf cuts a square out of a picture, as it was held, and scales it down.
func portraitOf(picture image.Image, orientation int, square domain.Square) (Scaled, error) {
	bounds := picture.Bounds()
	width, height := bounds.Dx(), bounds.Dy()
	if orientation >= 5 { // it lies on its side
		width, height = height, width
	}
	left, top, edge := square.In(width, height)
	at := laid(image.Pt(left, top), edge, bounds.Size(), orientation).Add(bounds.Min)
	whole, ok := picture.(interface {
		SubImage(r image.Rectangle) image.Image
	})
	if !ok {
		return Scaled{}, fmt.Errorf("no part can be taken of a %T", picture)
	}
	small := min(edge, portraitEdge)
	return encode(turned(shrink(whole.SubImage(image.Rectangle{at, at.Add(image.Pt(edge, edge))}), small, small), orientation))
}

// laid is where a square of an upright picture lies in the picture as it is stored: turned undone.
func laid(at image.Point, edge int, size image.Point, orientation int) image.Point {
	x, y := at.X, at.Y
	right, bottom := size.X-edge, size.Y-edge
	switch orientation {
	case 2:
		return image.Pt(right-x, y)
	case 3:
		return image.Pt(right-x, bottom-y)
	case 4:
		return image.Pt(x, bottom-y)
	case 5:
		return image.Pt(y, x)
	case 6:
		return image.Pt(y, bottom-x)
	case 7:
		return image.Pt(right-y, bottom-x)
	case 8:
		return image.Pt(right-y, x)
	default:
		return at
	}
}

// unusable words why a picture cannot be decoded; nil stays nil, and so does what is no picture's fault.
func unusable(ctx context.Context, err error) error {
	var known *domain.Error
	var disk *fs.PathError
	switch {
	case err == nil, ctx.Err() != nil, errors.As(err, &known):
		return err
	case errors.As(err, &disk):
		return unstored(err)
	case errors.Is(err, errNoPicture):
		return unfit(domain.ReasonNoPicture, "This is not a PNG, JPEG, WebP or GIF picture.")
	case errors.Is(err, errTooLarge):
		return unfit(domain.ReasonPictureTooLarge, "The picture is too large to be decoded.")
	default:
		return unfit(domain.ReasonPictureDamaged, "The picture is damaged: %w", err)
	}
}

func unfit(reason, format string, args ...any) error {
	err := domain.Errorf(domain.Invalid, format, args...)
	err.Reason = reason
	return err
}
