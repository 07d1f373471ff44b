package media_test

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/media"
)

// dock is a media room that takes uploads, under a clock of the test's own.
type dock struct {
	*media.Media
	dir string
	now time.Time
}

func newDock(t *testing.T) *dock {
	t.Helper()
	d := &dock{dir: t.TempDir(), now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	d.Media = media.New(media.Config{Dir: d.dir, Key: bytes.Repeat([]byte{7}, 32), MaxUpload: 1 << 20, Clock: func() time.Time { return d.now }})
	return d
}

func (d *dock) offer(t *testing.T, u media.Upload) media.Offer {
	t.Helper()
	u.Component = id
	offer, err := d.Offer(u)
	if err != nil {
		t.Fatal(err)
	}
	return offer
}

func (d *dock) send(address, content string) (string, error) {
	receipt, err := d.Receive(context.Background(), address, strings.NewReader(content), int64(len(content)))
	return receipt.Sum, err
}

// stored is what the component's file holds; "-" where there is none.
func (d *dock) stored(t *testing.T) string {
	t.Helper()
	content, err := d.Open(context.Background(), id)
	if domain.CodeOf(err) == domain.NotFound {
		return "-"
	}
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(content)
	if err := errors.Join(err, content.Close()); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func sumOf(text string) string {
	sum := md5.Sum([]byte(text))
	return hex.EncodeToString(sum[:])
}

func checksum(text string) string {
	sum := md5.Sum([]byte(text))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func TestAFileSentAtOnceIsThereWhenAllOfItCame(t *testing.T) {
	d := newDock(t)
	for _, content := range []string{"a plate", ""} {
		offer := d.offer(t, media.Upload{Size: int64(len(content)), Checksum: checksum(content)})
		if len(offer.Put) != 1 || offer.Join != "" {
			t.Fatalf("%+v", offer)
		}
		for range 2 { // whoever did not hear the answer asks again
			sum, err := d.send(offer.Put[0], content)
			if err != nil || sum != sumOf(content) || d.stored(t) != content {
				t.Errorf("%q: %v %v, stored %q", content, sum, err, d.stored(t))
			}
		}
	}
}

func TestPartsAreJoinedInWhateverOrderTheyCome(t *testing.T) {
	d := newDock(t)
	parts := []string{"first ", "second", "end"}
	offer := d.offer(t, media.Upload{Size: 15, Parts: 3})
	var known []media.Part
	for _, n := range []int{3, 1, 2} {
		if d.stored(t) != "-" {
			t.Error("something is served before all is there")
		}
		if err := d.Join(id, offer.Join, known); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("joined with %d parts: %v", len(known), err)
		}
		sum, err := d.send(offer.Put[n-1], parts[n-1])
		if err != nil {
			t.Fatal(err)
		}
		known = append(known, media.Part{Number: n, Tag: sum})
	}
	lies := []media.Part{known[0], known[1], {Number: 2, Tag: sumOf("else")}}
	twice := []media.Part{known[0], known[1], known[1]}
	for name, wrong := range map[string][]media.Part{"another tag": lies, "a part twice": twice, "a part too many": append(twice, known[2])} {
		if err := d.Join(id, offer.Join, wrong); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := d.Join("0a1b2c3d-0000-4000-8000-000000000002", offer.Join, known); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("another component: %v", err)
	}
	for range 2 {
		if err := d.Join(id, offer.Join, known); err != nil || d.stored(t) != "first secondend" {
			t.Errorf("%v, stored %q", err, d.stored(t))
		}
	}
}

func TestUploadsThatLieAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		upload  media.Upload
		part    int
		content string
		length  int64
		want    domain.Code
	}{
		"more than announced":         {media.Upload{Size: 4}, 0, "plates", 6, domain.Invalid},
		"less than announced":         {media.Upload{Size: 9}, 0, "plates", 6, domain.Invalid},
		"less than its length":        {media.Upload{Size: 9}, 0, "plates", 9, domain.Invalid},
		"another checksum":            {media.Upload{Size: 6, Checksum: checksum("prints")}, 0, "plates", 6, domain.Invalid},
		"a part that leaves no room":  {media.Upload{Size: 9, Parts: 3}, 1, "plates", 6, domain.Invalid},
		"a last part beyond the file": {media.Upload{Size: 5, Parts: 3}, 2, "plates", 6, domain.Invalid},
		"an empty part":               {media.Upload{Size: 9, Parts: 3}, 1, "", 0, domain.Invalid},
	} {
		d := newDock(t)
		_, err := d.Receive(t.Context(), d.offer(t, c.upload).Put[c.part], strings.NewReader(c.content), c.length)
		if domain.CodeOf(err) != c.want || d.stored(t) != "-" {
			t.Errorf("%s: %v, want %s; stored %q", name, err, c.want, d.stored(t))
		}
	}
}

func TestPartsOfUnequalLengthAreNotJoined(t *testing.T) {
	d := newDock(t)
	offer := d.offer(t, media.Upload{Size: 10, Parts: 3})
	var known []media.Part
	for i, content := range []string{"four", "tw", "last"} {
		sum, err := d.send(offer.Put[i], content)
		if err != nil {
			t.Fatal(err)
		}
		known = append(known, media.Part{Number: i + 1, Tag: sum})
	}
	if err := d.Join(id, offer.Join, known); domain.CodeOf(err) != domain.Invalid || d.stored(t) != "-" {
		t.Errorf("%v, stored %q", err, d.stored(t))
	}
}

func TestSomethingElseSentToAUsedAddressIsRefused(t *testing.T) {
	d := newDock(t)
	offer := d.offer(t, media.Upload{Size: 6})
	if _, err := d.send(offer.Put[0], "plates"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.send(offer.Put[0], "prints"); domain.CodeOf(err) != domain.Conflict || d.stored(t) != "plates" {
		t.Errorf("%v, stored %q", err, d.stored(t))
	}
	if _, err := d.send(d.offer(t, media.Upload{Size: 6}).Put[0], "prints"); err != nil || d.stored(t) != "prints" {
		t.Errorf("a new upload: %v, stored %q", err, d.stored(t))
	}
}

func TestAnUploadThatStoppedIsSentAgain(t *testing.T) {
	d := newDock(t)
	offer := d.offer(t, media.Upload{Size: 6})
	if _, err := d.Receive(t.Context(), offer.Put[0], io.MultiReader(strings.NewReader("pri"), broken{}), 6); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("half: %v", err)
	}
	if _, err := d.send(offer.Put[0], "plates"); err != nil || d.stored(t) != "plates" {
		t.Errorf("again: %v, stored %q", err, d.stored(t))
	}
}

func TestOnePartIsReceivedOnceAtATime(t *testing.T) {
	d := newDock(t)
	offer := d.offer(t, media.Upload{Size: 6})
	in, out := io.Pipe()
	done := make(chan error)
	go func() {
		_, err := d.Receive(context.Background(), offer.Put[0], in, 6)
		done <- err
	}()
	if _, err := out.Write([]byte("pla")); err != nil { // it is read, so it is under way
		t.Fatal(err)
	}
	if _, err := d.send(offer.Put[0], "plates"); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("beside it: %v", err)
	}
	if err := d.Abandon(offer.Upload); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("abandoned while it is received: %v", err)
	}
	if _, err := out.Write([]byte("tes")); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil || d.stored(t) != "plates" {
		t.Errorf("%v, stored %q", err, d.stored(t))
	}
}

func TestAddressesAreGoodForOneThingAndAWhile(t *testing.T) {
	d := newDock(t)
	single, multi := d.offer(t, media.Upload{Size: 6}), d.offer(t, media.Upload{Size: 6, Parts: 2})
	link, err := d.Link(id)
	if err != nil {
		t.Fatal(err)
	}
	stranger := newDock(t)
	stranger.Media = media.New(media.Config{Dir: stranger.dir, Key: bytes.Repeat([]byte{8}, 32)})
	altered := []byte(single.Put[0])
	altered[20] ^= 1
	for name, address := range map[string]string{
		"nothing": "", "a word": "ticket", "altered": string(altered), "cut": single.Put[0][:40], "a link": link, "to join": multi.Join,
		"of another server": stranger.offer(t, media.Upload{Size: 6}).Put[0],
	} {
		if _, err := d.send(address, "plates"); domain.CodeOf(err) != domain.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.Linked(single.Put[0]); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("read with an upload's address: %v", err)
	}
	if got, err := d.Linked(link); err != nil || got != id {
		t.Errorf("%v %v", got, err)
	}
	d.now = d.now.Add(time.Hour)
	if _, err := d.send(single.Put[0], "plates"); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("after an hour: %v", err)
	}
	if _, err := d.send(multi.Put[0], "pla"); err != nil {
		t.Errorf("a part after an hour: %v", err)
	}
	d.now = d.now.Add(23 * time.Hour)
	if _, err := d.send(multi.Put[1], "tes"); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("a part after a day: %v", err)
	}
	if _, err := d.Linked(link); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("the link after a day: %v", err)
	}
	if !multi.Ends.After(d.now) || d.stored(t) != "-" {
		t.Errorf("ends %v, stored %q", multi.Ends, d.stored(t))
	}
}

func TestWhatCannotBeUploadedIsNotOffered(t *testing.T) {
	d := newDock(t)
	for name, u := range map[string]media.Upload{
		"too large":         {Size: 1<<20 + 1},
		"less than nothing": {Size: -1},
		"too many parts":    {Size: 1 << 20, Parts: 10_001},
		"parts of nothing":  {Size: 2, Parts: 3},
		"negative parts":    {Size: 2, Parts: -1},
		"no MD5":            {Size: 2, Checksum: "abc"},
		"a short MD5":       {Size: 2, Checksum: "YWJj"},
	} {
		u.Component = id
		if _, err := d.Offer(u); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := d.Offer(media.Upload{Component: "../x", Size: 1}); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("a path: %v", err)
	}
}

func TestAnAbandonedUploadLeavesNothing(t *testing.T) {
	d := newDock(t)
	offer := d.offer(t, media.Upload{Size: 6, Parts: 2})
	if _, err := d.send(offer.Put[0], "pla"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := d.Abandon(offer.Upload); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := filepath.Glob(filepath.Join(d.dir, "uploads", "*")); err != nil || len(left) != 0 {
		t.Errorf("left: %v %v", left, err)
	}
	for _, bad := range []string{"", "..", "../files"} {
		if err := d.Abandon(bad); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestOnlyTheOwnerReadsUploads(t *testing.T) {
	d := newDock(t)
	if _, err := d.send(d.offer(t, media.Upload{Size: 6}).Put[0], "plates"); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(d.dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || path == d.dir {
			return err
		}
		info, err := entry.Info()
		if err == nil && os.PathSeparator == '/' && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
