//go:build e2e

package e2e

import (
	"fmt"
	"testing"

	"github.com/callboard/callboard/build/testbed"
)

func TestTwoWorkspacesAreHeardOfAtOnce(t *testing.T) {
	aurora, other, seat := serve(t), serve(t), sit(t, testbed.Without{})
	seat.open(t)
	seat.signIn(t, aurora)
	seat.do(t, fmt.Sprintf(`window.go.bridge.Session.SignIn({ address: %q, username: "maya", password: %q, code: "" }).then(() => { window.inBoth = true })`,
		other.URL, other.password(t, "maya")))
	seat.await(t, "window.inBoth")
	aurora.write(t, "From the first studio.")
	eventually(t, "the workspace that is not shown toasts", func() bool { n, err := seat.Displayed(t.Context()); return err == nil && n > 0 })
	if err := seat.ClickToast(t.Context()); err != nil {
		t.Fatal(err)
	}
	seat.await(t, `document.querySelector("section.detail")?.innerText.includes("From the first studio.")`)

	if err := seat.app.Kill(); err != nil {
		t.Fatal(err)
	}
	seat.open(t)
	seat.await(t, rowOf("From the first studio."))
	other.write(t, "And once more.")
	eventually(t, "a cold start brings both back", func() bool { return len(seat.toasts(t, "And once more.")) == 1 })
}
