package toast

import (
	"bytes"
	"image"
	"image/png"

	"golang.org/x/image/draw"
)

// pictureSide is how large our icon travels at most. Larger ones are scaled down by every daemon all the same,
// and cost milliseconds a toast to put on the bus.
const pictureSide = 48

// picture is an image as the notification specification wants it (image-data, iiibiiay).
type picture struct {
	Width, Height, RowStride int32
	HasAlpha                 bool
	BitsPerSample, Channels  int32
	Pixels                   []byte
}

// pictureOf decodes our own icon; nil where there is none.
func pictureOf(icon []byte) *picture {
	decoded, err := png.Decode(bytes.NewReader(icon))
	if err != nil {
		return nil
	}
	size := decoded.Bounds().Size()
	if longer := max(size.X, size.Y); longer > pictureSide {
		size = size.Mul(pictureSide).Div(longer)
	}
	pixels := image.NewNRGBA(image.Rectangle{Max: size})
	draw.CatmullRom.Scale(pixels, pixels.Bounds(), decoded, decoded.Bounds(), draw.Src, nil)
	return &picture{
		Width: int32(pixels.Rect.Dx()), Height: int32(pixels.Rect.Dy()), RowStride: int32(pixels.Stride),
		HasAlpha: true, BitsPerSample: 8, Channels: 4, Pixels: pixels.Pix,
	}
}
