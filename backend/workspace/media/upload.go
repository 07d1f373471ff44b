package media

import (
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/callboard/callboard/backend/domain"
)

// An upload lies in a folder of its own until it is whole: "whole" is the file, with each part written to
// its place in it, so that joining copies nothing; "part-3" says that part 3 is there to the last byte.
// What is not noted so is not there.

// Receipt tells what came of what was sent.
type Receipt struct {
	Sum string // the MD5 in hex
	// Portrait is what was stored of a picture of which a square was to be kept; nil for any other file.
	Portrait *Portrait
}

// Receive takes what is sent to an upload's address, length bytes of it. Nothing is served of it until all
// is there. The same sent again changes nothing, so that a client that did not hear the answer may repeat
// itself; something else sent again is a domain.Conflict.
func (m *Media) Receive(ctx context.Context, address string, content io.Reader, length int64) (Receipt, error) {
	t, err := m.redeem(address, toPut)
	if err != nil {
		return Receipt{}, err
	}
	offset, err := t.place(length)
	if err != nil {
		return Receipt{}, err
	}
	release, err := m.claim(t.Upload + "/" + strconv.Itoa(t.Part))
	if err != nil {
		return Receipt{}, err
	}
	defer release()
	known, err := m.noted(t, t.Part)
	if err != nil {
		return Receipt{}, err
	}
	var got note
	if known != (note{}) {
		got, err = measure(ctx, io.Discard, content, length)
		if err == nil && got != known {
			return Receipt{}, domain.Errorf(domain.Conflict, "Something else was uploaded to this address before.")
		}
	} else {
		got, err = m.receive(ctx, t, offset, content, length)
	}
	receipt := Receipt{Sum: got.sum}
	switch {
	case err != nil:
	case t.Square != nil:
		receipt.Portrait, err = m.portray(ctx, t)
	case t.Parts == 1:
		err = m.finish(t)
	}
	return receipt, err
}

// place is where in the file a part of that length belongs: all parts are of one length, but the last.
func (t ticket) place(length int64) (int64, error) {
	offset := int64(t.Part-1) * length
	if t.Part == t.Parts {
		offset = t.Size - length
	}
	switch {
	case t.Parts == 1 && length != t.Size:
		return 0, domain.Errorf(domain.Invalid, "%d bytes were announced, and %d come.", t.Size, length)
	case offset < 0 || offset > t.Size-length || length == 0 && t.Size > 0:
		return 0, domain.Errorf(domain.Invalid, "A part of %d bytes does not fit into %d parts of a file of %d bytes.", length, t.Parts, t.Size)
	}
	return offset, nil
}

// receive writes a part to its place and notes it.
func (m *Media) receive(ctx context.Context, t ticket, offset int64, content io.Reader, length int64) (note, error) {
	if err := os.MkdirAll(m.folder(t.Upload), 0o700); err != nil {
		return note{}, unstored(err)
	}
	file, err := os.OpenFile(filepath.Join(m.folder(t.Upload), whole), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return note{}, unstored(err)
	}
	got, err := measure(ctx, io.NewOffsetWriter(file, offset), content, length)
	if err == nil {
		err = t.matches(got)
	}
	if err == nil {
		err = unstored(file.Sync())
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return note{}, err
	}
	return got, unstored(writeFile(m.notePath(t, t.Part), strings.NewReader(fmt.Sprintf("%d %s\n", got.length, got.sum))))
}

// measure copies exactly length bytes and gives their note.
func measure(ctx context.Context, to io.Writer, content io.Reader, length int64) (note, error) {
	sum := md5.New()
	n, err := io.Copy(io.MultiWriter(&storing{to}, sum), io.LimitReader(content, length))
	var full *storingError
	switch {
	case errors.As(err, &full):
		return note{}, unstored(full.err)
	case err != nil || n < length:
		return note{}, &domain.Error{Code: domain.Invalid, Message: fmt.Sprintf("The upload ended after %d of %d bytes.", n, length), Err: err}
	}
	return note{length, hex.EncodeToString(sum.Sum(nil))}, ctx.Err()
}

// storing tells failures of the disk from those of the sender.
type storing struct{ to io.Writer }

type storingError struct{ err error }

func (e *storingError) Error() string { return e.err.Error() }

func (s *storing) Write(p []byte) (int, error) {
	n, err := s.to.Write(p)
	if err != nil {
		err = &storingError{err}
	}
	return n, err
}

func (t ticket) matches(got note) error {
	if t.Checksum == "" {
		return nil
	}
	said, err := base64.StdEncoding.DecodeString(t.Checksum)
	if err != nil || hex.EncodeToString(said) != got.sum {
		return domain.Errorf(domain.Invalid, "The file does not have the checksum that was announced.")
	}
	return nil
}

// Part is one part of an upload as its client knows it.
type Part struct {
	Number int
	Tag    string // the ETag that was answered to it
}

// Join makes the parts of an upload the file of its component. All must be there, and be what the client
// says they are. Joining again changes nothing.
func (m *Media) Join(component domain.ComponentID, address string, parts []Part) error {
	t, err := m.redeem(address, toJoin)
	if err != nil {
		return err
	}
	if t.Component != component {
		return wrong("upload_id", "This upload is of another component.")
	}
	said := map[int]string{}
	for _, p := range parts {
		said[p.Number] = p.Tag
	}
	if len(parts) != t.Parts || len(said) != t.Parts {
		return wrong("parts", "The upload has %d parts; each must be named once.", t.Parts)
	}
	var length, sum int64
	for n := 1; n <= t.Parts; n++ {
		got, err := m.noted(t, n)
		switch {
		case err != nil:
			return err
		case got == note{}:
			return wrong("parts", "Part %d has not been uploaded.", n)
		case got.sum != said[n]:
			return wrong("parts", "Part %d is not what was uploaded: its tag is another.", n)
		case n == 1:
			length = got.length
		case n < t.Parts && got.length != length:
			return wrong("parts", "Part %d has another length than part 1.", n)
		}
		sum += got.length
	}
	if sum != t.Size {
		return wrong("parts", "The parts have %d bytes, and %d were announced.", sum, t.Size)
	}
	return m.finish(t)
}

// finish moves a whole file to its component, in one step.
func (m *Media) finish(t ticket) error {
	path, ok := m.path(t.Component)
	if !ok {
		return missing(t.Component)
	}
	err := move(filepath.Join(m.folder(t.Upload), whole), path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // all parts came, so it was moved before
	}
	return unstored(err)
}

// Abandon removes what is left of an upload.
func (m *Media) Abandon(upload string) error {
	if !componentID.MatchString(upload) {
		return domain.Errorf(domain.Invalid, "%q names no upload", upload)
	}
	release, err := m.claim(upload)
	if err != nil {
		return err
	}
	defer release()
	if err := os.RemoveAll(m.folder(upload)); err != nil {
		return domain.Errorf(domain.Internal, "remove what is left of an upload: %w", err)
	}
	return nil
}

const whole = "whole"

func (m *Media) folder(upload string) string { return filepath.Join(m.cfg.Dir, "uploads", upload) }

// note is what is kept of a part that was received.
type note struct {
	length int64
	sum    string // MD5 in hex
}

func (m *Media) notePath(t ticket, part int) string {
	return filepath.Join(m.folder(t.Upload), "part-"+strconv.Itoa(part))
}

// noted is the note of a part; the zero note where it has not come yet.
func (m *Media) noted(t ticket, part int) (n note, err error) {
	text, err := os.ReadFile(m.notePath(t, part))
	if errors.Is(err, fs.ErrNotExist) {
		return note{}, nil
	}
	if err == nil {
		_, err = fmt.Sscanf(string(text), "%d %32s", &n.length, &n.sum)
	}
	if err != nil {
		return note{}, domain.Errorf(domain.Internal, "read what was uploaded: %w", err)
	}
	return n, nil
}
