package cache

import (
	"bytes"
	"fmt"

	"github.com/callboard/callboard/backend/domain"
)

// pictures is how many pictures an account keeps; beyond it the oldest goes.
const pictures = 600

// Picture gives a kept picture; its error is a domain.NotFound where there is none.
func (a *Account) Picture(id domain.ComponentID, size int) (data []byte, contentType string, err error) {
	known := false
	err = a.view(func(r room) error {
		kept := bytes.Clone(r.in(picturesBucket).Get(pictureName(id, size)))
		var kind []byte
		kind, data, known = bytes.Cut(kept, []byte{0})
		contentType = string(kind)
		return nil
	})
	if err == nil && !known {
		err = domain.Errorf(domain.NotFound, "the picture %s is not kept", id)
	}
	return data, contentType, err
}

// PutPicture keeps a picture.
func (a *Account) PutPicture(id domain.ComponentID, size int, data []byte, contentType string) error {
	return a.update(func(r room) error {
		name, kept, ages := pictureName(id, size), r.in(picturesBucket), r.in(agesBucket)
		if kept.Get(name) == nil {
			next, err := ages.NextSequence()
			if err != nil {
				return err
			}
			if err := ages.Put(number(next), name); err != nil {
				return err
			}
			if next > pictures {
				age, oldest := ages.Cursor().First()
				if err := kept.Delete(oldest); err != nil {
					return err
				}
				if err := ages.Delete(bytes.Clone(age)); err != nil {
					return err
				}
			}
		}
		return kept.Put(name, append(append([]byte(contentType), 0), data...))
	})
}

func pictureName(id domain.ComponentID, size int) []byte { return fmt.Appendf(nil, "%s/%d", id, size) }
