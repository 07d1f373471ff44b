package media

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// jpegHead is what the header of a JPEG says beside its size.
type jpegHead struct {
	orientation int // of Exif, 1 to 8; 0 where it says nothing
	progressive bool
	samples     float64 // a pixel: 1.5 with colours at half the width and height, 3 with all
}

// The markers of a JPEG that matter here.
const (
	markerSOI, markerAPP1           = 0xd8, 0xe1
	markerSOF0, markerSOF1, markSOF = 0xc0, 0xc1, 0xc2 // the last of them progressive
	markerSOS                       = 0xda
)

// readJPEGHead reads up to the first picture in a JPEG. The standard library decodes no Exif and does not
// tell a progressive picture, for which it needs five times the memory.
func readJPEGHead(source io.Reader) (jpegHead, error) {
	var head jpegHead
	in := bufio.NewReader(source)
	for {
		marker, length, err := nextSegment(in)
		switch {
		case err != nil:
			return head, err
		case marker == markerSOF0, marker == markerSOF1, marker == markSOF:
			head.progressive = marker == markSOF
			head.samples, err = readSamples(in, length)
			return head, err
		case marker == markerSOS:
			return head, errors.New("a JPEG without a frame")
		case marker == markerAPP1 && head.orientation == 0:
			exif := make([]byte, length)
			if _, err := io.ReadFull(in, exif); err != nil {
				return head, err
			}
			head.orientation = orientationIn(exif)
		default:
			if _, err := in.Discard(length); err != nil {
				return head, err
			}
		}
	}
}

// nextSegment reads the marker of the next segment and how many bytes it holds.
func nextSegment(in *bufio.Reader) (marker byte, length int, err error) {
	for {
		b, err := in.ReadByte()
		if err != nil {
			return 0, 0, err
		}
		if b != 0xff {
			continue // between segments anything is passed over, as decoders do
		}
		for b == 0xff {
			if b, err = in.ReadByte(); err != nil {
				return 0, 0, err
			}
		}
		if b == 0 || b == markerSOI || b >= 0xd0 && b <= 0xd7 {
			continue // these hold nothing
		}
		var size [2]byte
		if _, err := io.ReadFull(in, size[:]); err != nil {
			return 0, 0, err
		}
		return b, max(int(binary.BigEndian.Uint16(size[:]))-2, 0), nil
	}
}

// readSamples reads how many samples a pixel of the frame has.
func readSamples(in io.Reader, length int) (float64, error) {
	frame := make([]byte, length)
	if _, err := io.ReadFull(in, frame); err != nil {
		return 0, err
	}
	if len(frame) < 6 || len(frame) < 6+3*int(frame[5]) || frame[5] == 0 {
		return 0, errors.New("a JPEG with a broken frame")
	}
	sum, widest, highest := 0, 1, 1
	for i := range int(frame[5]) {
		across, down := int(frame[7+3*i]>>4), int(frame[7+3*i]&15)
		sum += across * down
		widest, highest = max(widest, across), max(highest, down)
	}
	return float64(sum) / float64(widest*highest), nil
}

// orientationIn finds the orientation in an Exif segment: 1 to 8, and 0 where it says none.
func orientationIn(segment []byte) int {
	tiff, isExif := bytes.CutPrefix(segment, []byte("Exif\x00\x00"))
	if !isExif || len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	begin := uint64(order.Uint32(tiff[4:]))
	if begin+2 > uint64(len(tiff)) {
		return 0
	}
	entries := tiff[begin+2:]
	for range order.Uint16(tiff[begin:]) {
		if len(entries) < 12 {
			return 0
		}
		const orientation, short = 0x0112, 3
		if order.Uint16(entries) == orientation && order.Uint16(entries[2:]) == short {
			if value := int(order.Uint16(entries[8:])); value <= 8 {
				return value
			}
			return 0
		}
		entries = entries[12:]
	}
	return 0
}
