package testbed

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/godbus/dbus/v5"
)

// Tray is an app's icon in the panel, seen over the bus as the panel sees it.
type Tray struct {
	item dbus.BusObject
	menu dbus.BusObject
}

// MenuItem is one line of a tray menu.
type MenuItem struct {
	ID    int32
	Label string
}

// Tray is the icon of a process; an error while it has none.
func (d *Desktop) Tray(ctx context.Context, p *Process) (*Tray, error) {
	name := fmt.Sprintf("org.kde.StatusNotifierItem-%d-1", p.PID())
	if !d.owned(name) {
		return nil, fmt.Errorf("%s has no tray icon", p.name)
	}
	item := d.bus.Object(name, "/StatusNotifierItem")
	var path dbus.Variant
	if err := item.CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, "org.kde.StatusNotifierItem", "Menu").Store(&path); err != nil {
		return nil, fmt.Errorf("ask for the tray menu: %w", err)
	}
	menu, ok := path.Value().(dbus.ObjectPath)
	if !ok {
		return nil, fmt.Errorf("%s names no tray menu", p.name)
	}
	return &Tray{item: item, menu: d.bus.Object(name, menu)}, nil
}

// Menu is the icon's menu, separators left out.
func (t *Tray) Menu(ctx context.Context) ([]MenuItem, error) {
	var revision uint32
	var layout struct {
		ID         int32
		Properties map[string]dbus.Variant
		Children   []dbus.Variant
	}
	call := t.menu.CallWithContext(ctx, "com.canonical.dbusmenu.GetLayout", 0, int32(0), int32(-1), []string{"label"})
	if err := call.Store(&revision, &layout); err != nil {
		return nil, fmt.Errorf("read the tray menu: %w", err)
	}
	var items []MenuItem
	for _, child := range layout.Children {
		fields, ok := child.Value().([]any)
		if !ok || len(fields) < 2 {
			continue
		}
		id, _ := fields[0].(int32)
		properties, _ := fields[1].(map[string]dbus.Variant)
		if label, ok := properties["label"].Value().(string); ok && label != "" {
			items = append(items, MenuItem{ID: id, Label: strings.ReplaceAll(label, "__", "_")})
		}
	}
	return items, nil
}

// Choose clicks a line of the menu.
func (t *Tray) Choose(ctx context.Context, item MenuItem) error {
	return t.menu.CallWithContext(ctx, "com.canonical.dbusmenu.Event", 0, item.ID, "clicked", dbus.MakeVariant(int32(0)), uint32(0)).Err
}

// Activate is a left click on the icon.
func (t *Tray) Activate(ctx context.Context) error {
	return t.item.CallWithContext(ctx, "org.kde.StatusNotifierItem.Activate", 0, int32(1200), int32(10)).Err
}

// Icon is a fingerprint of the icon's picture.
func (t *Tray) Icon() (string, error) {
	pixmap, err := t.property("IconPixmap")
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, pixmap))), nil
}

// Tooltip is the title of what shows when the pointer rests on the icon.
func (t *Tray) Tooltip() (string, error) {
	value, err := t.property("ToolTip")
	if err != nil {
		return "", err
	}
	fields, ok := value.([]any)
	if !ok || len(fields) < 4 {
		return "", fmt.Errorf("a tooltip of an unknown form: %v", value)
	}
	title, _ := fields[2].(string)
	return title, nil
}

func (t *Tray) property(name string) (any, error) {
	value, err := t.item.GetProperty("org.kde.StatusNotifierItem." + name)
	if err != nil {
		return nil, fmt.Errorf("tray icon's %s: %w", name, err)
	}
	return value.Value(), nil
}
