package demo

import (
	"image"
	"math"
)

// look is what a person's portrait is made of. There is no face in it: the portraits are the flat,
// quiet kind, and read at 24 pixels.
type look struct {
	ground, skin, hair, cloth tint
	cut                       cut
	glasses, beard            bool
}

// cut is how somebody wears their hair.
type cut int

const (
	short cut = iota
	long
	bob
	bun
	curls
)

const (
	portraitSize = 256
	closeness    = 0.86 // less is nearer
)

// portrait paints a person from the shoulders up.
func portrait(l look) ([]byte, error) {
	return asPNG(portraitOf(l))
}

func portraitOf(l look) image.Image {
	return paint(portraitSize, portraitSize, 4, func(x, y float64) tint {
		x, y = 0.5+(x-0.5)*closeness, 0.08+y*closeness
		shade := 1 - 0.22*smooth(0.35, 0.75, x)*smooth(0.1, 0.9, y)
		switch {
		case inGlasses(l, x, y):
			return l.hair.lit(0.5)
		case inFringe(l, x, y):
			return l.hair.lit(1.05 * shade)
		case l.beard && oval(x, y, 0.5, 0.535, 0.152, 0.128) && !oval(x, y, 0.5, 0.43, 0.145, 0.115):
			return l.hair.lit(0.92 * shade)
		case oval(x, y, 0.5, 0.44, 0.155, 0.205):
			return l.skin.lit(1 - 0.16*smooth(0.52, 0.64, x))
		case math.Abs(x-0.5) < 0.065 && y > 0.55 && y < 0.74:
			return l.skin.lit(0.8)
		case oval(x, y, 0.5, 0.735, 0.10, 0.05):
			return l.skin.lit(0.84)
		case oval(x, y, 0.5, 1.04, 0.36, 0.33):
			return l.cloth.lit(1.02 - 0.25*smooth(0.45, 0.9, x))
		case behind(l, x, y):
			return l.hair.lit(0.82 * shade)
		default:
			return l.ground.lit(1.08 - 0.28*math.Hypot(x-0.35, y-0.25))
		}
	})
}

// inFringe is the hair before the face.
func inFringe(l look, x, y float64) bool {
	crown := oval(x, y, 0.5, 0.395, 0.178, 0.20)
	switch l.cut {
	case curls:
		wave := 0.011 * math.Abs(math.Sin(6*math.Atan2(y-0.345, x-0.5)))
		return math.Hypot(x-0.5, y-0.345) < 0.198+wave && !oval(x, y, 0.5, 0.48, 0.137, 0.165)
	case short:
		return crown && !oval(x, y, 0.515, 0.485, 0.150, 0.185)
	case bun:
		return crown && !oval(x, y, 0.5, 0.485, 0.143, 0.185)
	default:
		return crown && (!oval(x, y, 0.455, 0.505, 0.135, 0.215) || x > 0.61) && y < 0.56
	}
}

// behind is the hair that falls behind head and shoulders.
func behind(l look, x, y float64) bool {
	switch l.cut {
	case long:
		return oval(x, y, 0.5, 0.50, 0.215, 0.36) && y > 0.3
	case bob:
		return oval(x, y, 0.5, 0.45, 0.205, 0.225)
	case bun:
		return oval(x, y, 0.5, 0.185, 0.075, 0.068) || oval(x, y, 0.5, 0.40, 0.176, 0.19)
	case curls:
		return oval(x, y, 0.5, 0.43, 0.225, 0.235)
	default:
		return oval(x, y, 0.5, 0.40, 0.172, 0.185)
	}
}

func inGlasses(l look, x, y float64) bool {
	if !l.glasses {
		return false
	}
	for _, centre := range []float64{0.435, 0.565} {
		d := math.Hypot(x-centre, (y-0.455)*1.1)
		if d < 0.056 && d > 0.046 {
			return true
		}
	}
	return math.Abs(y-0.45) < 0.006 && math.Abs(x-0.5) < 0.014
}

func oval(x, y, cx, cy, rx, ry float64) bool {
	dx, dy := (x-cx)/rx, (y-cy)/ry
	return dx*dx+dy*dy < 1
}
