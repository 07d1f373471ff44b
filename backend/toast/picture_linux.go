package toast

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
)

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
	pixels := image.NewNRGBA(image.Rect(0, 0, decoded.Bounds().Dx(), decoded.Bounds().Dy()))
	draw.Draw(pixels, pixels.Bounds(), decoded, decoded.Bounds().Min, draw.Src)
	return &picture{
		Width: int32(pixels.Rect.Dx()), Height: int32(pixels.Rect.Dy()), RowStride: int32(pixels.Stride),
		HasAlpha: true, BitsPerSample: 8, Channels: 4, Pixels: pixels.Pix,
	}
}
