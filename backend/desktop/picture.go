package desktop

import (
	"context"
	"regexp"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

const (
	// maxPicture is the largest picture the page may ask for, in pixels.
	maxPicture = 1024
	// askLimit is how long the server may take to answer what nobody is waiting at a door for.
	askLimit = 20 * time.Second
)

// componentID is what an id may look like: it becomes part of an address.
var componentID = regexp.MustCompile(`^[0-9A-Za-z-]{1,64}$`)

// Picture is a picture of an account, from the copy or else from the server; the key "" is the account
// shown.
func (d *Desktop) Picture(ctx context.Context, key string, id domain.ComponentID, size int) (data []byte, contentType string, err error) {
	if !componentID.MatchString(string(id)) || size < 0 || size > maxPicture {
		return nil, "", domain.Errorf(domain.Invalid, "that is not a picture's name and size")
	}
	l, err := d.signedIn(ctx)
	if err != nil {
		return nil, "", err
	}
	if key != "" {
		d.mu.Lock()
		l = d.lineOf(key)
		d.mu.Unlock()
	}
	if l == nil {
		return nil, "", domain.Errorf(domain.NotFound, "nobody is signed in as %q", key)
	}
	if data, contentType, err = l.held.Picture(id, size); err == nil {
		return data, contentType, nil
	}
	if l.token == "" {
		return nil, "", domain.Errorf(domain.Offline, "the picture is not on this computer")
	}
	ctx, cancel := context.WithTimeout(ctx, askLimit)
	defer cancel()
	if data, contentType, err = l.remote.Picture(ctx, id, size); err != nil {
		return nil, "", err
	}
	if err := l.held.PutPicture(id, size, data, contentType); err != nil {
		d.cfg.Log.Error("keep a picture", "err", err)
	}
	return data, contentType, nil
}
