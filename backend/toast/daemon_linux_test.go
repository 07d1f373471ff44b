package toast_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/godbus/dbus/v5"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/build/testbed"
)

// notice is what a notification daemon is called with.
type notice struct {
	app, icon, title, body string
	replaces               uint32
	actions                []string
	hints                  map[string]dbus.Variant
}

// recorder is a notification daemon that reads no markup and can fall silent. What the usual one does
// not tell again, like the picture, is seen here.
type recorder struct {
	notices chan notice
	silent  atomic.Bool
	held    chan string // the titles it fell silent over
	end     chan struct{}
	last    atomic.Uint32
}

func (r *recorder) GetCapabilities() ([]string, *dbus.Error) { return []string{"body", "actions"}, nil }

func (r *recorder) Notify(app string, replaces uint32, icon, title, body string, actions []string, hints map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	if r.silent.Load() {
		r.held <- title
		<-r.end
	}
	r.notices <- notice{app, icon, title, body, replaces, actions, hints}
	return r.last.Add(1), nil
}

func record(t *testing.T, desktop *testbed.Desktop) *recorder {
	t.Helper()
	var address string
	for _, entry := range desktop.Env() {
		if found, is := strings.CutPrefix(entry, "DBUS_SESSION_BUS_ADDRESS="); is {
			address = found
		}
	}
	bus, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{notices: make(chan notice, 256), held: make(chan string, 8), end: make(chan struct{})}
	t.Cleanup(func() { close(r.end); _ = bus.Close() })
	if err := bus.Export(r, "/org/freedesktop/Notifications", "org.freedesktop.Notifications"); err != nil {
		t.Fatal(err)
	}
	if _, err := bus.RequestName("org.freedesktop.Notifications", dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTheDaemonGetsNamePictureActionAndUnescapedTextWhereItReadsNoMarkup(t *testing.T) {
	desktop := start(t, testbed.Without{Notifications: true, Tray: true, Keyring: true})
	daemon := record(t, desktop)
	dot := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	dot.SetNRGBA(1, 0, color.NRGBA{R: 10, G: 20, B: 30, A: 40})
	var icon bytes.Buffer
	if err := png.Encode(&icon, dot); err != nil {
		t.Fatal(err)
	}
	r := runWith(t, true, icon.Bytes())
	r.expectAvailable(t, true)
	r.Show(domain.Toast{Item: "item-1", Title: "A & B", Body: "x < y", Action: "Abrir"})
	got := receive(t, "the toast", daemon.notices)
	if got.app != "Callboard" || got.title != "A & B" || got.body != "x < y" || got.replaces != 0 || strings.Join(got.actions, " ") != "default Abrir" {
		t.Errorf("%+v", got)
	}
	if entry := got.hints["desktop-entry"].Value(); entry != "callboard" {
		t.Errorf("desktop entry %v", entry)
	}
	if urgency := got.hints["urgency"].Value(); urgency != byte(1) {
		t.Errorf("urgency %v", urgency)
	}
	var width, height, stride, bits, channels int32
	var alpha bool
	var pixels []byte
	fields, _ := got.hints["image-data"].Value().([]any)
	if err := dbus.Store(fields, &width, &height, &stride, &alpha, &bits, &channels, &pixels); err != nil {
		t.Fatal(err)
	}
	if width != 2 || height != 1 || stride != 8 || !alpha || bits != 8 || channels != 4 || !bytes.Equal(pixels, []byte{0, 0, 0, 0, 10, 20, 30, 40}) {
		t.Errorf("%dx%d stride %d alpha %t %d bits %d channels %v", width, height, stride, alpha, bits, channels, pixels)
	}
}

func TestADaemonThatFallsSilentHoldsUpNothingForLong(t *testing.T) {
	desktop := start(t, testbed.Without{Notifications: true, Tray: true, Keyring: true})
	daemon := record(t, desktop)
	daemon.silent.Store(true)
	r := run(t, true)
	r.expectAvailable(t, true)
	r.Show(domain.Toast{Item: "item-1", Title: "never answered"})
	receive(t, "the toast", daemon.held)
	// Far more than the queue holds: the newest stay.
	for range 100 {
		r.Show(domain.Toast{Title: "too many"})
	}
	r.Show(domain.Toast{Item: "item-3", Title: "the newest"})
	daemon.silent.Store(false)
	shown := 1
	for receive(t, "a toast", daemon.notices).title != "the newest" {
		shown++
	}
	if shown > 20 {
		t.Errorf("%d toasts were kept for a daemon that was away", shown)
	}
}
