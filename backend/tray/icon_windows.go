package tray

import (
	"fyne.io/systray"

	"github.com/callboard/callboard/backend/domain"
)

func setIcon(face domain.TrayFace) { systray.SetIcon(icoOf(pngOf(draw(face)))) }
