// Command icons draws Callboard's mark, a small board with a cue light, into the files that installers
// and windows want. Run it in build/icons: go run . — the files are committed, so that building needs no
// drawing. The tray draws its own, because its light carries a count.
package main

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"log"
	"math"
	"os"
)

// The mark lives on a square of 64.
const grid = 64

var (
	ground = color.NRGBA{0x25, 0x25, 0x25, 0xff}
	plate  = color.NRGBA{0xe4, 0xe4, 0xe4, 0xff}

	stroke = color.NRGBA{0x4a, 0x4a, 0x4a, 0xff}
	cue    = color.NRGBA{0xe0, 0xa5, 0x4a, 0xff}
)

// box is a rectangle with rounded corners.
type box struct {
	x0, y0, x1, y1, radius float64
	fill                   color.NRGBA
}

// mark is drawn in order, the last on top.
var mark = []box{
	{0, 0, 64, 64, 13, ground},
	{26, 9, 38, 20, 3.5, plate},
	{11, 15, 53, 55, 6, plate},
	{18, 28, 36, 33, 2.5, stroke},
	{18, 39, 46, 44, 2.5, stroke},
	{38, 7, 58, 27, 10, ground},
	{41, 10, 55, 24, 7, cue},
}

func main() {
	for path, content := range map[string][]byte{
		"../appicon.png":         pngOf(1024),
		"../linux/callboard.png": pngOf(256),
		"../windows/icon.ico":    icoOf(16, 24, 32, 48, 64, 256),
	} {
		if err := os.WriteFile(path, content, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// draw samples the mark sixteen times a pixel.
func draw(side int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	const fine = 4
	for y := range side {
		for x := range side {
			var r, g, b, a float64
			for sub := range fine * fine {
				px := (float64(x) + (float64(sub%fine)+0.5)/fine) * grid / float64(side)
				py := (float64(y) + (float64(sub/fine)+0.5)/fine) * grid / float64(side)
				c := at(px, py)
				weight := float64(c.A)
				r, g, b, a = r+float64(c.R)*weight, g+float64(c.G)*weight, b+float64(c.B)*weight, a+weight
			}
			if a > 0 {
				img.SetNRGBA(x, y, color.NRGBA{uint8(r/a + 0.5), uint8(g/a + 0.5), uint8(b/a + 0.5), uint8(a/fine/fine + 0.5)})
			}
		}
	}
	return img
}

// at is the colour of a point of the grid.
func at(x, y float64) color.NRGBA {
	for i := len(mark) - 1; i >= 0; i-- {
		m := mark[i]
		dx := math.Max(math.Max(m.x0+m.radius-x, x-(m.x1-m.radius)), 0)
		dy := math.Max(math.Max(m.y0+m.radius-y, y-(m.y1-m.radius)), 0)
		if math.Hypot(dx, dy) <= m.radius {
			return m.fill
		}
	}
	return color.NRGBA{}
}

func pngOf(side int) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, draw(side)); err != nil {
		log.Fatal(err)
	}
	return out.Bytes()
}

// icoOf is a Windows icon file with a PNG for each side.
func icoOf(sides ...int) []byte {
	le := binary.LittleEndian
	head := le.AppendUint16(le.AppendUint16(le.AppendUint16(nil, 0), 1), uint16(len(sides)))
	offset := len(head) + 16*len(sides)
	var body []byte
	for _, side := range sides {
		picture := pngOf(side)
		head = append(head, byte(side), byte(side), 0, 0) // 256 is written as 0
		head = le.AppendUint16(le.AppendUint16(head, 1), 32)
		head = le.AppendUint32(le.AppendUint32(head, uint32(len(picture))), uint32(offset+len(body)))
		body = append(body, picture...)
	}
	return append(head, body...)
}
