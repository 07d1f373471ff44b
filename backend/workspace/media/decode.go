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

	"github.com/callboard/callboard/backend/domain"
)

// What a picture may cost. All is checked on its header, before a pixel is unpacked. One picture is
// decoded at a time, so these are what the whole server spends. An 8K frame fits, whatever its format,
// unless it has 16 bits a channel; so does what any camera of today takes, and 20 megapixels that come
// progressively.
const (
	maxPixels = domain.MostPicturePixels
	maxMemory = 150 << 20
	maxFile   = domain.MostPictureBytes
)

var (
	errNoPicture = errors.New("not a PNG, JPEG, WebP or GIF picture")
	errTooLarge  = errors.New("the picture is too large to be decoded")
)

// codec decodes one format. We choose by the first bytes ourselves: the registry of package image
// holds every decoder that any library linked in, and some of those have a poor record.
type codec struct {
	magic  string // '?' stands for any byte
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	// weigh reads what else the header says.
	weigh func(io.Reader, color.Model) (weight, error)
}

// weight is what a picture's header says beside its size.
type weight struct {
	pixel       float64 // bytes that a pixel takes while it is decoded
	orientation int     // of Exif, 1 to 8; 0 where it says nothing
}

var codecs = []codec{
	{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode, weighPNG},
	{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode, weighJPEG},
	{"RIFF????WEBP", webp.DecodeConfig, webp.Decode, weighPlain},
	{"GIF8?a", gif.DecodeConfig, gif.Decode, weighPlain}, // the first frame only
}

// codecOf finds the codec of a file by its first bytes; its error is errNoPicture where there is none.
func codecOf(source io.ReadSeeker) (codec, error) {
	head := make([]byte, 16)
	if _, err := io.ReadFull(rewound(source), head); err != nil {
		return codec{}, errNoPicture
	}
	for _, c := range codecs {
		if matches(head, c.magic) {
			return c, nil
		}
	}
	return codec{}, errNoPicture
}

// sight is what a picture's header tells: how to decode it, how to turn it, and how many bytes it takes.
type sight struct {
	codec
	orientation int
	memory      int64
}

// look reads the header of a picture; its error says why it is not one to be decoded.
func look(source io.ReadSeeker) (sight, error) {
	size, err := source.Seek(0, io.SeekEnd)
	if err != nil {
		return sight{}, err
	}
	if size > maxFile {
		return sight{}, errTooLarge
	}
	c, err := codecOf(source)
	if err != nil {
		return sight{}, err
	}
	config, err := c.config(rewound(source))
	if err != nil {
		return sight{}, err
	}
	known, err := c.weigh(rewound(source), config.ColorModel)
	if err != nil {
		return sight{}, err
	}
	if tooLarge(config, known.pixel) {
		return sight{}, errTooLarge
	}
	return sight{c, known.orientation, int64(float64(config.Width*config.Height) * known.pixel)}, nil
}

// unpack decodes what was looked at.
func (s sight) unpack(source io.ReadSeeker) (image.Image, error) { return s.decode(rewound(source)) }

// tooLarge says whether a picture has too many pixels, of so many bytes each.
func tooLarge(c image.Config, pixel float64) bool {
	if c.Width <= 0 || c.Height <= 0 || c.Width > maxPixels || c.Height > maxPixels {
		return true
	}
	pixels := int64(c.Width) * int64(c.Height)
	return pixels > maxPixels || float64(pixels)*pixel > maxMemory
}

// weighPlain goes by what is kept of a pixel.
func weighPlain(_ io.Reader, model color.Model) (weight, error) {
	switch model {
	case color.NRGBA64Model, color.RGBA64Model:
		return weight{pixel: 8}, nil
	case color.Gray16Model:
		return weight{pixel: 2}, nil
	case color.GrayModel:
		return weight{pixel: 1}, nil
	}
	if _, paletted := model.(color.Palette); paletted {
		return weight{pixel: 1}, nil
	}
	return weight{pixel: 4}, nil
}

// weighPNG knows that the last pass of an interlaced picture is another half of it.
func weighPNG(source io.Reader, model color.Model) (weight, error) {
	header := make([]byte, 29) // the magic, then IHDR up to how it is interlaced
	if _, err := io.ReadFull(source, header); err != nil {
		return weight{}, err
	}
	w, err := weighPlain(source, model)
	if header[28] != 0 {
		w.pixel *= 1.5
	}
	return w, err
}

// weighJPEG counts a byte a sample, four more while a progressive picture is put together, and four a
// pixel where it is no YCbCr and is converted.
func weighJPEG(source io.Reader, model color.Model) (weight, error) {
	head, err := readJPEGHead(source)
	w := weight{pixel: head.samples, orientation: head.orientation}
	if head.progressive {
		w.pixel *= 5
	}
	if model != color.YCbCrModel && model != color.GrayModel {
		w.pixel += 4
	}
	return w, err
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
