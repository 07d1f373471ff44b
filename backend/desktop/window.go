package desktop

import (
	"context"

	"github.com/callboard/callboard/backend/domain"
)

// The window's two forms, in pixels.
const (
	CompactWidth  = 420
	CompactHeight = 640
	FullWidth     = 1240
	FullHeight    = 800
	MinWidth      = 420
	MinHeight     = 480
	// trayGap is left free between the compact window and the edge the tray sits on.
	trayGap = 40
)

// windowState is how the one window stands.
type windowState struct {
	visible   bool
	compact   bool
	hidAtTray bool   // put away while, and because, a tray can bring it back
	full      *Frame // where the full window stood before it was made compact; nil before that
}

// ShowFull gives the window its full size, where it last stood, and shows it.
func (d *Desktop) ShowFull(ctx context.Context) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	d.mu.Lock()
	compact, full := d.window.compact, d.window.full
	d.window.compact = false
	d.mu.Unlock()
	if compact && full != nil {
		d.around.Window.Place(*full)
	}
	d.reveal()
	return nil
}

// Hide puts the window away where a tray can bring it back. Where none can, it stays.
func (d *Desktop) Hide(ctx context.Context) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	if !d.hide() {
		return &domain.Error{Code: domain.Unsupported, Reason: "no_tray", Message: "no tray shows Callboard's icon, so the window stays"}
	}
	return nil
}

// Quit ends Callboard.
func (d *Desktop) Quit(ctx context.Context) error {
	if err := d.begun(ctx); err != nil {
		return err
	}
	d.mu.Lock()
	d.quitting = true
	d.mu.Unlock()
	d.around.Window.Quit()
	return nil
}

// Closing is asked when the window's close button is pressed, and says whether the window lives on.
// It hides where a tray can bring it back. Elsewhere it is minimised: an inbox that does not run tells
// nobody anything, and a hidden one could not be reached. Quitting is in the page's menu.
func (d *Desktop) Closing() (stays bool) {
	select {
	case <-d.ready:
	default:
		return false
	}
	d.mu.Lock()
	quitting := d.quitting
	d.mu.Unlock()
	if quitting {
		return false
	}
	if !d.hide() {
		d.around.Window.Minimise()
	}
	return true
}

// ShowItem shows the window and asks the page to go to an item, in whichever workspace it is; "" is the
// page as it stands. It is also what a second start of the program does.
func (d *Desktop) ShowItem(item domain.NotificationID) {
	if !d.up() {
		return
	}
	if item != "" {
		l := d.holder(item)
		d.mu.Lock()
		if l != nil && d.has(l) {
			d.present(l)
		}
		show := domain.Show{Notification: item}
		d.show = &show
		d.emitLocked(domain.Update{Show: &show})
		d.mu.Unlock()
	}
	d.reveal()
}

// TrayOpen is a choice in the tray's menu: an item, or "" for the window in its full size.
func (d *Desktop) TrayOpen(item domain.NotificationID) {
	if !d.up() {
		return
	}
	if item != "" {
		d.ShowItem(item)
		return
	}
	d.report("show the window", d.ShowFull(d.life))
}

// TrayQuit is the menu's last entry.
func (d *Desktop) TrayQuit() {
	if d.up() {
		d.report("quit", d.Quit(d.life))
	}
}

// TrayClicked toggles the compact inbox at the tray. at is where the click was, nil where the system
// does not tell: the window then opens where it stands.
func (d *Desktop) TrayClicked(at *domain.Point) {
	if !d.up() {
		return
	}
	d.mu.Lock()
	open := d.window.visible && d.window.compact
	wasCompact := d.window.compact
	d.mu.Unlock()
	if open {
		d.hide()
		return
	}
	if !wasCompact {
		full := d.around.Window.Frame()
		d.mu.Lock()
		d.window.full, d.window.compact = &full, true
		d.mu.Unlock()
	}
	width, height := d.around.Window.Screen()
	frame := d.around.Window.Frame()
	frame.Width, frame.Height = CompactWidth, CompactHeight
	d.around.Window.Place(atTray(frame, at, width, height))
	d.reveal()
}

// atTray moves a frame beside the tray icon at a point: centred on it, and on the screen's inner side.
func atTray(f Frame, at *domain.Point, width, height int) Frame {
	if at == nil || width <= 0 || height <= 0 || at.X == 0 && at.Y == 0 {
		return f // a host that knows no coordinates says 0, 0
	}
	f.X = at.X - f.Width/2
	f.Y = at.Y + trayGap
	if at.Y > height/2 {
		f.Y = at.Y - trayGap - f.Height
	}
	f.X = max(0, min(f.X, width-f.Width))
	f.Y = max(0, min(f.Y, height-f.Height))
	return f
}

// reveal shows the window in the form it has.
func (d *Desktop) reveal() {
	d.around.Window.Show()
	d.mu.Lock()
	d.window.visible, d.window.hidAtTray = true, false
	d.tellWindow()
	d.mu.Unlock()
}

// hide puts the window away if a tray can bring it back, and says whether it did.
func (d *Desktop) hide() bool {
	d.mu.Lock()
	if !d.computer.Tray {
		d.mu.Unlock()
		return false
	}
	d.window.visible, d.window.hidAtTray = false, true
	d.tellWindow()
	d.mu.Unlock()
	d.around.Window.Hide()
	return true
}

// tellWindow tells the page. The caller holds mu.
func (d *Desktop) tellWindow() {
	state := d.windowState()
	d.emitLocked(domain.Update{Window: &state})
}

func (d *Desktop) windowState() domain.WindowState {
	return domain.WindowState{Visible: d.window.visible, Compact: d.window.compact}
}

// up says whether there is an app yet: surfaces may call before.
func (d *Desktop) up() bool {
	select {
	case <-d.ready:
		return d.life.Err() == nil
	default:
		return false
	}
}

func (d *Desktop) report(doing string, err error) {
	if err != nil {
		d.cfg.Log.Error(doing, "err", err)
	}
}
