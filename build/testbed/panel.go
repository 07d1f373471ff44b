package testbed

import (
	"context"
	"os"
	"path/filepath"
)

// startPanel starts xfce4-panel with a task list and a tray; its tray is a real StatusNotifierItem host.
func (d *Desktop) startPanel(ctx context.Context) error {
	folder := filepath.Join(d.dir, "config", "xfce4", "xfconf", "xfce-perchannel-xml")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "xfce4-panel.xml"), []byte(panelConfig), 0o600); err != nil {
		return err
	}
	// The bus starts nothing by itself, so the panel's settings daemon is started by hand.
	if err := d.startPart(ctx, launch{name: xfconfd()}, "org.xfce.Xfconf"); err != nil {
		return err
	}
	return d.startPart(ctx, launch{name: "xfce4-panel", args: []string{"--disable-wm-check"}}, "org.kde.StatusNotifierWatcher")
}

// xfconfd lies outside PATH, in a folder that carries the machine's architecture.
func xfconfd() string {
	for _, pattern := range []string{"/usr/lib/*/xfce4/xfconf/xfconfd", "/usr/libexec/xfce4/xfconf/xfconfd", "/usr/lib/xfce4/xfconf/xfconfd"} {
		if found, err := filepath.Glob(pattern); err == nil && len(found) > 0 {
			return found[0]
		}
	}
	return "xfconfd"
}

const panelConfig = `<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="size" type="uint" value="32"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/>
        <value type="int" value="2"/>
        <value type="int" value="3"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="tasklist"/>
    <property name="plugin-2" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
    </property>
    <property name="plugin-3" type="string" value="systray">
      <property name="square-icons" type="bool" value="true"/>
    </property>
  </property>
</channel>
`
