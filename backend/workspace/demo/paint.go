package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
)

// tint is a colour while we paint with it: linear enough for our purposes, 0 to 1 a channel.
type tint struct{ r, g, b float64 }

func hex(rgb uint32) tint {
	return tint{float64(rgb>>16&0xff) / 255, float64(rgb>>8&0xff) / 255, float64(rgb&0xff) / 255}
}

// mix goes from a to b as t goes from 0 to 1.
func mix(a, b tint, t float64) tint {
	t = clamp(t)
	return tint{a.r + (b.r-a.r)*t, a.g + (b.g-a.g)*t, a.b + (b.b-a.b)*t}
}

// lit makes a colour brighter or darker.
func (a tint) lit(f float64) tint { return tint{a.r * f, a.g * f, a.b * f} }

// plus adds light.
func (a tint) plus(b tint, f float64) tint { return tint{a.r + b.r*f, a.g + b.g*f, a.b + b.b*f} }

func clamp(v float64) float64 { return max(0, min(1, v)) }

// smooth rises from 0 at a to 1 at b without a corner.
func smooth(a, b, v float64) float64 {
	t := clamp((v - a) / (b - a))
	return t * t * (3 - 2*t)
}

// contrast is how much two neighbouring points differ where an edge runs between them.
const contrast = 0.04

// paint asks the painter for every point of a picture, and several times for the points at an edge, so
// that edges are soft. x runs over 0 … width/height, y over 0 … 1, from the top left.
func paint(width, height, samples int, painter func(x, y float64) tint) image.Image {
	once := make([]tint, width*height)
	for i := range once {
		once[i] = painter((float64(i%width)+0.5)/float64(height), (float64(i/width)+0.5)/float64(height))
	}
	picture := image.NewNRGBA(image.Rect(0, 0, width, height))
	for i, colour := range once {
		x, y := i%width, i/width
		if x > 0 && differ(colour, once[i-1]) || x < width-1 && differ(colour, once[i+1]) ||
			y > 0 && differ(colour, once[i-width]) || y < height-1 && differ(colour, once[i+width]) {
			colour = average(float64(x), float64(y), float64(height), samples, painter)
		}
		picture.SetNRGBA(x, y, color.NRGBA{level(colour.r), level(colour.g), level(colour.b), 255})
	}
	return picture
}

func differ(a, b tint) bool {
	return math.Abs(a.r-b.r)+math.Abs(a.g-b.g)+math.Abs(a.b-b.b) > contrast
}

// average is the colour of a point looked at several times within its square.
func average(x, y, height float64, samples int, painter func(x, y float64) tint) tint {
	var sum tint
	step := 1 / float64(samples)
	for sy := range samples {
		for sx := range samples {
			sum = sum.plus(painter((x+(float64(sx)+0.5)*step)/height, (y+(float64(sy)+0.5)*step)/height), step*step)
		}
	}
	return sum
}

func level(v float64) uint8 { return uint8(clamp(v)*255 + 0.5) }

// asPNG encodes a painted picture, quickly rather than small: somebody waits for their first start.
func asPNG(picture image.Image) ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := encoder.Encode(&out, picture); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// noise is a smooth random curve through the whole numbers: the same seed, the same curve.
func noise(seed uint32, x float64) float64 {
	whole := math.Floor(x)
	a, b := scatter(seed, int64(whole)), scatter(seed, int64(whole)+1)
	return a + (b-a)*smooth(0, 1, x-whole)
}

// ridge is noise upon noise: the outline of a mountain range, between 0 and 1.
func ridge(seed uint32, x float64) float64 {
	sum, share := 0.0, 0.5
	for octave := range 6 {
		sum += share * noise(seed+uint32(octave), x)
		x, share = x*2.03+17, share*0.5
	}
	return sum
}

// curve is a function of x, worked out once for the whole width of a picture: the outlines are asked
// for at every point, and are what painting would otherwise spend its time on.
type curve struct {
	values []float64
	scale  float64
}

// margin is how far beyond its edges a picture is looked up, by reflections.
const margin = 0.05

func trace(wide float64, f func(x float64) float64) curve {
	c := curve{values: make([]float64, 2048)}
	c.scale = float64(len(c.values)-2) / (wide + 2*margin)
	for i := range c.values {
		c.values[i] = f(float64(i)/c.scale - margin)
	}
	return c
}

func (c curve) at(x float64) float64 {
	place := max(0, min(float64(len(c.values)-2), (x+margin)*c.scale))
	i := int(place)
	return c.values[i] + (c.values[i+1]-c.values[i])*(place-float64(i))
}

// scatter is a number between 0 and 1 that looks random and depends on nothing but its arguments.
func scatter(seed uint32, n int64) float64 {
	h := uint64(n)*0x9e3779b97f4a7c15 + uint64(seed)*0xbf58476d1ce4e5b9
	h ^= h >> 31
	h *= 0x94d049bb133111eb
	h ^= h >> 29
	return float64(h>>11) / (1 << 53)
}
