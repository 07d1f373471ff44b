//go:build e2e

package e2e

import (
	"fmt"
	"testing"
)

// What a person finds by its words: in the dialog that is open, or else on the page.
const (
	scope = `([...document.querySelectorAll("dialog[open], [role=dialog]")].at(-1) ?? document.body)`
	alert = scope + `.querySelector("[role=alert]")`
)

// labelled is the field with a label, as an expression in the page.
func labelled(label string) string {
	return fmt.Sprintf(`[...%s.querySelectorAll("label")].find((label) => label.innerText.trim() === %q)?.control`, scope, label)
}

// fill types into the field with a label.
func (s *seat) fill(t *testing.T, label, value string) {
	t.Helper()
	s.await(t, labelled(label))
	s.do(t, fmt.Sprintf(`((input) => {
		input.value = %q;
		input.dispatchEvent(new InputEvent("input", { bubbles: true }));
	})(%s)`, value, labelled(label)))
}

// press presses the button with these words, once it can be pressed.
func (s *seat) press(t *testing.T, words string) {
	t.Helper()
	button := fmt.Sprintf(`[...%s.querySelectorAll("button")].find((button) => button.innerText.trim() === %q && !button.disabled)`, scope, words)
	s.await(t, button)
	s.do(t, button+".click()")
}

// says waits until the window shows these words.
func (s *seat) says(t *testing.T, words string) {
	t.Helper()
	s.await(t, fmt.Sprintf(`document.body.innerText.includes(%q)`, words))
}

// ask reads plain data out of the page.
func (s *seat) ask(t *testing.T, expression string, out any) {
	t.Helper()
	if err := s.page.Eval(t.Context(), expression, out); err != nil {
		t.Fatal(err)
	}
}
