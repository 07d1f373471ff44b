package media

import (
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// What a picture may cost. Both limits are checked on its header, before a pixel is unpacked.
const (
	maxPixels = 25_000_000
	maxBytes  = 4 * maxPixels // a 16-bit picture may have half the pixels
	maxFile   = 32 << 20
)

var (
	errNoPicture = errors.New("not a PNG, JPEG, WebP or GIF picture")
	errTooLarge  = errors.New("the picture is larger than 25 megapixels")
)

// codec decodes one format. We choose by the first bytes ourselves: the registry of package image
// holds every decoder that any library linked in, and some of those have a poor record.
type codec struct {
	magic  string // '?' stands for any byte
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

var codecs = []codec{
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode},
	{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
	{"RIFF????WEBP", webp.DecodeConfig, webp.Decode},
	{"GIF8?a", gif.DecodeConfig, gif.Decode}, // the first frame only
}

func decode(source io.ReadSeeker) (image.Image, error) {
	size, err := source.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	if size > maxFile {
		return nil, errTooLarge
	}
	head := make([]byte, 16)
	if _, err := io.ReadFull(rewound(source), head); err != nil {
		return nil, errNoPicture
	}
	for _, c := range codecs {
		if !matches(head, c.magic) {
			continue
		}
		config, err := c.config(rewound(source))
		if err != nil {
			return nil, err
		}
		if tooLarge(config) {
			return nil, errTooLarge
		}
		return c.decode(rewound(source))
	}
	return nil, errNoPicture
}

func tooLarge(c image.Config) bool {
	if c.Width <= 0 || c.Height <= 0 || c.Width > maxPixels || c.Height > maxPixels {
		return true
	}
	pixels := int64(c.Width) * int64(c.Height)
	depth := int64(4)
	switch c.ColorModel {
	case color.NRGBA64Model, color.RGBA64Model:
		depth = 8
	}
	return pixels > maxPixels || pixels*depth > maxBytes
}

// rewound reads a file from its start; a failed seek shows as a failed read.
func rewound(source io.ReadSeeker) io.Reader {
	if _, err := source.Seek(0, io.SeekStart); err != nil {
		return failing{err}
	}
	return source
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func matches(head []byte, magic string) bool {
	for i := range len(magic) {
		if magic[i] != '?' && magic[i] != head[i] {
			return false
		}
	}
	return true
}
