package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
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
	for _, seed := range [][]byte{exif(asJPEG.Bytes(), 6), asPNG.Bytes(), asJPEG.Bytes(), asGIF.Bytes(), []byte("RIFF\x00\x00\x00\x00WEBPVP8L"), nil} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		seen, err := look(bytes.NewReader(content))
		if err != nil || seen.memory > 1<<20 { // larger ones are slow to try, and nothing new
			return
		}
		decoded, err := seen.unpack(bytes.NewReader(content))
		if err != nil {
			return
		}
		if size := decoded.Bounds().Size(); size.X*size.Y > 1<<20 {
			t.Errorf("%v was decoded, and %d bytes were expected", size, seen.memory)
		}
		if small := turned(fit(decoded, 96), seen.orientation).Bounds().Size(); max(small.X, small.Y) > 96 || min(small.X, small.Y) < 1 {
			t.Errorf("shrunk to %v", small)
		}
	})
}

// exif is a JPEG with an orientation.
func exif(picture []byte, orientation byte) []byte {
	segment := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x02" +
		"\x01\x0f\x00\x02\x00\x00\x00\x01\x00\x00\x00\x00" + "\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(orientation) + "\x00\x00" + "\x00\x00\x00\x00"
	head := append([]byte("\xff\xd8\xff\xe1\x00"), byte(len(segment)+2))
	return append(append(head, segment...), picture[2:]...)
}

// TestAPhotographStandsAsItWasHeld has a picture with a red corner at its top left, laid down by the camera
// in each of the eight ways.
func TestAPhotographStandsAsItWasHeld(t *testing.T) {
	const width, height, corner = 64, 32, 16
	for orientation := range byte(9) {
		upright := image.NewRGBA(image.Rect(0, 0, width, height))
		draw.Draw(upright, upright.Bounds(), image.White, image.Point{}, draw.Src)
		draw.Draw(upright, image.Rect(0, 0, corner, corner), image.NewUniform(color.RGBA{200, 0, 0, 255}), image.Point{}, draw.Src)
		inverse := int(orientation)
		switch orientation { // turning by a quarter is undone by turning by three
		case 6:
			inverse = 8
		case 8:
			inverse = 6
		}
		var out bytes.Buffer
		if err := jpeg.Encode(&out, turned(upright, inverse), &jpeg.Options{Quality: 95}); err != nil {
			t.Fatal(err)
		}
		got, err := reduced(bytes.NewReader(exif(out.Bytes(), orientation)), 32)
		if err != nil {
			t.Fatal(err)
		}
		if size := got.Bounds().Size(); size != (image.Point{32, 16}) {
			t.Errorf("%d: %v", orientation, size)
			continue
		}
		if red, white := got.RGBAAt(2, 2), got.RGBAAt(29, 13); red.R < 150 || red.G > 60 || white.G < 200 {
			t.Errorf("%d: %v at the top left, %v at the bottom right", orientation, red, white)
		}
	}
}

func TestShrinkingKeepsTheMeanOfAPicture(t *testing.T) {
	picture := image.NewGray(image.Rect(3, 5, 103, 72)) // a chessboard, not from the origin
	for y := range 67 {
		for x := range 100 {
			picture.SetGray(x+3, y+5, color.Gray{uint8((x + y) % 2 * 255)})
		}
	}
	for _, size := range []image.Point{{50, 33}, {37, 19}, {1, 1}, {100, 67}, {100, 1}} {
		small := shrink(picture, size.X, size.Y)
		var sum int
		for i := 0; i < len(small.Pix); i += 4 {
			sum += int(small.Pix[i])
			if small.Pix[i+3] != 255 {
				t.Fatalf("%v: alpha %d", size, small.Pix[i+3])
			}
		}
		if mean := sum / (size.X * size.Y); mean < 125 || mean > 130 {
			t.Errorf("%v: mean %d", size, mean)
		}
	}
}

// TestWhatAPictureWouldCostIsKnownBeforehand holds headers that promise a lot to almost no memory.
func TestWhatAPictureWouldCostIsKnownBeforehand(t *testing.T) {
	for name, content := range map[string][]byte{
		"a PNG of 30,000 × 30,000":                header("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x75\x30\x00\x00\x75\x30\x08\x06\x00\x00\x00"),
		"an interlaced PNG of 7,000 × 4,700":      header("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x1b\x58\x00\x00\x12\x5c\x08\x06\x00\x00\x01"),
		"a PNG of 16 bits and 7,000 × 4,700":      header("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x1b\x58\x00\x00\x12\x5c\x10\x06\x00\x00\x00"),
		"a JPEG of 65,535 × 65,535":               []byte("\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01"),
		"a progressive JPEG of 5,000 × 5,000":     []byte("\xff\xd8\xff\xc2\x00\x11\x08\x13\x88\x13\x88\x03\x01\x11\x00\x02\x11\x01\x03\x11\x01"),
		"a GIF of 65,535 × 65,535":                []byte("GIF89a\xff\xff\xff\xff\x80\x00\x00aaaaaa,"),
		"a GIF that is a script":                  []byte("GIF89a/*\x00\x00\x00\x00\x00*/=1;alert(1)//"),
		"a WebP of 16,384 × 16,384":               []byte("RIFF\x16\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\xff\x3f\x00\xff\x3f\x00"),
		"a WebP without loss, 16,383 × 16,383":    []byte("RIFF\x16\x00\x00\x00WEBPVP8L\x0a\x00\x00\x00\x2f\xfe\xbf\xff\x0f\x00\x00\x00\x00\x00"),
		"a WebP with loss, 16,383 × 16,383":       []byte("RIFF\x16\x00\x00\x00WEBPVP8 \x0a\x00\x00\x00\x10\x00\x00\x9d\x01\x2a\xff\x3f\xff\x3f"),
		"a JPEG with an Exif segment without end": []byte("\xff\xd8\xff\xe1\xff\xffExif\x00\x00MM\x00*\xff\xff\xff\xff"),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := reduced(bytes.NewReader(content), 96)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s was decoded", name)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
			t.Errorf("%s: %d bytes were taken", name, used)
		}
	}
}

// header is a PNG's with the sum that belongs to it.
func header(text string) []byte {
	return binary.BigEndian.AppendUint32([]byte(text), crc32.ChecksumIEEE([]byte(text[12:])))
}
