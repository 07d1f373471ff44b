package events

import (
	"encoding/binary"

	"github.com/callboard/callboard/backend/ftrack/wire"
)

// frame is a packet as it is written to the connection below a socket: one whole WebSocket text frame.
// An event becomes one once, whose bytes all its readers share, and each of them costs one system call:
// the library would copy it for each and write it in pieces. The library's own frames, which answer
// pings and close, fit into its buffer and are written at once too, so that none cuts into another.
func frame(p wire.Packet) []byte {
	const text, long, longer = 0x81, 126, 127
	body := p.String()
	made := []byte{text}
	switch n := len(body); {
	case n < long:
		made = append(made, byte(n))
	case n < 1<<16:
		made = binary.BigEndian.AppendUint16(append(made, long), uint16(n))
	default:
		made = binary.BigEndian.AppendUint64(append(made, longer), uint64(n))
	}
	return append(made, body...)
}
