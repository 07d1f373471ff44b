package desktop

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"time"

	"github.com/google/uuid"
	"golang.org/x/image/webp"

	"github.com/callboard/callboard/backend/domain"
)

// portrait is a file that somebody chose as their picture, until they said which square of it is to be seen
// and the server has it. There is one at a time.
type portrait struct {
	id      string
	content []byte
	format  pictureFormat
	given   context.CancelFunc // gives up what is under way; nil where nothing is
}

// pictureFormat is what a file is by its first bytes. What its name says nobody asks.
type pictureFormat struct {
	magic       string // '?' stands for any byte
	contentType string
	ending      string
	measure     func(io.Reader) (image.Config, error)
}

var pictureFormats = []pictureFormat{
	{"\x89PNG\r\n\x1a\n", "image/png", ".png", png.DecodeConfig},
	{"\xff\xd8\xff", "image/jpeg", ".jpg", jpeg.DecodeConfig},
	{"RIFF????WEBP", "image/webp", ".webp", webp.DecodeConfig},
	{"GIF8?a", "image/gif", ".gif", gif.DecodeConfig},
}

// HoldPicture takes a file that somebody chose as their picture, for the page to show and to choose a square
// of. The page gives its bytes; nothing on this computer is opened for it. What could not be a picture, or
// would take too much to look at, is refused here already: by its header, before anything unpacks it.
func (d *Desktop) HoldPicture(ctx context.Context, content io.Reader) (domain.HeldPicture, error) {
	if _, err := d.signedIn(ctx); err != nil {
		return domain.HeldPicture{}, err
	}
	all, err := io.ReadAll(io.LimitReader(content, domain.MostPictureBytes+1))
	if err != nil {
		return domain.HeldPicture{}, domain.Errorf(domain.Internal, "read a picture: %w", err)
	}
	format, err := measured(all)
	if err != nil {
		return domain.HeldPicture{}, err
	}
	held := &portrait{id: uuid.NewString(), content: all, format: format}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dropLocked()
	d.portrait = held
	return domain.HeldPicture{ID: held.id}, nil
}

// measured finds out what a file is, where it is a picture that may be looked at.
func measured(content []byte) (pictureFormat, error) {
	unfit := func(reason, message string) (pictureFormat, error) {
		return pictureFormat{}, &domain.Error{Code: domain.Invalid, Reason: reason, Field: "picture", Message: message}
	}
	if len(content) > domain.MostPictureBytes {
		return unfit(domain.ReasonPictureTooLarge, "the file is too large for a picture")
	}
	for _, format := range pictureFormats {
		if !begins(content, format.magic) {
			continue
		}
		size, err := format.measure(bytes.NewReader(content))
		switch {
		case err != nil || size.Width <= 0 || size.Height <= 0:
			return unfit(domain.ReasonPictureDamaged, "the picture's header cannot be read")
		case size.Width > domain.MostPicturePixels/size.Height:
			return unfit(domain.ReasonPictureTooLarge, "the picture has too many pixels")
		case min(size.Width, size.Height) < domain.LeastPicture:
			return unfit(domain.ReasonPictureTooSmall, "the picture is too small")
		}
		return format, nil
	}
	return unfit(domain.ReasonNoPicture, "the file is no PNG, JPEG, WebP or GIF")
}

func begins(content []byte, magic string) bool {
	if len(content) < len(magic) {
		return false
	}
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != content[i] {
			return false
		}
	}
	return true
}

// HeldPicture gives the file that is held, to be looked at.
func (d *Desktop) HeldPicture(id string) (content []byte, contentType string, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.portrait == nil || d.portrait.id != id {
		return nil, "", domain.Errorf(domain.NotFound, "no such picture is held")
	}
	return d.portrait.content, d.portrait.format.contentType, nil
}

// SetPicture sends the file that is held to the server, as the person's picture: a square of it.
func (d *Desktop) SetPicture(ctx context.Context, id string, square domain.Square) error {
	if err := square.Valid(); err != nil {
		return err
	}
	l, err := d.online(ctx)
	if err != nil {
		return err
	}
	ctx, give := context.WithCancel(ctx)
	defer give()
	d.mu.Lock()
	held := d.portrait
	if held == nil || held.id != id {
		d.mu.Unlock()
		return domain.Errorf(domain.NotFound, "no such picture is held")
	}
	if held.given != nil {
		d.mu.Unlock()
		return domain.Errorf(domain.Conflict, "the picture is on its way already")
	}
	held.given = give
	d.mu.Unlock()
	made, err := l.remote.SetPicture(ctx, domain.NewPicture{Content: held.content, Ending: held.format.ending, Square: square}, d.sending(len(held.content)))
	d.mu.Lock()
	held.given = nil
	me := l.account.User
	if err == nil && d.portrait == held {
		d.portrait = nil
	}
	d.mu.Unlock()
	switch {
	case err == nil:
		me.ThumbnailID = made
		d.met(l, []domain.Person{me})
		return nil
	case errors.Is(err, context.Canceled):
		return &domain.Error{Code: domain.Conflict, Reason: "given_up", Message: "sending the picture was given up", Err: err}
	default:
		return err
	}
}

// sendingEvery is how often the page hears how far a picture has come.
const sendingEvery = 100 * time.Millisecond

// sending tells the page how far a picture has come.
func (d *Desktop) sending(total int) func(int) {
	var told time.Time
	return func(sent int) {
		if now := d.cfg.Clock(); sent == total || now.Sub(told) >= sendingEvery {
			told = now
			d.mu.Lock()
			d.emitLocked(domain.Update{Sending: &domain.Sending{Sent: sent, Total: total}})
			d.mu.Unlock()
		}
	}
}

// DropPicture forgets the file that is held, and gives up sending it.
func (d *Desktop) DropPicture() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.dropLocked()
}

func (d *Desktop) dropLocked() {
	if d.portrait != nil && d.portrait.given != nil {
		d.portrait.given()
	}
	d.portrait = nil
}

// RemovePicture takes the person's picture away.
func (d *Desktop) RemovePicture(ctx context.Context) error {
	l, err := d.online(ctx)
	if err != nil {
		return err
	}
	if err := l.remote.RemovePicture(ctx); err != nil {
		return err
	}
	d.mu.Lock()
	me := l.account.User
	d.mu.Unlock()
	me.ThumbnailID = ""
	d.met(l, []domain.Person{me})
	return nil
}
