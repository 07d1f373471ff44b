//go:build !darwin || cgo

// Package tray is the icon in the system's tray and its menu: the second way into the app, beside the
// window. It draws the icon, shows the words it is given and reports clicks; it decides nothing.
//
// Two traps. The library behind it has one tray per process, so there is one Tray. And on Linux it says
// nothing about whether anybody shows the icon: Hosted asks that of the bus.
package tray

import (
	"context"
	"log/slog"
	"slices"
	"sync"

	"fyne.io/systray"

	"github.com/callboard/callboard/backend/domain"
)

// lines is how many items the menu shows.
const lines = 5

// Config says who hears of clicks. The functions are called from goroutines of the tray.
type Config struct {
	ID string // the application's id, as its desktop file has it
	// Clicked is a click on the icon; at is nil where the system does not tell where that was.
	Clicked func(at *domain.Point)
	// Open is a choice in the menu: an item, or "" for the window.
	Open func(item domain.NotificationID)
	// Do is any other choice in the menu.
	Do   func(domain.TrayCommand)
	Quit func()
	// Hosted is told when somebody begins or ceases to show tray icons.
	Hosted func(bool)
	// Bus says whether the session has a bus; without one there is no tray on Linux.
	Bus bool
	Log *slog.Logger
}

// Tray is the icon.
type Tray struct {
	cfg   Config
	faces chan domain.TrayFace // holds the newest face only
	// started is closed when the library has started. What it is told while it does may be lost.
	started chan struct{}

	mu   sync.Mutex // guards what follows
	item [lines]domain.NotificationID
}

// New makes the tray; Run shows it.
func New(cfg Config) *Tray {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	return &Tray{cfg: cfg, faces: make(chan domain.TrayFace, 1), started: make(chan struct{})}
}

// Show changes what the tray shows, as soon as it runs. It never waits.
func (t *Tray) Show(face domain.TrayFace) {
	for {
		select {
		case t.faces <- face:
			return
		default:
		}
		select {
		case <-t.faces: // an older face that was never shown
		default:
		}
	}
}

// Run shows the icon until ctx ends.
func (t *Tray) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	built := make(chan menu, 1)
	var following sync.WaitGroup
	following.Go(func() {
		select {
		case m := <-built:
			t.follow(ctx, m)
		case <-ctx.Done():
		}
	})
	err := t.run(ctx, func() { built <- t.build(ctx) })
	cancel()
	following.Wait()
	return err
}

// menu is the entries whose words change.
type menu struct {
	open, quit *systray.MenuItem
	items      [lines]*systray.MenuItem
	commands   map[domain.TrayCommand]*systray.MenuItem
}

// build makes the menu, once: the library answers nobody who asks for it before.
func (t *Tray) build(ctx context.Context) menu {
	systray.SetTitle(t.cfg.ID)
	setIcon(domain.TrayFace{})
	m := menu{open: systray.AddMenuItem(t.cfg.ID, "")}
	systray.AddSeparator()
	for i := range m.items {
		m.items[i] = systray.AddMenuItem("", "")
		m.items[i].Hide()
		go clicks(ctx, m.items[i], func() { t.cfg.Open(t.at(i)) })
	}
	systray.AddSeparator()
	m.commands = map[domain.TrayCommand]*systray.MenuItem{}
	for _, command := range domain.TrayCommands {
		item := systray.AddMenuItem("", "")
		item.Hide()
		m.commands[command] = item
		go clicks(ctx, item, func() { t.cfg.Do(command) })
	}
	systray.AddSeparator()
	m.quit = systray.AddMenuItem("", "")
	go clicks(ctx, m.open, func() { t.cfg.Open("") })
	go clicks(ctx, m.quit, t.cfg.Quit)
	return m
}

// follow changes icon and menu with every face.
func (t *Tray) follow(ctx context.Context, m menu) {
	select {
	case <-t.started:
	case <-ctx.Done():
		return
	}
	var shown domain.TrayFace
	setIcon(shown)
	for {
		var face domain.TrayFace
		select {
		case face = <-t.faces:
		case <-ctx.Done():
			return
		}
		if face.Unread != shown.Unread || face.Offline != shown.Offline || face.Paused != shown.Paused {
			setIcon(face)
		}
		if face.Tooltip != shown.Tooltip {
			systray.SetTooltip(face.Tooltip)
		}
		setTitle(m.open, shown.Open, face.Open)
		setTitle(m.quit, shown.Quit, face.Quit)
		t.setItems(m.items, face)
		if !slices.Equal(shown.Entries, face.Entries) {
			setCommands(m.commands, face.Entries)
		}
		shown = face
	}
}

// setItems lists the newest items, or says in the first place that there are none.
func (t *Tray) setItems(items [lines]*systray.MenuItem, face domain.TrayFace) {
	t.mu.Lock()
	for i := range t.item {
		t.item[i] = ""
		if i < len(face.Newest) {
			t.item[i] = face.Newest[i].ID
		}
	}
	t.mu.Unlock()
	for i, item := range items {
		switch {
		case i < len(face.Newest):
			item.SetTitle(titleOf(face.Newest[i]))
			item.Enable()
			item.Show()
		case i == 0:
			item.SetTitle(face.None)
			item.Disable()
			item.Show()
		default:
			item.Hide()
		}
	}
}

// setCommands offers the commands that are among the entries, and no others.
func setCommands(items map[domain.TrayCommand]*systray.MenuItem, entries []domain.TrayEntry) {
	for command, item := range items {
		i := slices.IndexFunc(entries, func(e domain.TrayEntry) bool { return e.Command == command })
		if i < 0 {
			item.Hide()
			continue
		}
		item.SetTitle(entries[i].Text)
		item.Show()
	}
}

// titleOf marks what is unread with a dot: a menu has no bold everywhere.
func titleOf(line domain.TrayLine) string {
	if line.Unread {
		return "● " + line.Text
	}
	return line.Text
}

func setTitle(item *systray.MenuItem, before, now string) {
	if before != now {
		item.SetTitle(now)
	}
}

func (t *Tray) at(i int) domain.NotificationID {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.item[i]
}

func clicks(ctx context.Context, item *systray.MenuItem, do func()) {
	for {
		select {
		case _, open := <-item.ClickedCh:
			if !open {
				return
			}
			do()
		case <-ctx.Done():
			return
		}
	}
}
