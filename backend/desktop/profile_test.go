package desktop_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
)

// profile is what a fake server keeps of the person: their picture and address, and how people look.
type profile struct {
	picture *domain.NewPicture
	hold    chan struct{} // a picture is on its way until it is closed; nil is at once
	refused error
	email   string
	people  []domain.Person
}

func (l *fakeLine) SetPicture(ctx context.Context, p domain.NewPicture, sent func(int)) (domain.ComponentID, error) {
	sent(len(p.Content) / 2)
	if hold := l.world.profile.hold; hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	if l.world.profile.refused != nil {
		return "", l.world.profile.refused
	}
	sent(len(p.Content))
	l.world.do(func() { l.world.profile.picture = &p })
	return "new-picture", nil
}

func (l *fakeLine) RemovePicture(context.Context) error { return l.world.profile.refused }

func (l *fakeLine) SetEmail(_ context.Context, address string) error {
	if l.world.profile.refused == nil {
		l.world.profile.email = address
	}
	return l.world.profile.refused
}

func (l *fakeLine) People(_ context.Context, ids []domain.UserID) (people []domain.Person, _ error) {
	l.world.mu.Lock()
	defer l.world.mu.Unlock()
	for _, p := range l.world.profile.people {
		if slices.Contains(ids, p.ID) {
			people = append(people, p)
		}
	}
	return people, nil
}

// Meet and People know the actors of rows.
func (h held) Meet(people []domain.Person) (changed []domain.Person, _ error) {
	h.w.mu.Lock()
	defer h.w.mu.Unlock()
	for _, p := range people {
		for i, row := range *h.rows() {
			if row.Actor.ID != p.ID || row.Actor == p {
				continue
			}
			(*h.rows())[i].Actor = p
			if !slices.Contains(changed, p) {
				changed = append(changed, p)
			}
		}
	}
	return changed, nil
}

func (h held) People() (ids []domain.UserID, _ error) {
	h.w.mu.Lock()
	defer h.w.mu.Unlock()
	for _, row := range *h.rows() {
		ids = append(ids, row.Actor.ID)
	}
	return ids, nil
}

// heardOf gives what the page heard of people, and of a picture on its way, since the start.
func (w *world) heardOf() (people []domain.Person, sent []int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, u := range w.updates {
		if u.People != nil {
			people = append(people, u.People.Changed...)
		}
		if u.Sending != nil {
			sent = append(sent, u.Sending.Sent)
		}
	}
	return people, sent
}

func drawing(t *testing.T, width, height int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func reasonOf(err error) string {
	var known *domain.Error
	if errors.As(err, &known) {
		return known.Reason
	}
	return ""
}

func TestOnlyPicturesThatMayBeLookedAtAreHeld(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		huge := drawing(t, 40, 40)
		copy(huge[16:24], "\x00\x00\x75\x30\x00\x00\x75\x30") // 30,000 × 30,000; its sum is wrong, too
		for name, c := range map[string]struct {
			content []byte
			want    string
		}{
			"nothing":                  {nil, domain.ReasonNoPicture},
			"an SVG":                   {[]byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), domain.ReasonNoPicture},
			"a TIFF":                   {[]byte("II*\x00\x08\x00\x00\x00aaaaaaaaaaaa"), domain.ReasonNoPicture},
			"a BMP":                    {[]byte("BM\x46\x00\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00"), domain.ReasonNoPicture},
			"a PNG of which it begins": {[]byte("\x89PNG\r\n\x1a\n"), domain.ReasonPictureDamaged},
			"a lie of 30,000 × 30,000": {huge, domain.ReasonPictureDamaged},
			"a GIF of 65,535 × 65,535": {[]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), domain.ReasonPictureTooLarge},
			"1 × 20,000":               {drawing(t, 1, 20_000), domain.ReasonPictureTooSmall},
			"too many bytes":           {append(drawing(t, 40, 40), make([]byte, domain.MostPictureBytes)...), domain.ReasonPictureTooLarge},
			"a drawing":                {drawing(t, 40, 40), ""},
		} {
			held, err := w.desktop.HoldPicture(w.t.Context(), bytes.NewReader(c.content))
			if reasonOf(err) != c.want || err != nil && domain.CodeOf(err) != domain.Invalid {
				t.Errorf("%s: %v, want %q", name, err, c.want)
			}
			if err != nil {
				continue
			}
			content, kind, err := w.desktop.HeldPicture(held.ID)
			if err != nil || kind != "image/png" || !bytes.Equal(content, c.content) {
				t.Errorf("%s: %s %v", name, kind, err)
			}
			w.desktop.DropPicture()
			if _, _, err := w.desktop.HeldPicture(held.ID); domain.CodeOf(err) != domain.NotFound {
				t.Errorf("%s is still there: %v", name, err)
			}
		}
	})
}

func TestADroppedFileIsTakenOnceAndSoonAndOnlyItself(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		content := drawing(t, 40, 40)
		file, folder := filepath.Join(t.TempDir(), "me.png"), t.TempDir()
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := w.desktop.TakeDropped(w.t.Context()); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("before anything was dropped: %v", err)
		}
		w.desktop.Dropped(3, 4, nil)
		w.desktop.Dropped(30, 40, []string{file, "/etc/passwd"})
		synctest.Wait()
		if at := w.updates[len(w.updates)-1].Dropped; at == nil || *at != (domain.Drop{X: 30, Y: 40}) {
			t.Errorf("the page hears of %+v", at)
		}
		held, err := w.desktop.TakeDropped(w.t.Context())
		w.must(err)
		if got, _, err := w.desktop.HeldPicture(held.ID); err != nil || !bytes.Equal(got, content) {
			t.Errorf("held %d bytes, %v", len(got), err)
		}
		if _, err := w.desktop.TakeDropped(w.t.Context()); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("twice: %v", err)
		}
		for name, c := range map[string]struct{ path, want string }{
			"a folder": {folder, domain.ReasonNoPicture}, "what is gone": {filepath.Join(folder, "gone.png"), domain.ReasonNoPicture},
			"a device": {os.DevNull, domain.ReasonNoPicture},
		} {
			w.desktop.Dropped(1, 1, []string{c.path})
			if _, err := w.desktop.TakeDropped(w.t.Context()); reasonOf(err) != c.want {
				t.Errorf("%s: %v", name, err)
			}
		}
		w.desktop.Dropped(1, 1, []string{file})
		w.pass(6 * time.Second)
		if _, err := w.desktop.TakeDropped(w.t.Context()); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("much later: %v", err)
		}
	})
}

func TestAPictureGoesOutOnceItsSquareIsChosen(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		w.rows = []domain.Notification{{ID: "1", Actor: domain.Person{ID: "u1", Name: "Maya", ThumbnailID: "old"}}}
		w.newsOf(first, desktop.News{Account: &domain.AccountState{Profile: domain.Profile{ID: "u1", FirstName: "Maya", ThumbnailID: "old"}}})
		content := drawing(t, 64, 48)
		held, err := w.desktop.HoldPicture(w.t.Context(), bytes.NewReader(content))
		w.must(err)
		square := domain.Square{Left: 0.1, Edge: 0.5}
		if err := w.desktop.SetPicture(w.t.Context(), "another", square); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("another than is held: %v", err)
		}
		if err := w.desktop.SetPicture(w.t.Context(), held.ID, domain.Square{Edge: 7}); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("no square: %v", err)
		}
		w.profile.refused = &domain.Error{Code: domain.Invalid, Reason: domain.ReasonPictureDamaged}
		if err := w.desktop.SetPicture(w.t.Context(), held.ID, square); reasonOf(err) != domain.ReasonPictureDamaged {
			t.Errorf("refused: %v", err)
		}
		w.profile.refused = nil
		w.must(w.desktop.SetPicture(w.t.Context(), held.ID, square)) // it is still held
		if p := w.profile.picture; p == nil || p.Ending != ".png" || p.Square != square || !bytes.Equal(p.Content, content) {
			t.Errorf("sent %+v", p)
		}
		people, sent := w.heardOf()
		want := domain.Person{ID: "u1", Name: "Maya", ThumbnailID: "new-picture"}
		if people[len(people)-1] != want || w.rows[0].Actor != want || sent[len(sent)-1] != len(content) {
			t.Errorf("the page heard of %+v and %v; the row shows %+v", people, sent, w.rows[0].Actor)
		}
		if _, _, err := w.desktop.HeldPicture(held.ID); domain.CodeOf(err) != domain.NotFound {
			t.Errorf("it is held for nothing: %v", err)
		}
		w.must(w.desktop.RemovePicture(w.t.Context()))
		if w.rows[0].Actor.ThumbnailID != "" {
			t.Error("the picture that was taken away is shown")
		}
	})
}

func TestSendingAPictureIsGivenUp(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		w.profile.hold = make(chan struct{})
		held, err := w.desktop.HoldPicture(w.t.Context(), bytes.NewReader(drawing(t, 64, 48)))
		w.must(err)
		ended := make(chan error, 1)
		go func() { ended <- w.desktop.SetPicture(w.t.Context(), held.ID, domain.Square{}) }()
		synctest.Wait()
		if err := w.desktop.SetPicture(w.t.Context(), held.ID, domain.Square{}); domain.CodeOf(err) != domain.Conflict {
			t.Errorf("sent twice at a time: %v", err)
		}
		w.desktop.DropPicture()
		if err := <-ended; reasonOf(err) != "given_up" {
			t.Errorf("%v", err)
		}
		if w.profile.picture != nil {
			t.Error("it was sent all the same")
		}
	})
}

func TestANameIsChangedHereAtOnceAndAnAddressOnlyByTheServer(t *testing.T) {
	inWorld(t, func(w *world) {
		choosing(w)
		w.chosen[first].state.Profile = domain.Profile{ID: "u1", Username: "maya", FirstName: "Maya", Email: "maya@studio"}
	}, func(w *world) {
		name := "Maia 🦊"
		w.must(w.desktop.SaveAccount(w.t.Context(), domain.AccountChange{FirstName: &name}))
		if account := w.snapshot().Session.Account; account.User.Name != name || w.settings.Accounts[0].User.Name != name {
			t.Errorf("the session shows %+v, the settings %+v", account.User, w.settings.Accounts[0].User)
		}
		if people, _ := w.heardOf(); len(people) == 0 || people[len(people)-1].Name != name {
			t.Errorf("the lists hear of %+v", people)
		}
		long := strings.Repeat("a", 300)
		if err := w.desktop.SaveAccount(w.t.Context(), domain.AccountChange{FirstName: &long}); reasonOf(err) != domain.ReasonNameTooLong {
			t.Errorf("%v", err)
		}
		for _, wrong := range []string{"", "maya", "maya@studio@studio"} {
			if err := w.desktop.SetEmail(w.t.Context(), wrong); domain.CodeOf(err) != domain.Invalid {
				t.Errorf("%q: %v", wrong, err)
			}
		}
		w.profile.refused = &domain.Error{Code: domain.Forbidden, Reason: domain.ReasonConfirm}
		if err := w.desktop.SetEmail(w.t.Context(), "maia@studio.example"); reasonOf(err) != domain.ReasonConfirm {
			t.Errorf("%v", err)
		}
		w.profile.refused = nil
		w.must(w.desktop.SetEmail(w.t.Context(), " maia@studio.example"))
		if w.profile.email != "maia@studio.example" || w.snapshot().Account.Profile.Email != "maia@studio.example" {
			t.Errorf("%+v, and the page shows %q", w.profile, w.snapshot().Account.Profile.Email)
		}
	})
}

func TestWhereNoPreferencesAreKeptNamesAre(t *testing.T) {
	inWorld(t, func(w *world) {
		choosing(w)
		w.chosen[first].state.Able.Preferences = false
	}, func(w *world) {
		name, page := "Maia", domain.PageTasks
		w.must(w.desktop.SaveAccount(w.t.Context(), domain.AccountChange{FirstName: &name}))
		if err := w.desktop.SaveAccount(w.t.Context(), domain.AccountChange{FirstName: &name, DefaultPage: &page}); domain.CodeOf(err) != domain.Unsupported {
			t.Errorf("%v", err)
		}
	})
}

func TestWhoLooksOtherwiseIsShownSo(t *testing.T) {
	inWorld(t, signedIn, func(w *world) {
		w.rows = []domain.Notification{
			{ID: "1", Actor: domain.Person{ID: "tomas", Name: "Tomas", ThumbnailID: "old"}}, {ID: "2", Actor: domain.Person{ID: "lena", Name: "Lena"}},
		}
		tomas := domain.Person{ID: "tomas", Name: "Tom", ThumbnailID: "new"}
		w.newsOf(first, desktop.News{People: []domain.Person{tomas}})
		if people, _ := w.heardOf(); !slices.Equal(people, []domain.Person{tomas}) || w.rows[0].Actor != tomas {
			t.Errorf("the page heard of %+v; the row shows %+v", people, w.rows[0].Actor)
		}
		// What changed while nobody was connected is asked for.
		lena := domain.Person{ID: "lena", Name: "Lena", ThumbnailID: "while-away"}
		w.profile.people = []domain.Person{tomas, lena}
		w.newsOf(first, desktop.News{Connection: &domain.ConnectionState{Online: true}})
		if people, _ := w.heardOf(); !slices.Equal(people, []domain.Person{tomas, lena}) {
			t.Errorf("the page heard of %+v", people)
		}
	})
}
