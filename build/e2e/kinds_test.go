//go:build e2e

package e2e

import (
	"slices"
	"strings"
	"testing"

	"github.com/callboard/callboard/build/testbed"
)

// TestTheKindsOfNewsReachWhomTheyConcern has scripts do what people do all day; notes travel in the spine.
func TestTheKindsOfNewsReachWhomTheyConcern(t *testing.T) {
	server, artist := serve(t), sit(t, testbed.Without{})
	artist.open(t)
	artist.signIn(t, server)
	told := func(at *seat, shot, words string) {
		t.Helper()
		eventually(t, "a toast says "+words, func() bool {
			toasts, err := at.Toasts(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return slices.ContainsFunc(toasts, func(toast testbed.Toast) bool {
				return strings.Contains(toast.Summary, shot) && strings.Contains(toast.Summary, words)
			})
		})
	}
	told(artist, server.work(t, "status", "tomas", "maya"), "changed the status")
	told(artist, server.work(t, "publish", "lena", "maya"), "published a version")

	manager := sit(t, testbed.Without{})
	manager.open(t)
	manager.signInAs(t, server, "tomas")
	told(manager, server.work(t, "claim", "lena"), "claimed the task")
}
