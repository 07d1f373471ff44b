package media

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
)

// digests remembers the SHA-256 of files that pictures were asked of, and why there are none. What it
// forgets is worked out again.
type digests struct {
	mu    sync.Mutex
	known map[string]digest // by path and tag
}

// digest is what is known of a file's content.
type digest struct {
	sum     string // SHA-256 in hex
	refused error  // why there is no picture of it; nil where there is one, or nobody has tried
}

// mostDigests is how many are remembered: some hundred bytes each.
const mostDigests = 10_000

func (d *digests) find(key string) (digest, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	found, ok := d.known[key]
	return found, ok
}

func (d *digests) keep(key string, value digest) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == nil || len(d.known) >= mostDigests {
		d.known = map[string]digest{}
	}
	d.known[key] = value
}

// digestOf is what is known of a file. It is read once to know it, unless it is no picture in any case.
func (m *Media) digestOf(key string, file *os.File, size int64) (digest, error) {
	if found, ok := m.digests.find(key); ok {
		return found, nil
	}
	var d digest
	_, d.refused = codecOf(file)
	if d.refused == nil && size > maxFile {
		d.refused = errTooLarge
	}
	if d.refused == nil {
		sum := sha256.New()
		if _, err := io.Copy(sum, rewound(file)); err != nil {
			return digest{}, err
		}
		d.sum = hex.EncodeToString(sum.Sum(nil))
	}
	m.digests.keep(key, d)
	return d, nil
}

// refuse remembers that there is no picture of a file, unless it was the disk that failed.
func (m *Media) refuse(key, sum string, cause error) {
	var disk *fs.PathError
	if !errors.As(cause, &disk) {
		m.digests.keep(key, digest{sum, cause})
	}
}
