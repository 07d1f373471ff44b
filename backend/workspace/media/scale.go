package media

import (
	"image"
	"image/draw"
)

// fit scales a picture down into size × size, keeping its shape. It is never enlarged.
func fit(picture image.Image, size int) *image.RGBA {
	width, height := picture.Bounds().Dx(), picture.Bounds().Dy()
	if longest := max(width, height); longest > size {
		width, height = max(1, width*size/longest), max(1, height*size/longest)
	}
	return shrink(picture, width, height)
}

// shrink averages a picture into width × height, neither of them larger than its own: each new pixel is
// the mean of all that it covers. It goes row by row, so that beside the picture next to no memory is
// needed, which the scalers of the libraries cannot promise.
func shrink(picture image.Image, width, height int) *image.RGBA {
	from := picture.Bounds()
	to := image.NewRGBA(image.Rect(0, 0, width, height))
	row := image.NewRGBA(image.Rect(0, 0, from.Dx(), 1))
	narrow := make([]float32, 4*width)
	sum := make([]float32, 4*width)
	columns := sharesOf(from.Dx(), width)
	for y, s := range sharesOf(from.Dy(), height) {
		draw.Draw(row, row.Bounds(), picture, image.Pt(from.Min.X, from.Min.Y+y), draw.Src)
		squeeze(narrow, row.Pix, columns)
		for i, value := range narrow {
			sum[i] += value * s.first
		}
		if !s.last {
			continue
		}
		for i, value := range sum {
			to.Pix[s.at*to.Stride+i] = uint8(value + 0.5)
			sum[i] = narrow[i] * s.second
		}
	}
	return to
}

// squeeze averages a row of pixels along its length.
func squeeze(into []float32, pixels []uint8, columns []share) {
	clear(into)
	for x, s := range columns {
		pixel, at := (*[4]uint8)(pixels[4*x:4*x+4]), 4*s.at
		add((*[4]float32)(into[at:at+4]), pixel, s.first)
		if s.second > 0 {
			add((*[4]float32)(into[at+4:at+8]), pixel, s.second)
		}
	}
}

// add is written out because most of the time of a thumbnail goes by here.
func add(sum *[4]float32, pixel *[4]uint8, weight float32) {
	sum[0] += float32(pixel[0]) * weight
	sum[1] += float32(pixel[1]) * weight
	sum[2] += float32(pixel[2]) * weight
	sum[3] += float32(pixel[3]) * weight
}

// share is where one line of pixels goes: so much of it to a new line, the rest to the one after.
type share struct {
	at            int
	first, second float32
	last          bool // nothing more comes to the line at
}

// sharesOf spreads old lines over fewer new ones. What comes to each new one adds up to 1.
func sharesOf(old, fresh int) []share {
	shares := make([]share, old)
	for i := range shares {
		begin := i * fresh // counted in parts of which a new line has old
		at := begin / old
		edge := (at + 1) * old
		inside := min(fresh, edge-begin)
		shares[i] = share{
			at: at, first: float32(inside) / float32(old), second: float32(fresh-inside) / float32(old),
			last: begin+fresh >= edge,
		}
	}
	return shares
}

// turned is a picture as its camera says it was held: an orientation of Exif, 1 to 8.
func turned(picture *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return picture
	}
	width, height := picture.Bounds().Dx(), picture.Bounds().Dy()
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	if orientation >= 5 { // it lies on its side
		out = image.NewRGBA(image.Rect(0, 0, height, width))
	}
	for y := range height {
		for x := range width {
			to := [9]image.Point{
				2: {width - 1 - x, y}, 3: {width - 1 - x, height - 1 - y}, 4: {x, height - 1 - y},
				5: {y, x}, 6: {height - 1 - y, x}, 7: {height - 1 - y, width - 1 - x}, 8: {y, width - 1 - x},
			}[orientation]
			copy(out.Pix[out.PixOffset(to.X, to.Y):], picture.Pix[picture.PixOffset(x, y):][:4])
		}
	}
	return out
}
