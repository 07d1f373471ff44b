package cache_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/domain"
)

// writerPath names, in the environment of a child process, the file it shall write to until it is killed.
const writerPath = "CALLBOARD_TEST_CACHE"

func TestMain(m *testing.M) {
	if path := os.Getenv(writerPath); path != "" {
		if err := writeUntilKilled(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeUntilKilled applies one row after the other and says the number of each that is durable.
func writeUntilKilled(path string) error {
	c, err := cache.Open(path)
	if err != nil {
		return err
	}
	a := c.Account("ada")
	for n := 1; ; n++ {
		if _, _, err := a.Apply(domain.Position{Epoch: "first", Seq: int64(n)}, rows(n, n), false); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

func TestASecondProcessIsToldWithinASecondOrSo(t *testing.T) {
	path := t.TempDir() + "/inbox.db"
	opened(t, path)
	began := time.Now()
	_, err := cache.Open(path)
	if !errors.Is(err, cache.ErrLocked) {
		t.Errorf("%v, want ErrLocked", err)
	}
	if waited := time.Since(began); waited > 2*time.Second {
		t.Errorf("it took %v", waited)
	}
}

func TestAKilledWriterLeavesEverythingItSaidWasKept(t *testing.T) {
	path := t.TempDir() + "/inbox.db"
	for round := range 3 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), writerPath+"="+path)
		said, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		last := 0
		lines := bufio.NewScanner(said)
		for lines.Scan() {
			if _, err := fmt.Sscan(lines.Text(), &last); err != nil {
				t.Fatal(err)
			}
			if last == 20+17*round {
				_ = child.Process.Kill()
			}
		}
		_ = child.Wait()
		c := opened(t, path)
		a := c.Account("ada")
		position, err := a.Position()
		if err != nil || c.Recovered() || position.Seq < int64(last) || last == 0 {
			t.Fatalf("round %d: at %+v after %d was said, recovered %v, %v", round, position, last, c.Recovered(), err)
		}
		if list := all(t, a, domain.InboxFilter{}, noon); int64(len(list)) < position.Seq {
			t.Errorf("round %d: %d rows at seq %d", round, len(list), position.Seq)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// filled is the bytes of a sound cache file.
func filled(t *testing.T) []byte {
	t.Helper()
	path := t.TempDir() + "/inbox.db"
	c := opened(t, path)
	for n := 1; n <= 300; n += 30 {
		apply(t, c.Account("ada"), rows(n, n+29)...)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// usable fails where the cache at path cannot be opened and used. It answers whether it was begun anew.
func usable(t *testing.T, path string) (recovered bool) {
	t.Helper()
	c, err := cache.Open(path)
	if err != nil {
		t.Fatalf("%s: %v", t.Name(), err)
	}
	defer func() { _ = c.Close() }()
	a := c.Account("ada")
	if _, _, err := a.Apply(domain.Position{Epoch: "first", Seq: 1}, rows(1, 1), false); err != nil {
		t.Errorf("it takes no row: %v", err)
	}
	if _, err := a.Page(domain.InboxFilter{}, "", 500, noon); err != nil {
		t.Errorf("it gives no page: %v", err)
	}
	return c.Recovered()
}

func TestADamagedFileIsSetAside(t *testing.T) {
	sound := filled(t)
	for name, content := range map[string][]byte{
		"garbage":                []byte("this was never a cache, whatever its name says; it only happens to lie here"),
		"long garbage":           []byte(fmt.Sprintf("%0100000d", 7)),
		"zeroes":                 make([]byte, 64<<10),
		"half of the file":       sound[:len(sound)/2/4096*4096],
		"cut in a page":          sound[:3*4096+100],
		"both metas overwritten": append(make([]byte, 2*4096), sound[2*4096:]...),
	} {
		t.Run(name, func(t *testing.T) {
			path := t.TempDir() + "/inbox.db"
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if !usable(t, path) {
				t.Error("it was taken for a sound file")
			}
			aside, err := os.ReadFile(path + ".damaged")
			if err != nil || len(aside) == 0 {
				t.Errorf("the damaged file is not beside it: %v", err)
			}
			if usable(t, path) {
				t.Error("the new file was set aside too")
			}
		})
	}
}

func TestNoDamagedPageEndsTheProgram(t *testing.T) {
	sound := filled(t)
	path := t.TempDir() + "/inbox.db"
	aside := 0
	for page := range len(sound) / 4096 {
		for _, fill := range []byte{0, 0xff} {
			content := append([]byte(nil), sound...)
			for i := range 4096 {
				content[page*4096+i] = fill
			}
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if usable(t, path) {
				aside++
			}
		}
	}
	if aside == 0 {
		t.Error("no damage was noticed")
	}
}

func TestAnEmptyFileIsBegun(t *testing.T) {
	path := t.TempDir() + "/inbox.db"
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if usable(t, path) {
		t.Error("an empty file was taken for a damaged one")
	}
}

func TestAFolderInTheWayIsAnErrorAndStays(t *testing.T) {
	path := t.TempDir()
	if _, err := cache.Open(path); err == nil {
		t.Error("a folder was opened as the cache")
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		t.Errorf("the folder was moved: %v", err)
	}
}
