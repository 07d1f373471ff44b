package tray

import "encoding/binary"

// icoOf wraps a PNG of side × side pixels in an icon file, as Windows wants it.
func icoOf(picture []byte) []byte {
	const header = 6 + 16
	out := make([]byte, 0, header+len(picture))
	le := binary.LittleEndian
	out = le.AppendUint16(out, 0) // reserved
	out = le.AppendUint16(out, 1) // an icon
	out = le.AppendUint16(out, 1) // one picture
	out = append(out, side, side, 0, 0)
	out = le.AppendUint16(out, 1)  // planes
	out = le.AppendUint16(out, 32) // bits a pixel
	out = le.AppendUint32(out, uint32(len(picture)))
	out = le.AppendUint32(out, header)
	return append(out, picture...)
}
