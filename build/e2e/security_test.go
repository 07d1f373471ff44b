//go:build e2e

package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/callboard/callboard/build/testbed"
)

// TestAPersonGuardsTheirAccountFromTheWindow goes through the guide's steps with an authenticator that is
// not ours, a mailbox and the official client.
func TestAPersonGuardsTheirAccountFromTheWindow(t *testing.T) {
	server, seat := serve(t), sit(t, testbed.Without{})
	first := server.password(t, "maya")
	seat.open(t)
	seat.signIn(t, server)

	seat.security(t)
	app := seat.enableTwoFactor(t)
	old := seat.backupCodes(t, app)
	seat.says(t, "10 backup codes left")
	seat.picture(t, "security")

	seat.signOut(t)
	seat.enter(t, server, first)
	seat.await(t, labelled("Code"))
	seat.picture(t, "security-sign-in")
	seat.fill(t, "Code", app.code(t))
	seat.press(t, "Sign in")
	seat.security(t)

	seat.signOut(t)
	seat.enter(t, server, first)
	seat.press(t, "Use a backup code")
	seat.fill(t, "Backup code", old[0])
	seat.press(t, "Sign in")
	seat.security(t)
	seat.says(t, "9 backup codes left")

	seat.press(t, "Generate backup codes")
	codes := seat.backupCodes(t, app)
	seat.says(t, "10 backup codes left")
	seat.press(t, "Disable 2FA")
	seat.press(t, "Use a backup code")
	seat.fill(t, "Backup code", old[1])
	seat.press(t, "Verify code and disable")
	seat.await(t, alert) // the new set made the old one void
	seat.fill(t, "Backup code", codes[0])
	seat.press(t, "Verify code and disable")
	seat.says(t, "Off. A code from your phone")

	second, third := "seven lamps above the dailies", "nine quiet reels in the vault"
	seat.press(t, "Change password")
	seat.fill(t, "Old password", first)
	seat.fill(t, "New password", second)
	seat.fill(t, "New password again", second)
	seat.press(t, "Save")
	seat.says(t, "Password changed")

	key := seat.makeKey(t, "Create API key")
	server.use(t, "maya", key, true)
	fresh := seat.makeKey(t, "Reset API key")
	server.use(t, "maya", key, false)
	server.use(t, "maya", fresh, true)

	seat.signOut(t)
	seat.press(t, "Forgot your password?")
	seat.fill(t, "Address", server.URL)
	seat.fill(t, "User name or e-mail address", "maya@aurora.example")
	seat.press(t, "Request")
	seat.says(t, "a mail with a link is on its way")
	server.choosePassword(t, third)
	seat.press(t, "Back to sign-in")
	seat.enter(t, server, second)
	seat.await(t, alert)
	seat.enter(t, server, third)
	seat.security(t)

	for _, subject := range []string{
		"Two-factor authentication is on", "You have new backup codes", "A backup code was used", "Two-factor authentication is off",
		"Your password was changed", "An API key was made for you", "An API key of yours was replaced", "Your password was reset",
	} {
		eventually(t, "she is told by mail: "+subject, func() bool { return len(server.letters(t, subject)) > 0 })
	}
}

// security goes to the page of that name, and waits until it knows how things stand.
func (s *seat) security(t *testing.T) {
	t.Helper()
	s.await(t, `document.querySelector("[aria-label='Your account and settings']")`)
	s.do(t, `location.hash = "#/account/security"`)
	s.says(t, "Two-factor authentication")
}

// enableTwoFactor goes as far as the offer of backup codes.
func (s *seat) enableTwoFactor(t *testing.T) *authenticator {
	t.Helper()
	const secret = `document.querySelector("dialog code[aria-label='Secret key']")`
	s.press(t, "Enable 2FA")
	s.press(t, "Next")
	s.await(t, secret)
	s.picture(t, "security-enable")
	var text string
	s.ask(t, secret+".innerText", &text)
	app := &authenticator{secret: strings.ReplaceAll(text, " ", "")}
	s.fill(t, "Code", app.code(t))
	s.press(t, "Enable")
	s.says(t, "Two-factor authentication is on")
	s.press(t, "Generate backup codes")
	return app
}

// backupCodes answers the dialog that asks for a code of the app, copies what it gives, and closes it.
func (s *seat) backupCodes(t *testing.T, app *authenticator) (codes []string) {
	t.Helper()
	s.fill(t, "Code", app.code(t))
	s.press(t, "Verify and get codes")
	const list = `document.querySelectorAll("dialog ol[aria-label='Your backup codes'] li")`
	s.await(t, list+".length === 10")
	s.picture(t, "security-codes")
	s.ask(t, fmt.Sprintf("[...%s].map((code) => code.innerText)", list), &codes)
	s.press(t, "Copy")
	s.says(t, "Copied")
	s.press(t, "Close")
	return codes
}

// makeKey has an API key made, the first or a new one, and reads it off the only time it is shown.
func (s *seat) makeKey(t *testing.T, button string) (key string) {
	t.Helper()
	const shown = `document.querySelector("dialog code[aria-label='Personal API key']")`
	s.press(t, button)
	s.press(t, button) // and in the dialog
	s.await(t, shown)
	s.ask(t, shown+".innerText", &key)
	s.press(t, "Close")
	return key
}

// signOut leaves the workspace by the menu under the profile picture.
func (s *seat) signOut(t *testing.T) {
	t.Helper()
	s.do(t, `document.querySelector("[aria-label='Your account and settings']").click()`)
	s.press(t, "Sign out")
	s.await(t, `document.querySelector("input[autocomplete=username]")`)
}

// enter gives maya's name and a password on the page for signing in.
func (s *seat) enter(t *testing.T, at *studio, password string) {
	t.Helper()
	s.fill(t, "Address", at.URL)
	s.fill(t, "User name", "maya")
	s.fill(t, "Password", password)
	s.press(t, "Sign in")
}

// use has the official client come with a key, and knows how that is to end.
func (s *studio) use(t *testing.T, username, key string, welcome bool) {
	t.Helper()
	users, err := json.Marshal([]map[string]string{{"username": username, "api_key": key}})
	if err != nil {
		t.Fatal(err)
	}
	var said struct{ Username, Refused string }
	(&studio{URL: s.URL, Users: users}).script(t, &said, "key.mjs", username)
	if welcome && said.Username != username || !welcome && said.Refused != "invalid_credentials" {
		t.Errorf("the official client came with a key that is to be welcome: %t; it was told %+v", welcome, said)
	}
}
