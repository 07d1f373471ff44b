package cache

import (
	"bytes"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
)

const (
	// mostPictures is how many pictures an account keeps; beyond it the oldest goes.
	mostPictures = 600
	// mostPicture is how many bytes a kept picture has at most: the page asks for small ones.
	mostPicture = 256 << 10
)

// Picture gives a kept picture; its error is a domain.NotFound where there is none.
func (a *Account) Picture(id domain.ComponentID, size int) (data []byte, contentType string, err error) {
	known := false
	err = a.view(func(r room) error {
		sealed := r.in(picturesBucket).Get(pictureName(id, size))
		if sealed == nil {
			return nil
		}
		kept, err := unseal(sealed)
		if err != nil {
			return err
		}
		var kind []byte
		kind, data, known = bytes.Cut(bytes.Clone(kept), []byte{0})
		contentType = string(kind)
		return nil
	})
	if err == nil && !known {
		err = domain.Errorf(domain.NotFound, "the picture %s is not kept", id)
	}
	return data, contentType, err
}

// PutPicture keeps a picture. A very large one is not kept, which is no failure.
func (a *Account) PutPicture(id domain.ComponentID, size int, data []byte, contentType string) error {
	if len(data) > mostPicture {
		return nil
	}
	return a.update(func(r room) error {
		kept := shelf{r.in(picturesBucket), r.in(picturesAgesBucket), mostPictures}
		_, err := kept.put(pictureName(id, size), append(append([]byte(contentType), 0), data...))
		return err
	})
}

func pictureName(id domain.ComponentID, size int) []byte { return fmt.Appendf(nil, "%s/%d", id, size) }
