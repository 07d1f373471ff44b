// Package desktop is all that Callboard can do on an artist's computer, without a window: signing in,
// the inbox, toasts, the tray, settings. One file a subject. It talks to the other rooms through the
// interfaces in parts.go and knows neither Wails nor any wire.
//
// What a newcomer would get wrong: the doors may be called before Run has opened the cache, because the
// page loads while the app starts. Every door therefore waits for ready, and ready never waits for the
// network or the keychain.
package desktop

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/phrases"
)

// Desktop is the running app behind its window. Its exported methods are what the page and the system
// surfaces may ask for; they may be called from any goroutine.
type Desktop struct {
	cfg   Config
	ready chan struct{} // closed when the state below is loaded
	turn  chan struct{} // holds one token: signing in and out happen one at a time
	tell  chan struct{} // one pending wake-up of the teller
	paint chan struct{} // one pending wake-up of the painter
	mind  chan struct{} // one pending wake-up of the minder
	work  sync.WaitGroup

	around Surroundings    // set before ready is closed, then never again
	life   context.Context // Run's own; set before ready is closed, and the one context kept

	mu       sync.Mutex // guards everything below
	settings domain.Settings
	computer domain.Computer
	window   windowState
	cache    Cache   // nil where it could not be opened
	lines    []*line // one for each account, in the order of signing in
	shown    *line   // one of them; nil while nobody is signed in
	entering bool    // a sign-in is under way
	// enrolling is who signs in and must set up a second factor first; nil while nobody does.
	enrolling *enrolment
	secret    string // of the second factor being set up; "" while none is
	listed    []domain.WorkspaceState
	followed  domain.View // what of the production the page shows
	opened    domain.NotificationID
	show      *domain.Show  // asked for before any page took a snapshot
	problem   *domain.Error // likewise
	burst     burst
	portrait  *portrait // nil where none is held
	dropped   dropped
	// toastless is true once it is known that nothing here shows toasts.
	toastless bool
	paused    bool // as the tray shows it
	quitting  bool
	over      bool // no more work may begin
	outbox    []domain.Update
}

// Config is what a Desktop is made of. Every field is needed.
type Config struct {
	Clock    func() time.Time
	Log      *slog.Logger
	Version  string
	Language string                // the system's, one of domain.Languages
	Hidden   bool                  // the window starts hidden
	Show     domain.NotificationID // the item to begin with; "" for none
	// EnterDemo opens the demo studio at the start, if nobody is signed in.
	EnterDemo bool
	Book      *phrases.Book
	Settings  SettingsFile
	Keychain  Keychain
	Demo      DemoStudio
	// OpenCache opens the copies on this computer. A domain.Conflict means that another Callboard holds them.
	OpenCache func(context.Context) (Cache, error)
	// Address makes of what was typed the address of a server, or says what is wrong with it. Plain http to
	// another computer is wrong unless the person insists.
	Address func(typed string, insist bool) (string, error)
	// SignIn asks a server for a session.
	SignIn func(context.Context, domain.SignIn) (domain.Session, error)
	// Forgot asks a server to mail somebody a link to choose a new password.
	Forgot func(context.Context, domain.SignIn) error
	// Connect joins an account's copy to its server. It does no I/O. An empty token makes a line that can
	// only queue: it is never run.
	Connect func(account domain.Account, token string, held Account, out func(News)) (Remote, Syncer)
}

// New makes a Desktop. It does nothing until Run.
func New(cfg Config) *Desktop {
	d := &Desktop{
		cfg: cfg, ready: make(chan struct{}), turn: make(chan struct{}, 1),
		tell: make(chan struct{}, 1), paint: make(chan struct{}, 1), mind: make(chan struct{}, 1),
		settings: domain.DefaultSettings(),
		window:   windowState{visible: !cfg.Hidden},
	}
	if cfg.Show != "" {
		d.show = &domain.Show{Notification: cfg.Show}
	}
	d.turn <- struct{}{}
	return d
}

// Run brings the app to life and keeps it until ctx ends; it waits for all it started. Its error says
// why there can be no app at all, as when another Callboard has the cache open.
func (d *Desktop) Run(ctx context.Context, around Surroundings) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	d.around, d.life = around, ctx
	if err := d.load(ctx); err != nil {
		return err
	}
	close(d.ready)
	d.goes(func(ctx context.Context) { d.report("the tray", d.around.Tray.Run(ctx)) })
	d.goes(func(ctx context.Context) { d.report("the toasts", d.around.Toaster.Run(ctx)) })
	d.goes(d.teller)
	d.goes(d.painter)
	d.goes(d.minder)
	d.goes(d.mindTray)
	d.goes(d.restore)
	d.repaint()
	<-ctx.Done()
	d.mu.Lock()
	d.over = true
	d.mu.Unlock()
	d.work.Wait()
	return d.close()
}

// load reads what this computer knows: choices and copies. It waits for files only.
func (d *Desktop) load(ctx context.Context) error {
	settings, err := d.cfg.Settings.Load()
	if err != nil {
		d.cfg.Log.Warn("the settings could not be read; starting with the usual ones", "err", err)
		d.problem = &domain.Error{Code: domain.Internal, Reason: "settings_lost", Message: "the settings could not be read"}
	}
	held, err := d.cfg.OpenCache(ctx)
	switch {
	case domain.CodeOf(err) == domain.Conflict:
		return err
	case err != nil:
		d.cfg.Log.Error("open the cache", "err", err)
		d.problem = &domain.Error{Code: domain.Internal, Reason: "cache_unusable", Message: "the inbox copy on this computer cannot be opened"}
	case held.Recovered():
		d.cfg.Log.Warn("the cache was damaged; it lies beside the new one")
		d.problem = &domain.Error{Code: domain.Internal, Reason: "cache_recovered", Message: "the inbox copy was damaged and is being fetched again"}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.settings = settings
	d.cache = held
	d.computer = domain.Computer{Keychain: d.cfg.Keychain.Available(), Version: d.cfg.Version, Language: d.languageOf(settings)}
	if held == nil {
		return nil
	}
	for _, account := range settings.Accounts {
		d.lines = append(d.lines, d.newLine(account, ""))
	}
	if d.shown = d.lineOf(settings.Current); d.shown == nil && len(d.lines) > 0 {
		d.shown = d.lines[0]
		d.settings.Current = d.shown.key
	}
	d.listed = d.workspaces()
	return nil
}

func (d *Desktop) close() error {
	d.mu.Lock()
	held := d.cache
	d.mu.Unlock()
	var fault error
	if held != nil {
		fault = held.Close()
	}
	return errors.Join(fault, d.cfg.Demo.Close())
}

// goes starts work that Run waits for. Once the app ends none begins any more.
func (d *Desktop) goes(do func(context.Context)) (begun bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.goesLocked(do)
}

// goesLocked is goes for who holds mu.
func (d *Desktop) goesLocked(do func(context.Context)) (begun bool) {
	if d.over {
		return false
	}
	d.work.Go(func() { do(d.life) })
	return true
}

// begun waits until the state is loaded.
func (d *Desktop) begun(ctx context.Context) error {
	select {
	case <-d.ready:
		return nil
	case <-ctx.Done():
		return domain.Errorf(domain.Internal, "Callboard is still starting: %w", ctx.Err())
	}
}

// emit tells the page, in the order of the calls, without ever waiting for it.
func (d *Desktop) emit(update domain.Update) {
	d.mu.Lock()
	d.emitLocked(update)
	d.mu.Unlock()
}

// emitLocked is emit for who holds mu: state and its telling then keep the same order.
func (d *Desktop) emitLocked(update domain.Update) {
	d.outbox = append(d.outbox, update)
	wake(d.tell)
}

// teller hands the page what emit collected.
func (d *Desktop) teller(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-d.tell:
		}
		d.mu.Lock()
		updates := d.outbox
		d.outbox = nil
		d.mu.Unlock()
		for _, update := range updates {
			d.around.Window.Emit(update)
		}
	}
}

// wake makes one wake-up pending; a second before it was heard is the same one.
func wake(signal chan struct{}) {
	select {
	case signal <- struct{}{}:
	default:
	}
}

func (d *Desktop) words() *phrases.Phrases {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.cfg.Book.In(d.computer.Language)
}
