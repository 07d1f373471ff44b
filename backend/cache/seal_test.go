package cache_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
)

func TestALetterChangedInARowIsNoticedAtTheNextStart(t *testing.T) {
	content := filled(t)
	noticed := false
	for at, field := 0, []byte(`"createdAt"`); !noticed; at++ { // what lies in freed pages changes unnoticed
		next := bytes.Index(content[at:], field)
		if next < 0 {
			break
		}
		at += next
		damaged := bytes.Clone(content)
		damaged[at+1] = 'k'
		path := t.TempDir() + "/inbox.db"
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		noticed = usable(t, path)
	}
	if !noticed {
		t.Error("no changed row was noticed")
	}
}

// TestNoFlippedBitEndsTheProgram damages a file at random. Damage may show at once, only in use, or only
// when what was written over it is read again: whatever shows, the next start sets the file aside, and
// after a few starts there is a cache that works.
func TestNoFlippedBitEndsTheProgram(t *testing.T) {
	const starts = 4
	sound := filled(t)
	random := rand.New(rand.NewPCG(1, 2))
	aside := 0
	for range 150 {
		content := bytes.Clone(sound)
		for range 3 {
			content[random.IntN(len(content))] ^= 1 << random.IntN(8)
		}
		path := t.TempDir() + "/inbox.db"
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		for start := 1; ; start++ {
			recovered, useErr := use(t, path)
			if recovered {
				aside++
			}
			if useErr == nil {
				break
			}
			if start == starts {
				t.Fatalf("still not usable after %d starts: %v", starts, useErr)
			}
		}
	}
	if aside == 0 {
		t.Error("no damage was noticed")
	}
}

// use opens the cache, takes a row and a page, and closes it again. Opening and closing never fail.
func use(t *testing.T, path string) (recovered bool, err error) {
	t.Helper()
	c, err := cache.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	a := c.Account("ada")
	_, _, applyErr := a.Apply(domain.Position{Epoch: "first", Seq: 1}, rows(1, 1), false)
	_, pageErr := a.Page(domain.InboxFilter{}, "", 500, noon)
	return c.Recovered(), errors.Join(applyErr, pageErr)
}
