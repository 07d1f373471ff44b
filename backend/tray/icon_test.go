package tray

import (
	"bytes"
	"encoding/binary"
	"image/png"
	"testing"

	"github.com/callboard/callboard/backend/domain"
)

func TestEveryStateHasAnIconOfItsOwn(t *testing.T) {
	seen := map[string]domain.TrayFace{}
	for _, face := range []domain.TrayFace{{}, {Unread: 1}, {Unread: 9}, {Unread: 10}, {Offline: true}, {Unread: 1, Offline: true}, {Paused: true}, {Paused: true, Unread: 1}, {Paused: true, Offline: true}} {
		picture := string(pngOf(draw(face)))
		if other, taken := seen[picture]; taken {
			t.Errorf("%+v looks like %+v", face, other)
		}
		seen[picture] = face
	}
}

func TestTheCountStopsAtNine(t *testing.T) {
	for unread, want := range map[int]string{1: "1", 9: "9", 10: "9+", 4000: "9+"} {
		if got := countText(unread); got != want {
			t.Errorf("%d unread: %q, want %q", unread, got, want)
		}
	}
}

func TestTheWindowsIconHoldsThePicture(t *testing.T) {
	picture := pngOf(draw(domain.TrayFace{}))
	icon := icoOf(picture)
	offset := binary.LittleEndian.Uint32(icon[18:])
	length := binary.LittleEndian.Uint32(icon[14:])
	if _, err := png.Decode(bytes.NewReader(icon[offset : offset+length])); err != nil {
		t.Error(err)
	}
}
