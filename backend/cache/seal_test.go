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

func TestNoFlippedBitEndsTheProgram(t *testing.T) {
	sound := filled(t)
	random := rand.New(rand.NewPCG(1, 2))
	path := t.TempDir() + "/inbox.db"
	aside := 0
	for range 150 {
		content := bytes.Clone(sound)
		for range 3 {
			content[random.IntN(len(content))] ^= 1 << random.IntN(8)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		// Damage may show only in use; then the file is set aside at the next start.
		c, err := cache.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		a := c.Account("ada")
		_, _, applyErr := a.Apply(domain.Position{Epoch: "first", Seq: 1}, rows(1, 1), false)
		_, pageErr := a.Page(domain.InboxFilter{}, "", 500, noon)
		recovered := c.Recovered()
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if again := usable(t, path); again != (errors.Join(applyErr, pageErr) != nil) {
			t.Errorf("set aside at the next start: %t, after %v, %v", again, applyErr, pageErr)
		} else if again || recovered {
			aside++
		}
	}
	if aside == 0 {
		t.Error("no damage was noticed")
	}
}
