package desktop

import (
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// modules is a text as a QR code: a row of modules each, '1' for a dark one. The page draws them, so that
// the code is sharp at every size and no picture of a secret is ever stored.
func modules(text string) ([]string, error) {
	code, err := qr.Encode(text, qr.M, qr.Unicode)
	if err != nil {
		return nil, err
	}
	size := code.Bounds().Dx()
	rows := make([]string, size)
	for y := range size {
		var row strings.Builder
		for x := range size {
			if code.At(x, y) == color.Black {
				row.WriteByte('1')
			} else {
				row.WriteByte('0')
			}
		}
		rows[y] = row.String()
	}
	return rows, nil
}
