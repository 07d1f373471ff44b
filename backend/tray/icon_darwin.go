//go:build cgo

package tray

import (
	"image/color"

	"fyne.io/systray"

	"github.com/callboard/callboard/backend/domain"
)

// setIcon gives macOS the mark in one colour, which it tints to its bar; the count stands beside it.
func setIcon(face domain.TrayFace) {
	title := ""
	if face.Unread > 0 {
		title = countText(face.Unread)
	}
	systray.SetTitle(title)
	img := draw(domain.TrayFace{Offline: face.Offline, Paused: face.Paused})
	for y := range side {
		for x := range side {
			if c := img.NRGBAAt(x, y); c.R > 0x80 { // the plate is left open
				img.SetNRGBA(x, y, color.NRGBA{})
			}
		}
	}
	picture := pngOf(img)
	systray.SetTemplateIcon(picture, picture)
}
