//go:build e2e

package e2e

import (
	"image"
	"image/jpeg"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/callboard/callboard/build/testbed"
)

// photo writes a photograph of so many pixels and gives its path.
func photo(t *testing.T, name string, width, height int) string {
	t.Helper()
	picture := image.NewYCbCr(image.Rect(0, 0, width, height), image.YCbCrSubsampleRatio420)
	for i := range picture.Y {
		picture.Y[i] = uint8(i*7 + i>>11)
	}
	for i := range picture.Cb {
		picture.Cb[i], picture.Cr[i] = 90, 170
	}
	path := filepath.Join(t.TempDir(), name)
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(file, picture, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// drag drops a file on the middle of what a selector finds in the page.
func (s *seat) drag(t *testing.T, file, selector string) {
	t.Helper()
	var at struct{ X, Y float64 }
	where := `(() => { const box = document.querySelector("` + selector + `").getBoundingClientRect(); return {X: box.x + box.width / 2, Y: box.y + box.height / 2} })()`
	if err := s.page.Eval(t.Context(), where, &at); err != nil {
		t.Fatal(err)
	}
	if err := s.DragFile(t.Context(), program(t, "dragsource"), file, "Callboard", int(at.X), int(at.Y)); err != nil {
		t.Fatal(err)
	}
}

// known is a person as others see them, read with the official client.
type known struct {
	Name, Email, Thumbnail string
	Picture                int
}

func (s *studio) person(t *testing.T, who, name string) (k known) {
	t.Helper()
	s.script(t, &k, "person.mjs", who, name)
	return k
}

// TestTheProfileIsChangedAsTheGuideSays walks "User Information": a picture by dropping and by browsing, then
// name and e-mail, and reads each back from the server.
func TestTheProfileIsChangedAsTheGuideSays(t *testing.T) {
	server, seat := serve(t), sit(t, testbed.Without{})
	seat.open(t)
	seat.signIn(t, server)
	seat.do(t, `location.hash = "#/account/profile"`)
	seat.await(t, `document.querySelector(".face")`)
	seat.do(t, `window.stays = true`)
	file := photo(t, "holiday.jpg", 1200, 900)

	seat.drag(t, file, "main h1")
	time.Sleep(time.Second) // nothing is to happen, and nothing says that it did not
	seat.await(t, `window.stays && location.hash === "#/account/profile" && !document.querySelector("dialog[open]")`)

	before := server.person(t, "tomas", "maya")
	seat.drag(t, file, ".face")
	seat.await(t, `document.querySelector("dialog[open] .area img")?.naturalWidth === 1200`)
	seat.picture(t, "crop")
	seat.do(t, `document.querySelector("dialog[open] footer button:last-child").click()`)
	seat.await(t, `!document.querySelector("dialog[open]")`)
	dropped := server.person(t, "tomas", "maya")
	if dropped.Thumbnail == before.Thumbnail || dropped.Picture < 100 {
		t.Errorf("after dropping a picture others see %+v", dropped)
	}
	seat.await(t, `document.querySelector(".opener img")?.src.includes("`+dropped.Thumbnail+`") && document.querySelector(".opener img").naturalWidth > 0`)
	seat.picture(t, "new-picture")

	// The dialog is the system's: what it gives to the page is put there.
	seat.do(t, `(() => {
		const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 })
		canvas.getContext("2d").fillRect(0, 0, 320, 480)
		canvas.toBlob((blob) => {
			const chosen = new DataTransfer(), chooser = document.querySelector("input[type=file]")
			chosen.items.add(new File([blob], "drawing.png", { type: "image/png" }))
			chooser.files = chosen.files
			chooser.dispatchEvent(new Event("change", { bubbles: true }))
		})
	})()`)
	seat.await(t, `document.querySelector("dialog[open] .area img")?.naturalWidth === 640`)
	seat.do(t, `document.querySelector(".area").dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }))`)
	seat.await(t, `!document.querySelector("dialog[open]")`)
	if chosen := server.person(t, "tomas", "maya"); chosen.Thumbnail == dropped.Thumbnail || chosen.Picture < 100 {
		t.Errorf("after choosing a picture others see %+v", chosen)
	}

	for field, value := range map[string]string{"firstName": "Maia 🦊", "lastName": "צ׳ן", "email": "maia@aurora.example"} {
		seat.do(t, `(() => {
			const input = document.querySelector("[data-field=`+field+`] input")
			input.value = "`+value+`"
			input.dispatchEvent(new Event("input", { bubbles: true }))
		})()`)
	}
	seat.await(t, `document.querySelector("[data-save-bar]")?.innerText.includes("3")`)
	seat.picture(t, "profile-unsaved")
	seat.do(t, `document.querySelector("[data-save-bar] .buttons button:last-child").click()`)
	seat.await(t, `!document.querySelector("[data-save-bar]")`)
	eventually(t, "the server has the name and the address", func() bool {
		now := server.person(t, "tomas", "maya")
		return now.Name == "Maia 🦊 צ׳ן" && now.Email == "maia@aurora.example"
	})
	seat.do(t, `document.querySelector(".opener").click()`)
	seat.await(t, `document.querySelector(".panel")?.innerText.includes("Maia 🦊")`)
	seat.picture(t, "profile-saved")
	seat.await(t, `window.stays`)
}
