package media

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"github.com/callboard/callboard/backend/domain"
)

// Footage is what players want to know of a movie before they play it. The zero Footage is not known.
type Footage struct {
	Frames        int
	Rate          float64 // frames a second
	Width, Height int
}

// maxIndex is the most bytes of a movie's index that are read: that of hours has a few megabytes.
const maxIndex = 16 << 20

// FootageOf reads the index of an MP4 or QuickTime movie, and nothing else of it. What cannot be read is
// not known; only the disk's failures are errors.
func (m *Media) FootageOf(ctx context.Context, id domain.ComponentID) (f Footage, err error) {
	content, err := m.Open(ctx, id)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	return footageIn(readIndex(content)), nil
}

// readIndex finds the index among the boxes of a movie; nil where there is none of a sane size.
func readIndex(movie io.ReadSeeker) []byte {
	for {
		var head [16]byte
		if _, err := io.ReadFull(movie, head[:8]); err != nil {
			return nil
		}
		size := int64(binary.BigEndian.Uint32(head[:])) - 8
		if size == 1-8 { // the real one follows
			if _, err := io.ReadFull(movie, head[8:]); err != nil {
				return nil
			}
			size = int64(binary.BigEndian.Uint64(head[8:])) - 16
		}
		if size < 0 {
			return nil
		}
		if string(head[4:8]) == "moov" {
			if size > maxIndex {
				return nil
			}
			index := make([]byte, size)
			if _, err := io.ReadFull(movie, index); err != nil {
				return nil
			}
			return index
		}
		if _, err := movie.Seek(size, io.SeekCurrent); err != nil {
			return nil
		}
	}
}

// footageIn reads the first track of pictures in an index.
func footageIn(index []byte) Footage {
	for track := range boxes(index, "trak") {
		media := first(track, "mdia")
		if kind := first(media, "hdlr"); len(kind) < 12 || string(kind[8:12]) != "vide" {
			continue
		}
		var f Footage
		if head := first(track, "tkhd"); len(head) >= 8 { // its last fields are 16.16
			f.Width = int(binary.BigEndian.Uint16(head[len(head)-8:]))
			f.Height = int(binary.BigEndian.Uint16(head[len(head)-4:]))
		}
		f.Frames = samplesIn(first(first(first(media, "minf"), "stbl"), "stts"))
		if scale, duration := clockIn(first(media, "mdhd")); duration > 0 {
			f.Rate = math.Round(float64(f.Frames)*scale/duration*1000) / 1000
		}
		if f.Frames > 0 && f.Rate > 0 && f.Width > 0 && f.Height > 0 {
			return f
		}
	}
	return Footage{}
}

// samplesIn adds up the runs of equally long frames.
func samplesIn(times []byte) int {
	if len(times) < 8 {
		return 0
	}
	total := uint64(0)
	for runs := times[8:]; len(runs) >= 8; runs = runs[8:] {
		total += uint64(binary.BigEndian.Uint32(runs))
	}
	if total > math.MaxInt32 {
		return 0
	}
	return int(total)
}

// clockIn is how many ticks a second has, and how many the track lasts.
func clockIn(head []byte) (scale, duration float64) {
	switch {
	case len(head) >= 32 && head[0] == 1:
		return float64(binary.BigEndian.Uint32(head[20:])), float64(binary.BigEndian.Uint64(head[24:]))
	case len(head) >= 20 && head[0] == 0:
		return float64(binary.BigEndian.Uint32(head[12:])), float64(binary.BigEndian.Uint32(head[16:]))
	default:
		return 0, 0
	}
}

// first is the content of the first box of a kind; nil where there is none.
func first(in []byte, kind string) []byte {
	for content := range boxes(in, kind) {
		return content
	}
	return nil
}

// boxes gives the contents of the boxes of a kind, one after the other.
func boxes(in []byte, kind string) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for len(in) >= 8 {
			size := uint64(binary.BigEndian.Uint32(in))
			if size < 8 || size > uint64(len(in)) {
				return
			}
			if string(in[4:8]) == kind && !yield(in[8:size]) {
				return
			}
			in = in[size:]
		}
	}
}
