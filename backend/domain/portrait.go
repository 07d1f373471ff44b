package domain

import "math"

// Square is the part of a picture that a person chose to be shown by: a square of it, in fractions, so that
// it holds whatever the size a picture is looked at in. Left and Top are parts of the upright picture's width
// and height, Edge of the shorter of the two. The zero Square is the largest one, from the middle.
type Square struct {
	Left float64 `json:"left"`
	Top  float64 `json:"top"`
	Edge float64 `json:"edge"`
}

// Valid says whether there is such a square in a picture.
func (s Square) Valid() error {
	for _, part := range []float64{s.Left, s.Top, s.Edge} {
		if math.IsNaN(part) || part < 0 || part > 1 {
			return &Error{Code: Invalid, Field: "square", Message: "A square is given by fractions of its picture, from 0 to 1."}
		}
	}
	return nil
}

// In gives the square's left, top and edge in an upright picture of that size, always inside it.
func (s Square) In(width, height int) (left, top, edge int) {
	short := min(width, height)
	if s == (Square{}) {
		return (width - short) / 2, (height - short) / 2, short
	}
	of := func(part float64, whole int) int { return int(math.Round(part * float64(whole))) }
	edge = min(max(of(s.Edge, short), 1), short)
	return min(of(s.Left, width), width-edge), min(of(s.Top, height), height-edge), edge
}

// HeldPicture is a file that somebody chose as their picture, held to be looked at.
type HeldPicture struct {
	ID string `json:"id"`
}

// Drop is where in the page files were dropped, in its pixels.
type Drop struct {
	X int `json:"x"`
	Y int `json:"y"`
}

// Sending says how many bytes of a picture are on their way to the server.
type Sending struct {
	Sent  int `json:"sent"`
	Total int `json:"total"`
}

// NewPicture is a file that somebody wants to be seen by, and which square of it.
type NewPicture struct {
	Content []byte
	Ending  string // what its content is, as the ending of a name, with the dot
	Square  Square
}

// What a picture of a person may cost; it is checked on its header, before a pixel is unpacked. A camera's
// photograph fits.
const (
	MostPictureBytes  = 64 << 20
	MostPicturePixels = 64_000_000
	// LeastPicture is the edge of the smallest square in which anybody could be told from another.
	LeastPicture = 32
)

// The reasons for which a file is refused as a picture.
const (
	// ReasonNoPicture: it is no PNG, JPEG, WebP or GIF, whatever its name says.
	ReasonNoPicture = "no_picture"
	// ReasonPictureTooLarge: unpacking it would take more memory than a picture is worth.
	ReasonPictureTooLarge = "picture_too_large"
	ReasonPictureTooSmall = "picture_too_small"
	// ReasonUnreadable: this computer does not let it be opened.
	ReasonUnreadable = "file_unreadable"
	// ReasonPictureDamaged: it ends too early, or says something else than it holds.
	ReasonPictureDamaged = "picture_damaged"
)
