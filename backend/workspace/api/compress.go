package api

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// piece is a part of an answer. Blocks, unless nil, are the text compressed beforehand, as deflate blocks
// that end at a byte and refer to nothing before them: what is sent again and again is compressed once.
type piece struct{ text, blocks []byte }

// worthwhile is from which size on an answer is compressed. A smaller one fits a packet as it is.
const worthwhile = 1 << 10

// Answers hold no secrets beside what a stranger may choose, which is what makes compression under TLS
// tell: callers show their credentials in headers that no other site's page can send for them.
var flaters = sync.Pool{New: func() any { return newFlater(flate.BestSpeed) }}

func newFlater(level int) *flate.Writer {
	f, err := flate.NewWriter(nil, level)
	if err != nil {
		panic(err) // the levels are constants of the library
	}
	return f
}

// pressed prepares a piece that is sent often.
func pressed(text []byte) piece {
	var blocks bytes.Buffer
	deflate(newFlater(flate.BestCompression), &blocks, text)
	return piece{text: text, blocks: blocks.Bytes()}
}

// deflate appends text as blocks that end at a byte. Writing into memory does not fail.
func deflate(f *flate.Writer, out *bytes.Buffer, text []byte) {
	f.Reset(out)
	_, _ = f.Write(text)
	_ = f.Flush()
}

// gzipped joins the pieces into one member of gzip.
func gzipped(pieces []piece) []byte {
	var out bytes.Buffer
	out.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}) // deflate, no name, no time, any system
	f, _ := flaters.Get().(*flate.Writer)
	defer flaters.Put(f)
	sum, size := crc32.NewIEEE(), 0
	for _, p := range pieces {
		_, _ = sum.Write(p.text) // it never fails
		size += len(p.text)
		if p.blocks != nil {
			out.Write(p.blocks)
		} else {
			deflate(f, &out, p.text)
		}
	}
	out.Write([]byte{3, 0}) // an empty block, which is the last
	end := binary.LittleEndian.AppendUint32(nil, sum.Sum32())
	out.Write(binary.LittleEndian.AppendUint32(end, uint32(size))) //nolint:gosec // by the format: modulo 2^32
	return out.Bytes()
}

// send writes an answer of operations, compressed where the client can read that and it is worth it.
func (a api) send(w http.ResponseWriter, r *http.Request, status int, pieces ...piece) {
	size := 0
	for _, p := range pieces {
		size += len(p.text)
	}
	header := w.Header()
	header.Add("Vary", "Accept-Encoding")
	var body []byte
	if size > worthwhile && acceptsGzip(r.Header.Values("Accept-Encoding")) {
		header.Set("Content-Encoding", "gzip")
		body = gzipped(pieces)
	} else {
		for _, p := range pieces {
			body = append(body, p.text...)
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	a.write(w, status, body)
}

// acceptsGzip reads Accept-Encoding: a weight of nothing is a refusal.
func acceptsGzip(values []string) bool {
	for _, choice := range strings.Split(strings.Join(values, ","), ",") {
		coding, weight, _ := strings.Cut(choice, ";")
		if coding = strings.TrimSpace(coding); !strings.EqualFold(coding, "gzip") && coding != "*" {
			continue
		}
		_, q, weighed := strings.Cut(weight, "=")
		n, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
		return !weighed || err == nil && n > 0
	}
	return false
}
