package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/build/testbed"
)

// studio is a workspace of its own, on the desktop but outside the app, so that it can be taken away for the page without a connection.
type studio struct {
	process *testbed.Process
	URL     string
	Users   []struct{ Username, Password string }
}

// visit is the app on a desktop, while its pages are kept one after the other.
type visit struct {
	ctx     context.Context // a visit is one call
	desktop *testbed.Desktop
	app     *testbed.Process
	page    *testbed.Page
	server  studio
	folder  string
	kept    int
}

// step brings the app to its next page.
type step struct {
	name string
	goTo func(*visit) error
}

// Rows of the demo show, by their kind: a conversation, a task given to maya, and a note of which only the row is kept here.
const (
	conversation = domain.KindMessage
	assignment   = domain.KindAssignment
	unopened     = domain.KindNote
)

const (
	menuButton  = `document.querySelector("header .menu .opener")`
	offlineLine = `document.querySelector("nav [role=status] svg, footer [role=status] svg")`
	list        = `document.querySelector("[role=list] > div")`
	letterKey   = `document.body.dispatchEvent(new KeyboardEvent("keydown", { key: %q, bubbles: true }))`
)

// everyPage is the step that keeps the pages of the rail itself, whichever they are.
const everyPage = ""

// steps are all pages, each reached from the one before.
var steps = []step{
	{"first-run", func(v *visit) error {
		return v.await(`document.querySelector("section[aria-labelledby=demo]")`)
	}},
	{"first-run-address-missing", func(v *visit) error {
		return v.signIn("")
	}},
	{"first-run-address-error", func(v *visit) error {
		silent, err := testbed.FreeAddress(v.ctx)
		if err != nil {
			return err
		}
		return v.signIn("http://" + silent)
	}},
	{"inbox", func(v *visit) error {
		if err := v.signIn(v.server.URL); err != nil {
			return err
		}
		return v.await(`document.querySelector("[data-row]") && !document.querySelector("section.detail")`)
	}},
	{"account-menu", func(v *visit) error {
		if err := v.do(menuButton + ".click()"); err != nil {
			return err
		}
		return v.await(`document.querySelector(".menu [role=dialog]")`)
	}},
	{"keys", func(v *visit) error {
		if err := v.do(menuButton + ".click()"); err != nil {
			return err
		}
		if err := v.press("?"); err != nil {
			return err
		}
		return v.await(`document.querySelector("dialog[open]")`)
	}},
	{"done", func(v *visit) error {
		if err := v.do(`document.querySelector("dialog[open]").close()`); err != nil {
			return err
		}
		if err := v.do(`document.querySelectorAll(".filters .chips button")[2].click()`); err != nil {
			return err
		}
		return v.await(`document.querySelectorAll(".filters .chips button")[2].ariaPressed === "true"`)
	}},
	{"thread", func(v *visit) error {
		if err := v.do(`document.querySelectorAll(".filters .chips button")[0].click()`); err != nil {
			return err
		}
		return v.openRow(conversation)
	}},
	{"change", func(v *visit) error { return v.openRow(assignment) }},
	{"notice", func(v *visit) error {
		if err := v.press("e"); err != nil {
			return err
		}
		return v.await(`document.querySelector(".bar[role=group]")`)
	}},
	{"compact", func(v *visit) error {
		if err := v.press("z"); err != nil {
			return err
		}
		if err := v.closeRow(); err != nil {
			return err
		}
		if err := v.clickTray(); err != nil {
			return err
		}
		return v.await(`document.querySelector("main.compact [data-row]") && innerWidth < 720 && !document.querySelector(".bar")`)
	}},
	{"compact-thread", func(v *visit) error { return v.openRow(conversation) }},
	{"compact-account-menu", func(v *visit) error {
		if err := v.closeRow(); err != nil {
			return err
		}
		if err := v.do(menuButton + ".click()"); err != nil {
			return err
		}
		return v.await(`document.querySelector(".menu [role=dialog]")`)
	}},
	{"full", func(v *visit) error {
		if err := v.do(menuButton + ".click()"); err != nil {
			return err
		}
		if err := v.do(`window.go.bridge.App.ShowFull()`); err != nil {
			return err
		}
		return v.await(`innerWidth >= 720 && document.querySelector("[data-row]")`)
	}},
	{everyPage, (*visit).keepEveryPage},
	{"offline", func(v *visit) error {
		if err := v.server.process.Kill(); err != nil {
			return err
		}
		return v.await(`document.querySelector("[data-row]") && ` + offlineLine)
	}},
	{"offline-thread", func(v *visit) error { return v.openRow(unopened) }},
}

// pages keeps a picture of every page in each theme and language, from one run of the app.
func pages(ctx context.Context, app, server, folder string) (err error) {
	dir, err := os.MkdirTemp("", "callboard-show-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	desktop, err := testbed.Start(ctx, testbed.Config{Dir: dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, desktop.Stop()) }()
	v := &visit{ctx: ctx, desktop: desktop, folder: folder}
	if v.server, err = serve(ctx, desktop, server); err != nil {
		return err
	}
	if _, err := desktop.Output(ctx, "xdotool", "mousemove", "0", "959"); err != nil { // a corner: nothing is under the pointer
		return err
	}
	address, err := testbed.FreeAddress(ctx)
	if err != nil {
		return err
	}
	program, err := filepath.Abs(app)
	if err != nil {
		return err
	}
	if v.app, err = desktop.Run([]string{"WEBKIT_INSPECTOR_HTTP_SERVER=" + address}, program); err != nil {
		return err
	}
	if v.page, err = testbed.Inspect(ctx, address); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, v.page.Close()) }()
	for _, s := range steps {
		if err := s.goTo(v); err != nil {
			return fmt.Errorf("%s: %w; the app said:\n%s", s.name, err, desktop.Log(program))
		}
		if s.name == everyPage {
			continue
		}
		if err := v.keep(s.name); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	_, err = fmt.Printf("%d pictures are in %s\n", v.kept, folder)
	return err
}

// serve starts a workspace with the demo show in which nobody works: the pictures are then of the same rows each time.
func serve(ctx context.Context, desktop *testbed.Desktop, server string) (s studio, err error) {
	program, err := filepath.Abs(server)
	if err != nil {
		return s, err
	}
	listen, err := testbed.FreeAddress(ctx)
	if err != nil {
		return s, err
	}
	s.process, err = desktop.Run(nil, program, "serve", "--quiet-demo", "--data", filepath.Join(desktop.Dir(), "studio"), "--listen", listen)
	if err != nil {
		return s, err
	}
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline) && s.process.Alive(); time.Sleep(50 * time.Millisecond) {
		for line := range strings.Lines(desktop.Log(program)) {
			if json.Unmarshal([]byte(line), &s) == nil && s.URL != "" {
				return s, nil
			}
		}
	}
	return s, fmt.Errorf("the server did not start; it said:\n%s", desktop.Log(program))
}

func (v *visit) await(expression string) error { return v.page.Await(v.ctx, expression) }
func (v *visit) do(expression string) error    { return v.page.Eval(v.ctx, "void "+expression, nil) }
func (v *visit) press(key string) error        { return v.do(fmt.Sprintf(letterKey, key)) }

// signIn fills in the form as a person does and waits for what comes of it: an error at a field, or the inbox.
func (v *visit) signIn(address string) error {
	password := ""
	for _, user := range v.server.Users {
		if user.Username == "maya" {
			password = user.Password
		}
	}
	for _, field := range [][2]string{{"url", address}, {"username", "maya"}, {"current-password", password}} {
		fill := fmt.Sprintf(`(() => {
			const input = document.querySelector("input[autocomplete=%s]");
			input.value = %q;
			input.dispatchEvent(new InputEvent("input", { bubbles: true }));
		})()`, field[0], field[1])
		if err := v.do(fill); err != nil {
			return err
		}
	}
	if err := v.do(`document.querySelector("form").requestSubmit()`); err != nil {
		return err
	}
	return v.await(`!document.querySelector("form [type=submit]:disabled") && document.querySelector("input[aria-invalid=true], [data-row]")`)
}

// openRow opens the newest row of a kind and waits for what it holds. The list is asked of the app: the page draws only a part of it.
func (v *visit) openRow(kind domain.Kind) error {
	if err := v.do(`window.go.bridge.Inbox.Page({ unread: false, done: false }, "").then((page) => (window.rows = page.items))`); err != nil {
		return err
	}
	if err := v.await("window.rows"); err != nil {
		return err
	}
	at := fmt.Sprintf(`rows.findIndex((row) => row.kind === %q)`, kind)
	var id domain.NotificationID
	if err := v.page.Eval(v.ctx, fmt.Sprintf(`rows[%s]?.id`, at), &id); err != nil {
		return err
	}
	if err := v.do(fmt.Sprintf(`%s.scrollTo(0, (%s - 3) * 64)`, list, at)); err != nil {
		return err
	}
	row := fmt.Sprintf(`document.querySelector("[data-row='%s']")`, id)
	if err := v.await(row); err != nil {
		return err
	}
	if err := v.do(row + ".click()"); err != nil {
		return err
	}
	return v.await(`document.querySelector("section.detail") && !document.querySelector("section.detail [aria-busy=true]")`)
}

// keepEveryPage goes through the rail and keeps what each of its entries leads to; the first of them is where all begins.
func (v *visit) keepEveryPage() error {
	const rail = `document.querySelectorAll("nav li button")`
	var count int
	if err := v.page.Eval(v.ctx, rail+".length", &count); err != nil {
		return err
	}
	for step := 1; step <= count; step++ {
		at := step % count
		entry := fmt.Sprintf("%s[%d]", rail, at)
		if err := v.do(entry + ".click()"); err != nil {
			return err
		}
		if err := v.await(entry + `.ariaCurrent === "page" && !document.querySelector("main [aria-busy=true]")`); err != nil {
			return err
		}
		if err := v.do("document.activeElement.blur()"); err != nil {
			return err
		}
		var address string
		if err := v.page.Eval(v.ctx, "location.hash", &address); err != nil {
			return err
		}
		if at == 0 {
			break // kept already
		}
		if err := v.keep("page-" + strings.ReplaceAll(strings.TrimPrefix(address, "#/"), "/", "-")); err != nil {
			return err
		}
	}
	return v.await(`document.querySelector("[data-row]")`)
}

// closeRow goes back to the list, and leaves no mark of the keyboard on it.
func (v *visit) closeRow() error {
	if err := v.press("Escape"); err != nil {
		return err
	}
	if err := v.await(`document.querySelector("[data-row]") && !document.querySelector("section.detail")`); err != nil {
		return err
	}
	time.Sleep(200 * time.Millisecond) // the list takes the keyboard a few frames later
	return v.do("document.activeElement.blur()")
}

// clickTray clicks the icon once the panel has it.
func (v *visit) clickTray() error {
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		tray, err := v.desktop.Tray(v.ctx, v.app)
		if err == nil {
			return tray.Activate(v.ctx)
		}
		if time.Now().After(deadline) {
			return err
		}
	}
}

// keep writes the page as it stands in each theme and language.
func (v *visit) keep(name string) error {
	for _, language := range domain.Languages {
		for _, theme := range []domain.Theme{domain.ThemeDark, domain.ThemeLight} {
			if err := v.do(fmt.Sprintf("window.go.bridge.Settings.Save(%q, %q, true)", theme, language)); err != nil {
				return err
			}
			// Still: nothing loads, nothing fades.
			still := fmt.Sprintf(`document.documentElement.lang === %q && document.documentElement.dataset.theme === %q &&
				[...document.images].every((image) => image.complete) && document.fonts.status === "loaded" &&
				document.getAnimations().every((one) => one.playState !== "running")`, language, theme)
			if err := v.await(still); err != nil {
				return err
			}
			picture, err := v.page.Picture(v.ctx)
			if err != nil {
				return err
			}
			file := filepath.Join(v.folder, fmt.Sprintf("shots-%s-%s-%s.png", name, theme, language))
			if err := os.WriteFile(file, picture, 0o644); err != nil {
				return err
			}
			v.kept++
		}
	}
	return nil
}
