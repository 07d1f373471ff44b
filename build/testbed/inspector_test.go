//go:build e2e

package testbed_test

import (
	"bytes"
	"image/png"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/callboard/callboard/build/testbed"
)

func TestThePageOfARealWindowAnswers(t *testing.T) {
	program := filepath.Join(t.TempDir(), "bare")
	build := exec.Command("go", "build", "-tags", "desktop,production,webkit2_41", "-o", program, "../bench/bare")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	desktop := start(t, testbed.Without{})
	address, err := testbed.FreeAddress(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desktop.Run([]string{"WEBKIT_INSPECTOR_HTTP_SERVER=" + address}, program); err != nil {
		t.Fatal(err)
	}
	page, err := testbed.Inspect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer page.Close()
	if err := page.Await(t.Context(), `document.body.innerText.includes("Bare")`); err != nil {
		t.Error(err)
	}
	if err := page.Eval(t.Context(), `nothing.here`, nil); err == nil {
		t.Error("an error in the page was not told")
	}
	picture, err := page.Picture(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := png.Decode(bytes.NewReader(picture)); err != nil {
		t.Error(err)
	}
}
