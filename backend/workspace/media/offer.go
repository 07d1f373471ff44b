package media

import (
	"crypto/md5"
	"encoding/base64"
	"time"

	"github.com/google/uuid"

	"github.com/callboard/callboard/backend/domain"
)

// maxParts is the most parts a file may come in, as the protocol's clients have it.
const maxParts = 10_000

// Upload is a file that somebody announces.
type Upload struct {
	Component domain.ComponentID
	// Size is the bytes it will have.
	Size int64
	// Parts is how many parts it comes in; 0 is none, all at once.
	Parts int
	// Checksum is the base64 MD5 of a file that comes at once; "" is not known.
	Checksum string
	// Square makes a picture that comes at once a portrait: what is stored is this part of it, scaled down,
	// and nothing else of the file. nil stores it as it is.
	Square *domain.Square
}

// Offer is what an upload needs.
type Offer struct {
	// Upload names the upload, for Abandon.
	Upload string
	// Join is the ticket to join the parts with; "" for a file that comes at once.
	Join string
	// Put are the tickets to send the file with, one a part in their order.
	Put []string
	// Ends is when nothing of the upload can be under way any more.
	Ends time.Time
}

// Offer gives out the tickets for an upload. Nothing is stored for it until bytes come.
func (m *Media) Offer(u Upload) (Offer, error) {
	if err := m.acceptable(u); err != nil {
		return Offer{}, err
	}
	lasts := wholeFor
	if u.Parts > 0 {
		lasts = partsFor
	}
	ends := m.cfg.Clock().Add(lasts)
	t := ticket{
		Right: toPut, Component: u.Component, Expires: ends.Unix(),
		Upload: uuid.NewString(), Size: u.Size, Parts: max(u.Parts, 1), Checksum: u.Checksum, Square: u.Square,
	}
	offer := Offer{Upload: t.Upload, Ends: ends.Add(grace)}
	for t.Part = 1; t.Part <= t.Parts; t.Part++ {
		put, err := m.sign(t)
		if err != nil {
			return Offer{}, err
		}
		offer.Put = append(offer.Put, put)
	}
	if u.Parts == 0 {
		return offer, nil
	}
	t.Right, t.Part = toJoin, 0
	var err error
	offer.Join, err = m.sign(t)
	return offer, err
}

func (m *Media) acceptable(u Upload) error {
	if _, ok := m.path(u.Component); !ok {
		return wrong("component_id", "The component id %q cannot name a file.", u.Component)
	}
	switch sum, err := base64.StdEncoding.DecodeString(u.Checksum); {
	case u.Size < 0:
		return wrong("file_size", "A file has no less than 0 bytes.")
	case u.Size > m.cfg.MaxUpload:
		return wrong("file_size", "A file may have %d bytes here, not %d.", m.cfg.MaxUpload, u.Size)
	case u.Parts < 0 || u.Parts > maxParts || int64(u.Parts) > max(u.Size, 1):
		return wrong("parts", "A file comes in up to %d parts, none of them empty.", maxParts)
	case u.Checksum != "" && (err != nil || len(sum) != md5.Size):
		return wrong("checksum", "The checksum must be an MD5 in base64.")
	case u.Square == nil:
		return nil
	case u.Parts > 0:
		return wrong("square", "A picture of which a square is kept comes at once, not in parts.")
	case u.Size > maxFile:
		return unfit(domain.ReasonPictureTooLarge, "A picture may have %d bytes, not %d.", maxFile, u.Size)
	}
	return u.Square.Valid()
}

func wrong(field, format string, args ...any) error {
	err := domain.Errorf(domain.Invalid, format, args...)
	err.Field = field
	return err
}
