package demo

import "math"

// light is a time of day on location: the colours of one shot's picture.
type light struct {
	zenith, horizon   tint
	far, near, ground tint
	glow              tint
	sun               float64 // where along the horizon the light comes from; 0 … 1
	aurora            float64 // how strong the northern lights are
	stars             float64
}

// The weathers of the show. The fjord sequence runs through the first three, the storm sequence through the others.
var lights = []light{
	{hex(0x0a1020), hex(0x27465a), hex(0x22384a), hex(0x0d1722), hex(0x16242f), hex(0x3a6a72), 0.30, 1.0, 1},   // polar night
	{hex(0x16202f), hex(0x8a7a6a), hex(0x4a5260), hex(0x171c24), hex(0x2a2d31), hex(0xd9a066), 0.72, 0.12, .3}, // first light
	{hex(0x22374d), hex(0x9fb2b8), hex(0x6d8593), hex(0x25323a), hex(0x8b9aa0), hex(0xe8e0cc), 0.45, 0, 0},     // blue hour, snow
	{hex(0x1d2226), hex(0x5c625f), hex(0x454b4b), hex(0x14181a), hex(0x2c3130), hex(0x8e8a78), 0.55, 0, 0},     // storm
	{hex(0x2b2320), hex(0xa87448), hex(0x6e4f3d), hex(0x1e1714), hex(0x33261e), hex(0xf0b070), 0.20, 0, 0},     // embers of the evening
	{hex(0x0b0f16), hex(0x1d2c34), hex(0x1b2830), hex(0x090d11), hex(0x10181c), hex(0x2c5a4c), 0.62, 0.75, .8}, // aurora over the ice
}

// landscape paints the picture of a shot: a sky, two or three ranges, and water or snow before them.
func landscape(width, height int, seed uint32, l light) ([]byte, error) {
	horizon := 0.58 + 0.10*scatter(seed, 1)
	lake := scatter(seed, 2) < 0.5
	tower := scatter(seed, 3) < 0.35
	wide := float64(width) / float64(height)
	at := wide * (0.25 + 0.5*scatter(seed, 4))

	var peaks [3]curve
	for layer := range peaks {
		near := float64(layer)
		peaks[layer] = trace(wide, func(x float64) float64 {
			return horizon - (0.30-0.11*near)*ridge(seed+uint32(layer)*31, x*(1.6+1.1*near)) + 0.05*near
		})
	}
	above := skyOf(seed, l, horizon, wide)

	scene := func(x, y float64) tint {
		if tower && inTower(x-at, y-horizon) {
			return towerTint(l, x-at, y-horizon)
		}
		colour := above(x, y)
		for layer := range peaks {
			depth := float64(layer) / 2 // 0 far, 1 near
			if peak := peaks[layer].at(x); y > peak && y < horizon+0.02 {
				colour = mix(l.far, l.near, depth*0.85)
				colour = mix(colour, l.horizon, 0.55*(1-depth)*smooth(peak, horizon, y)) // mist in the valleys
				snow := smooth(0.03, 0, y-peak) * (1 - 0.7*depth)
				colour = colour.plus(l.glow, 0.16*snow*noise(seed+9, x*40+y*25))
			}
		}
		return colour
	}

	picture := paint(width, height, 3, func(x, y float64) tint {
		colour := scene(x, y)
		if y >= horizon {
			depth := (y - horizon) / (1 - horizon)
			if lake {
				ripple := 0.012 * depth * math.Sin(60*y*y+6*noise(seed+5, x*9+y*70))
				mirrored := scene(x+ripple, horizon-(y-horizon)*0.8)
				colour = mix(mirrored.lit(0.72), l.near, 0.25+0.35*depth)
			} else {
				drift := ridge(seed+77, x*2.2+y*3)
				colour = mix(l.ground, l.near, 0.25+0.6*depth).plus(l.horizon, 0.10*(drift-0.4))
			}
		}
		edge := math.Hypot(x/wide-0.5, y-0.5)
		grain := 0.012 * (scatter(seed+3, int64(x*4000)*8191+int64(y*4000)) - 0.5)
		colour = colour.lit(1 - 0.35*smooth(0.35, 0.8, edge))
		return tint{colour.r + grain, colour.g + grain, colour.b + grain}
	})
	return asPNG(picture)
}

// skyOf gives the painter of a sky: a gradient, the light behind the horizon, stars and northern lights.
func skyOf(seed uint32, l light, horizon, wide float64) func(x, y float64) tint {
	var feet, rays [3]curve
	for band := range feet {
		b := float64(band)
		feet[band] = trace(wide, func(x float64) float64 {
			return horizon*(0.62-0.13*b) + 0.10*math.Sin(x*(2.8+b)+b*2+6*scatter(seed, int64(20+band))) + 0.05*noise(seed+uint32(40+band), x*4)
		})
		rays[band] = trace(wide, func(x float64) float64 { return 0.55 + 0.45*noise(seed+uint32(60+band), x*34) })
	}
	return func(x, y float64) tint {
		colour := mix(l.zenith, l.horizon, math.Pow(clamp(y/horizon), 1.7))
		distance := math.Hypot((x/wide-l.sun)*1.6, (y-horizon)*1.2)
		colour = colour.plus(l.glow, 0.42*math.Exp(-6*distance*distance))
		if l.stars > 0 {
			cell := int64(x*124)*4099 + int64(y*120)
			if star := scatter(seed+1, cell); star > 0.985 {
				colour = colour.plus(tint{0.8, 0.85, 0.9}, l.stars*(star-0.985)*40*smooth(horizon, 0, y))
			}
		}
		if l.aurora == 0 {
			return colour
		}
		for band := range feet {
			if height := feet[band].at(x) - y; height > 0 {
				curtain := math.Exp(-height*(7+2*float64(band))) * smooth(0, 0.03, height)
				colour = colour.plus(mix(hex(0x5fd6a4), hex(0x7a6fc0), height*3.2), l.aurora*0.34*curtain*rays[band].at(x))
			}
		}
		return colour
	}
}

// inTower outlines the lighthouse, which stands in some shots. The point is relative to its foot.
func inTower(x, y float64) bool {
	if y > 0.015 || y < -0.26 {
		return false
	}
	width := 0.017 + 0.05*(y+0.26)*0.35
	if y < -0.225 {
		width = 0.012
	}
	return math.Abs(x) < width
}

func towerTint(l light, x, y float64) tint {
	if y < -0.205 && y > -0.228 {
		return tint{0.95, 0.84, 0.6}
	}
	return mix(l.near.lit(0.8), l.far, smooth(-0.03, 0.03, x))
}
