package desktop_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/phrases"
)

// world is a Desktop with everything around it made up and in memory. It runs in a synctest bubble, so
// time passes only when everybody waits.
type world struct {
	t       *testing.T
	cfg     desktop.Config
	desktop *desktop.Desktop

	mu       sync.Mutex // guards what follows
	updates  []domain.Update
	toasts   []domain.Toast
	face     domain.TrayFace
	frame    desktop.Frame
	shown    bool
	quit     bool
	minimal  bool
	settings domain.Settings
	secrets  map[string]string
	keyless  bool // there is no keychain
	refused  error
	rows     []domain.Notification
	others   map[string]*[]domain.Notification // rows of further accounts
	actions  []domain.Action
	lines    []*fakeLine
	forgot   []string
	threads  map[domain.NoteID]domain.Thread
	chosen   map[string]*chosen // by account
	defaults domain.DefaultsState
	profile  profile

	production production
	safety     safety
	entered    domain.SignIn // what the server was last asked with
	enrol      bool          // the server wants a second factor first
}

// fakeLine is server and syncer at once.
type fakeLine struct {
	fakeGuard
	world *world
	key   string
	token string
	out   func(desktop.News)
	fault chan error // ends Run
	gone  bool       // SignOut was called
}

// inWorld runs a test in a world; prepare may change it before the Desktop runs.
func inWorld(t *testing.T, prepare func(*world), test func(*world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		book, err := phrases.Open()
		if err != nil {
			t.Fatal(err)
		}
		w := &world{t: t, shown: true, frame: desktop.Frame{X: 10, Y: 20, Width: 1240, Height: 800}, settings: domain.DefaultSettings(), secrets: map[string]string{}, threads: map[domain.NoteID]domain.Thread{}, chosen: map[string]*chosen{}}
		w.cfg = desktop.Config{
			Clock: time.Now, Log: slog.New(slog.DiscardHandler), Version: "test", Language: "en", Book: book,
			Settings: w, Keychain: keys{w}, Demo: demo{w},
			OpenCache: func(context.Context) (desktop.Cache, error) { return copies{w}, nil },
			Address:   addressed,
			SignIn:    w.signIn,
			Forgot:    w.forgotten,
			Connect: func(account domain.Account, token string, _ desktop.Account, out func(desktop.News)) (desktop.Remote, desktop.Syncer) {
				l := &fakeLine{fakeGuard: fakeGuard{w}, world: w, key: account.Key, token: token, out: out, fault: make(chan error, 1)}
				w.do(func() { w.lines = append(w.lines, l) })
				return l, l
			},
		}
		if prepare != nil {
			prepare(w)
		}
		w.desktop = desktop.New(w.cfg)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- w.desktop.Run(ctx, desktop.Surroundings{Window: window{w}, Tray: icon{w}, Toaster: toaster{w}})
		}()
		synctest.Wait()
		test(w)
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the end: %v", err)
		}
	})
}

func (w *world) do(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

// must ends the test on an error, and lets what it caused happen.
func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
	synctest.Wait()
}

// pass lets time pass, and what was due then happen.
func (w *world) pass(span time.Duration) {
	w.do(func() {}) // what the test has read is read before what happens now
	time.Sleep(span)
	synctest.Wait()
}

func (w *world) snapshot() domain.Update {
	w.t.Helper()
	update, err := w.desktop.Snapshot(w.t.Context())
	w.must(err)
	return update
}

// signedIn gives the world somebody who signed in at an earlier start.
func signedIn(w *world) {
	account := domain.Account{Key: first, Address: "https://studio", Username: "maya"}
	w.settings.Accounts, w.settings.Current = []domain.Account{account}, account.Key
	w.settings.TrayHintShown = true
	w.secrets[account.Key] = "kept"
}

func (w *world) signIn(_ context.Context, in domain.SignIn) (domain.Session, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.refused != nil {
		return domain.Session{}, w.refused
	}
	w.entered = in
	return domain.Session{Token: "fresh", DeviceToken: "device", Username: in.Username, User: domain.Person{ID: "u1", Name: "Maya"}, Enrol: w.enrol}, nil
}

// news reports over the newest line.
func (w *world) news(news desktop.News) {
	w.lines[len(w.lines)-1].out(news)
	synctest.Wait()
}

// newsOf reports over the newest line of an account.
func (w *world) newsOf(key string, news desktop.News) {
	w.t.Helper()
	for _, l := range slices.Backward(w.lines) {
		if l.key == key {
			l.out(news)
			synctest.Wait()
			return
		}
	}
	w.t.Fatalf("there is no line of %s", key)
}

// choosing is signedIn to a workspace that keeps preferences.
func choosing(w *world) {
	signedIn(w)
	w.chosen[first] = &chosen{state: able(time.Now()), toasts: map[domain.NotificationID]domain.ToastDecision{}}
	w.settings.FromAccount = true
}

// able is the state of somebody who chose nothing where preferences are kept.
func able(fetched time.Time) domain.AccountState {
	return domain.AccountState{Able: domain.Abilities{Preferences: true}, Defaults: domain.BuiltInDefaults(), FetchedAt: &fetched}
}

// signedInTwice is signedIn with a second workspace beside the first, which is shown.
func signedInTwice(w *world) {
	signedIn(w)
	second := domain.Account{Key: second, Address: "https://other", Username: "maya"}
	w.settings.Accounts = append(w.settings.Accounts, second)
	w.secrets[second.Key] = "kept too"
	w.others = map[string]*[]domain.Notification{second.Key: {}}
}

// The keys of the accounts that signedIn and signedInTwice give.
const (
	first  = "maya studio"
	second = "maya other"
)

func note(id string, at time.Time) domain.Notification {
	return domain.Notification{ID: domain.NotificationID(id), Kind: domain.KindNote, NoteID: domain.NoteID("note-" + id), CreatedAt: at, Subject: domain.Subject{Text: "words of " + id}}
}

// Load and Save make the world the settings file.
func (w *world) Load() (domain.Settings, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.settings, nil
}

func (w *world) Save(s domain.Settings) error {
	w.do(func() { w.settings = s })
	return nil
}

type keys struct{ w *world }

func (k keys) Available() bool { return !k.w.keyless }

func (k keys) with(do func() error) error {
	k.w.mu.Lock()
	defer k.w.mu.Unlock()
	if k.w.keyless {
		return domain.Errorf(domain.Unsupported, "no keychain")
	}
	return do()
}

func (k keys) Get(_ context.Context, key string) (secret string, err error) {
	err = k.with(func() error {
		var ok bool
		if secret, ok = k.w.secrets[key]; !ok {
			return domain.Errorf(domain.NotFound, "nothing kept")
		}
		return nil
	})
	return secret, err
}

func (k keys) Set(_ context.Context, key, secret string) error {
	return k.with(func() error { k.w.secrets[key] = secret; return nil })
}

func (k keys) Delete(_ context.Context, key string) error {
	return k.with(func() error { delete(k.w.secrets, key); return nil })
}

type demo struct{ w *world }

func (demo) Open(context.Context) (domain.SignIn, error) {
	return domain.SignIn{Address: "http://127.0.0.1:4711", Username: "maya", Password: "x"}, nil
}
func (demo) Close() error { return nil }

type window struct{ w *world }

func (o window) Emit(u domain.Update) { o.w.do(func() { o.w.updates = append(o.w.updates, u) }) }

func (o window) Show()                    { o.w.do(func() { o.w.shown, o.w.minimal = true, false }) }
func (o window) Hide()                    { o.w.do(func() { o.w.shown = false }) }
func (o window) Minimise()                { o.w.do(func() { o.w.minimal = true }) }
func (o window) Quit()                    { o.w.do(func() { o.w.quit = true }) }
func (o window) Place(f desktop.Frame)    { o.w.do(func() { o.w.frame = f }) }
func (o window) Screen() (int, int)       { return 1920, 1080 }
func (o window) Frame() (f desktop.Frame) { o.w.do(func() { f = o.w.frame }); return f }

type icon struct{ w *world }

func (icon) Run(ctx context.Context) error { <-ctx.Done(); return nil }
func (o icon) Show(face domain.TrayFace)   { o.w.do(func() { o.w.face = face }) }

type toaster struct{ w *world }

func (toaster) Run(ctx context.Context) error { <-ctx.Done(); return nil }
func (o toaster) Show(t domain.Toast)         { o.w.do(func() { o.w.toasts = append(o.w.toasts, t) }) }

func (l *fakeLine) Run(ctx context.Context) error {
	if l.token == "" {
		l.world.t.Error("a line without a token was run")
	}
	select {
	case <-ctx.Done():
		return nil
	case err := <-l.fault:
		return err
	}
}

func (l *fakeLine) Do(_ context.Context, a domain.Action) error {
	if a.Change != nil {
		var state domain.AccountState
		l.world.do(func() {
			l.world.actions = append(l.world.actions, a)
			c := held{l.world, l.key}.chosen()
			c.state = a.Change.Apply(c.state)
			state = c.state
		})
		l.out(desktop.News{Account: &state})
		return nil
	}
	l.world.do(func() {
		l.world.actions = append(l.world.actions, a)
		rows := held{l.world, l.key}.rows()
		for i, row := range *rows {
			if slices.Contains(a.Items, row.ID) {
				(*rows)[i] = a.Apply(row)
			}
		}
	})
	return nil
}

func (l *fakeLine) Wake() {}

func (l *fakeLine) Workspace(context.Context) (domain.Workspace, error) {
	return domain.Workspace{Name: "Aurora"}, nil
}

func (l *fakeLine) Thread(_ context.Context, id domain.NoteID) (domain.Thread, error) {
	return domain.Thread{First: id, Notes: []domain.Note{{ID: id, Text: "from the server"}}}, nil
}

func (l *fakeLine) Projects(_ context.Context, search string) ([]domain.ProjectName, error) {
	return []domain.ProjectName{{ID: "p1", Name: "Found by " + search}}, nil
}

func (l *fakeLine) Defaults(context.Context) (domain.DefaultsState, error) {
	return l.world.defaults, nil
}

func (l *fakeLine) SaveDefaults(_ context.Context, change domain.DefaultsChange) error {
	l.world.do(func() {
		if change.RetentionDays != nil {
			l.world.defaults.RetentionDays = *change.RetentionDays
		}
	})
	return nil
}

func (l *fakeLine) Accounts(context.Context, domain.PeopleFilter, string) (domain.PeoplePage, error) {
	return domain.PeoplePage{}, nil
}

func (l *fakeLine) AccountOf(_ context.Context, user domain.UserID) (domain.AccountOf, error) {
	return domain.AccountOf{Profile: domain.Profile{ID: user}}, nil
}

func (l *fakeLine) PeopleChoices(context.Context) (domain.PeopleChoices, error) {
	return domain.PeopleChoices{}, nil
}

func (l *fakeLine) Invite(context.Context, domain.Invitation) (domain.UserID, error) {
	return "new", nil
}

func (l *fakeLine) ChangeAccountOf(context.Context, domain.UserID, domain.AccountOfChange) error {
	return nil
}

func (l *fakeLine) SendReset(context.Context, domain.UserID) error         { return nil }
func (l *fakeLine) ResetSecondFactor(context.Context, domain.UserID) error { return nil }

func (l *fakeLine) Audit(context.Context, domain.AuditFilter, string) (domain.AuditPage, error) {
	return domain.AuditPage{}, nil
}

func (l *fakeLine) Policy(context.Context) (domain.Policy, error) { return domain.Policy{}, nil }
func (l *fakeLine) Enforce(context.Context, bool) error           { return nil }

func (l *fakeLine) Picture(context.Context, domain.ComponentID, int) ([]byte, string, error) {
	return []byte("png"), "image/png", nil
}

func (l *fakeLine) SignOut(context.Context) error {
	l.gone = true
	return nil
}
