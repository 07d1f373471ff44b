package media

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// FuzzDecode feeds what anybody may upload to the decoders: no panic, and nothing larger than allowed.
func FuzzDecode(f *testing.F) {
	picture := image.NewNRGBA(image.Rect(0, 0, 5, 3))
	var asPNG, asJPEG, asGIF bytes.Buffer
	for _, err := range []error{png.Encode(&asPNG, picture), jpeg.Encode(&asJPEG, picture, nil), gif.Encode(&asGIF, picture, nil)} {
		if err != nil {
			f.Fatal(err)
		}
	}
	for _, seed := range [][]byte{asPNG.Bytes(), asJPEG.Bytes(), asGIF.Bytes(), []byte("RIFF\x00\x00\x00\x00WEBPVP8L"), nil} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		decoded, err := decode(bytes.NewReader(content))
		if err != nil {
			return
		}
		if size := decoded.Bounds().Size(); size.X*size.Y > maxPixels {
			t.Errorf("%v was decoded", size)
		}
		if small := fit(decoded, 96).Bounds().Size(); max(small.X, small.Y) > 96 || min(small.X, small.Y) < 1 {
			t.Errorf("shrunk to %v", small)
		}
	})
}
