package media

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// box is one box of a movie.
func box(kind string, content ...[]byte) []byte {
	joined := bytes.Join(content, nil)
	out := binary.BigEndian.AppendUint32(nil, uint32(len(joined)+8))
	return append(append(out, kind...), joined...)
}

// words are numbers of 32 bits.
func words(values ...uint32) []byte {
	var out []byte
	for _, v := range values {
		out = binary.BigEndian.AppendUint32(out, v)
	}
	return out
}

// film is a movie of 151 frames at 25 a second, 1280 × 720, its index behind its pictures, its sound first.
func film() []byte {
	track := func(kind string, stts []byte) []byte {
		return box("trak",
			box("tkhd", make([]byte, 76), words(1280<<16, 720<<16)),
			box("mdia",
				box("mdhd", words(0, 0, 0, 12800, 151*512, 0)),
				box("hdlr", words(0, 0), []byte(kind), make([]byte, 13)),
				box("minf", box("stbl", box("stts", stts)))))
	}
	return bytes.Join([][]byte{
		box("ftyp", []byte("isom"), words(512)), box("mdat", make([]byte, 1000)),
		box("moov", box("mvhd", make([]byte, 100)), track("soun", words(0, 1, 7000, 1024)), track("vide", words(0, 2, 150, 512, 1, 512))),
	}, nil)
}

func TestTheFramesOfAMovieAreCounted(t *testing.T) {
	want := Footage{Frames: 151, Rate: 25, Width: 1280, Height: 720}
	if got := footageIn(readIndex(bytes.NewReader(film()))); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	for cut := range film() {
		if got := footageIn(readIndex(bytes.NewReader(film()[:cut]))); got != (Footage{}) {
			t.Fatalf("cut after %d bytes: %+v", cut, got)
		}
	}
}

func FuzzFootage(f *testing.F) {
	f.Add(film())
	f.Add([]byte("\x00\x00\x00\x01moov\x00\x00\x00\x00\x00\x00\x00\x18"))
	f.Fuzz(func(t *testing.T, content []byte) {
		if got := footageIn(readIndex(bytes.NewReader(content))); got.Frames < 0 || got.Rate < 0 {
			t.Errorf("%+v", got)
		}
	})
}
