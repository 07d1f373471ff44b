package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/workspace/store"
	"github.com/callboard/callboard/backend/workspace/store/postgrestest"
	"github.com/callboard/callboard/backend/workspace/store/storetest"
)

// replicas opens one PostgreSQL database twice, as two servers do.
func replicas(t *testing.T) [2]*store.Store {
	t.Helper()
	at := storetest.PostgreSQL(t)
	return [2]*store.Store{open(t, at), open(t, at)}
}

// all runs do in so many goroutines at once and fails with what any of them answers.
func all(t *testing.T, goroutines int, do func(n int) error) {
	t.Helper()
	var working sync.WaitGroup
	for n := range goroutines {
		working.Go(func() {
			if err := do(n); err != nil {
				t.Error(err)
			}
		})
	}
	working.Wait()
}

// seqs are those of somebody's inbox, in order.
func seqs(t *testing.T, s *store.Store, user string) []int64 {
	t.Helper()
	found, err := ask(t, s, server, fmt.Sprintf(`select seq from Notification where user_id is "%s" order by seq`, user))
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int64
	for _, row := range found.Rows {
		numbers = append(numbers, row.Values["seq"].(int64))
	}
	return numbers
}

func counted(to int) []int64 {
	var numbers []int64
	for n := range int64(to) {
		numbers = append(numbers, n+1)
	}
	return numbers
}

// TestManyWritersOfManyInboxesLeaveNoHole has each writer tell the same people, named in an order of its
// own, of ten events.
func TestManyWritersOfManyInboxesLeaveNoHole(t *testing.T) {
	people := []domain.UserID{"maya", "lena", "nia", "tomas"}
	eachEngine(t, func(t *testing.T, s *store.Store) {
		all(t, 8, func(n int) error {
			for i := range 10 {
				var deliveries []store.Delivery
				for j := range people {
					deliveries = append(deliveries, told(people[(j+n)%len(people)], fmt.Sprintf("e%d-%d", n, i)))
				}
				if err := s.Write(t.Context(), func(tx *store.Tx) error {
					_, err := tx.Deliver(t.Context(), deliveries)
					return err
				}); err != nil {
					return err
				}
			}
			return nil
		})
		for _, user := range people {
			if got := seqs(t, s, string(user)); !slices.Equal(got, counted(80)) {
				t.Errorf("%s: %v", user, got)
			}
		}
	})
}

// TestAnEventToldFromTwoSidesArrivesOnce has two servers learn of the same events.
func TestAnEventToldFromTwoSidesArrivesOnce(t *testing.T) {
	both := replicas(t)
	all(t, 8, func(n int) error {
		for i := range 10 {
			if err := both[n%2].Write(t.Context(), func(tx *store.Tx) error {
				_, err := tx.Deliver(t.Context(), []store.Delivery{told("maya", fmt.Sprint("e", i)), told("lena", fmt.Sprint("e", i))})
				return err
			}); err != nil {
				return err
			}
		}
		return nil
	})
	if got := seqs(t, both[0], "maya"); !slices.Equal(got, counted(10)) {
		t.Errorf("%v", got)
	}
}

func TestTwoServersNeverTakeOneJobTwice(t *testing.T) {
	both := replicas(t)
	write(t, both[0], func(tx *store.Tx) error {
		for i := range 100 {
			if err := tx.EnqueueJob(t.Context(), store.Job{ID: fmt.Sprint("j", i), Kind: "mail", Body: []byte("{}"), DueAt: noon}); err != nil {
				return err
			}
		}
		return nil
	})
	var mu sync.Mutex
	taken := map[string]int{}
	all(t, 6, func(n int) error {
		for {
			var job store.Job
			var found bool
			if err := both[n%2].Write(t.Context(), func(tx *store.Tx) (err error) {
				job, found, err = tx.LeaseJob(t.Context(), time.Minute)
				return err
			}); err != nil || !found {
				return err
			}
			mu.Lock()
			taken[job.ID]++
			mu.Unlock()
		}
	})
	if len(taken) != 100 {
		t.Errorf("%d jobs were taken", len(taken))
	}
	for id, times := range taken {
		if times != 1 {
			t.Errorf("%s was taken %d times", id, times)
		}
	}
}

// TestOpposedMovesNeverMakeARing has two servers hang two sequences below each other at the same moment.
func TestOpposedMovesNeverMakeARing(t *testing.T) {
	both := replicas(t)
	for round := range 5 {
		a, b := fmt.Sprint("a", round), fmt.Sprint("b", round)
		write(t, both[0], func(tx *store.Tx) error {
			return errors.Join(put(t.Context(), tx, "Sequence", a), put(t.Context(), tx, "Sequence", b))
		})
		var mu sync.Mutex
		refused := 0
		all(t, 2, func(n int) error {
			moved, below := a, b
			if n == 1 {
				moved, below = b, a
			}
			err := both[n].Write(t.Context(), func(tx *store.Tx) error {
				return tx.Update(t.Context(), typed("Sequence"), []string{moved}, map[string]any{"parent_id": below})
			})
			if domain.CodeOf(err) == domain.Invalid {
				mu.Lock()
				refused++
				mu.Unlock()
				return nil
			}
			return err
		})
		if refused != 1 {
			t.Errorf("%d moves were refused, want one", refused)
		}
	}
}

// TestAPlantedRowFollowsAMoveThatIsUnderWay has shots come below a sequence while it moves to and fro.
func TestAPlantedRowFollowsAMoveThatIsUnderWay(t *testing.T) {
	both := replicas(t)
	write(t, both[0], func(tx *store.Tx) error {
		return errors.Join(put(t.Context(), tx, "Project", "p1"), put(t.Context(), tx, "Project", "p2"),
			put(t.Context(), tx, "Sequence", "sq", "parent_id", "p1", "project_id", "p1"))
	})
	all(t, 2, func(n int) error {
		for i := range 20 {
			if err := both[n].Write(t.Context(), func(tx *store.Tx) error {
				if n == 0 {
					return put(t.Context(), tx, "Shot", fmt.Sprint("sh", i), "parent_id", "sq")
				}
				return tx.Update(t.Context(), typed("Sequence"), []string{"sq"}, map[string]any{"parent_id": fmt.Sprint("p", i%2+1)})
			}); err != nil {
				return err
			}
		}
		return nil
	})
	found, err := ask(t, both[0], server, `select descendants.id from Project order by id`)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{0, 21} { // the sequence came to rest below the second
		if below := found.Rows[i].Many["descendants"]; len(below) != want {
			t.Errorf("%d rows below project %d, want %d", len(below), i+1, want)
		}
	}
}

// TestNamesTakenAtTheSameMomentAreAConflict races for one username.
func TestNamesTakenAtTheSameMomentAreAConflict(t *testing.T) {
	both := replicas(t)
	write(t, both[0], func(tx *store.Tx) error {
		return errors.Join(put(t.Context(), tx, "User", "u0", "username", "old0"), put(t.Context(), tx, "User", "u1", "username", "old1"))
	})
	var mu sync.Mutex
	codes := map[domain.Code]int{}
	all(t, 2, func(n int) error {
		err := both[n].Write(t.Context(), func(tx *store.Tx) error {
			return tx.Update(t.Context(), typed("User"), []string{fmt.Sprint("u", n)}, map[string]any{"username": "new"})
		})
		mu.Lock()
		defer mu.Unlock()
		codes[domain.CodeOf(err)]++
		return nil
	})
	if codes[""] != 1 || codes[domain.Conflict] != 1 {
		t.Errorf("%v", codes)
	}
}

// TestServersThatStartTogetherShareOneHistory opens a new database from several sides at once.
func TestServersThatStartTogetherShareOneHistory(t *testing.T) {
	at := store.Config{Database: postgrestest.Database(t)}
	epochs := make([]string, 4)
	all(t, len(epochs), func(n int) error {
		s, err := store.Open(t.Context(), at)
		if err != nil {
			return err
		}
		epochs[n] = s.Epoch()
		return s.Close()
	})
	if len(slices.Compact(epochs)) != 1 || epochs[0] == "" {
		t.Errorf("epochs %v", epochs)
	}
}

// TestWritesThatWaitForEachOtherAreRunAgain locks two rows from both ends.
func TestWritesThatWaitForEachOtherAreRunAgain(t *testing.T) {
	both := replicas(t)
	write(t, both[0], func(tx *store.Tx) error {
		return errors.Join(put(t.Context(), tx, "State", "s0"), put(t.Context(), tx, "State", "s1"))
	})
	var met sync.WaitGroup
	met.Add(2)
	var runs [2]int
	all(t, 2, func(n int) error {
		return both[n].Write(t.Context(), func(tx *store.Tx) error {
			runs[n]++
			for step := range 2 {
				id := fmt.Sprint("s", (n+step)%2)
				if err := tx.Update(t.Context(), typed("State"), []string{id}, map[string]any{"name": fmt.Sprint(n)}); err != nil {
					return err
				}
				if step == 0 && runs[n] == 1 {
					met.Done()
					met.Wait() // both hold one row and want the other's
				}
			}
			return nil
		})
	})
	if runs[0]+runs[1] < 3 {
		t.Errorf("runs %v", runs)
	}
	found, err := ask(t, both[0], server, "select name from State")
	if err != nil || found.Rows[0].Values["name"] != found.Rows[1].Values["name"] {
		t.Errorf("half of each: %v, %v", found, err)
	}
}

func TestAnUnusableDatabaseSaysWhyAndShowsNoPassword(t *testing.T) {
	good := postgrestest.Database(t)
	for address, want := range map[string]string{
		"mysql://u:hush@127.0.0.1/x":                             "must begin with postgres://",
		"postgres://u:hu%sh@127.0.0.1/x":                         "no URL",
		"postgres://u:hush@127.0.0.1:nine/x":                     "no URL",
		"postgres://u:hush@127.0.0.1:1/x":                        "127.0.0.1:1 cannot be reached",
		strings.Replace(good, "/test", "/nowhere", 1):            "create it first",
		strings.Replace(good, "callboard@", "nobody:hush@", 1):   "nobody",
		strings.Replace(good, "sslmode=disable", "sslmode=x", 1): "cannot be understood",
	} {
		_, err := store.Open(t.Context(), store.Config{Database: address})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hush") {
			t.Errorf("%s: %v, want %q", address, err, want)
		}
	}
}

func TestTriesMadeAtOnceAreAllCounted(t *testing.T) {
	both := replicas(t)
	all(t, 20, func(n int) error {
		return both[n%2].Write(t.Context(), func(tx *store.Tx) error {
			tries, err := tx.Throttle(t.Context(), "person:maya")
			if err != nil {
				return err
			}
			tries.Failures++
			return tx.SetThrottle(t.Context(), "person:maya", tries, time.Hour)
		})
	})
	write(t, both[0], func(tx *store.Tx) error {
		tries, err := tx.Throttle(t.Context(), "person:maya")
		if tries.Failures != 20 {
			t.Errorf("%d tries", tries.Failures)
		}
		return err
	})
}
