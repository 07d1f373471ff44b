package tray

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/callboard/callboard/backend/domain"
)

// side is how wide and high the icon is drawn; hosts scale it down.
const side = 64

// The mark is a light plate with dark lines, so that it reads on a dark panel and on a light one.
var (
	plate  = color.NRGBA{0xe4, 0xe4, 0xe4, 0xff}
	edge   = color.NRGBA{0x33, 0x33, 0x33, 0xff}
	stroke = color.NRGBA{0x4a, 0x4a, 0x4a, 0xff}
	cue    = color.NRGBA{0xe0, 0xa5, 0x4a, 0xff}
	onCue  = color.NRGBA{0x22, 0x18, 0x03, 0xff}
)

// draw draws the icon of a face: the board with two lines of a note, or the two bars of a pause; with a
// cue light and the count where something is unread; faded while offline.
func draw(face domain.TrayFace) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	round(img, 22, 2, 42, 16, 6, edge)
	round(img, 3, 8, 61, 62, 11, edge)
	round(img, 26, 6, 38, 16, 3, plate)
	round(img, 7, 12, 57, 58, 8, plate)
	if face.Paused {
		round(img, 16, 24, 26, 52, 3, stroke)
		round(img, 33, 24, 43, 52, 3, stroke)
	} else {
		round(img, 15, 27, 37, 33, 3, stroke)
		round(img, 15, 41, 49, 47, 3, stroke)
	}
	if face.Unread > 0 {
		round(img, 24, 0, 64, 40, 20, edge)
		round(img, 27, 3, 61, 37, 17, cue)
		write(img, countText(face.Unread), 44, 20)
	}
	if face.Offline {
		fade(img)
	}
	return img
}

// countText is the count as it fits into the light: 1 to 9, then 9+.
func countText(unread int) string {
	if unread > 9 {
		return "9+"
	}
	return strconv.Itoa(unread)
}

// round fills a rectangle with rounded corners, its edge smoothed.
func round(img *image.NRGBA, x0, y0, x1, y1, radius float64, c color.NRGBA) {
	for y := int(y0); y < int(math.Ceil(y1)); y++ {
		for x := int(x0); x < int(math.Ceil(x1)); x++ {
			px, py := float64(x)+0.5, float64(y)+0.5
			dx := math.Max(math.Max(x0+radius-px, px-(x1-radius)), 0)
			dy := math.Max(math.Max(y0+radius-py, py-(y1-radius)), 0)
			cover := math.Min(math.Max(radius+0.5-math.Hypot(dx, dy), 0), 1)
			blend(img, x, y, c, cover)
		}
	}
}

func blend(img *image.NRGBA, x, y int, c color.NRGBA, cover float64) {
	if cover <= 0 || !(image.Point{x, y}.In(img.Rect)) {
		return
	}
	under := img.NRGBAAt(x, y)
	alpha := cover + float64(under.A)/255*(1-cover)
	mix := func(over, below uint8) uint8 {
		return uint8((float64(over)*cover+float64(below)*float64(under.A)/255*(1-cover))/alpha + 0.5)
	}
	img.SetNRGBA(x, y, color.NRGBA{mix(c.R, under.R), mix(c.G, under.G), mix(c.B, under.B), uint8(alpha*255 + 0.5)})
}

// digits is the face the count is written with; the font is part of the program and always parses.
var digits = sync.OnceValues(func() (font.Face, error) {
	parsed, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, err
	}
	return opentype.NewFace(parsed, &opentype.FaceOptions{Size: 26, DPI: 72, Hinting: font.HintingFull})
})

// write centres text on a point.
func write(img *image.NRGBA, text string, x, y int) {
	face, err := digits()
	if err != nil {
		return // the light alone still says that something is unread
	}
	bounds, _ := font.BoundString(face, text)
	d := font.Drawer{Dst: img, Src: image.NewUniform(onCue), Face: face}
	d.Dot = fixed.Point26_6{
		X: fixed.I(x) - (bounds.Min.X+bounds.Max.X)/2,
		Y: fixed.I(y) - (bounds.Min.Y+bounds.Max.Y)/2,
	}
	d.DrawString(text)
}

func fade(img *image.NRGBA) {
	for i := 3; i < len(img.Pix); i += 4 {
		img.Pix[i] = uint8(int(img.Pix[i]) * 45 / 100)
	}
}

func pngOf(img image.Image) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		return nil // writing to memory does not fail
	}
	return out.Bytes()
}
