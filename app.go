package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/runtime"
	"gopkg.in/natefinch/lumberjack.v2"

	"github.com/callboard/callboard/backend/bridge"
	"github.com/callboard/callboard/backend/cache"
	"github.com/callboard/callboard/backend/desktop"
	"github.com/callboard/callboard/backend/domain"
	"github.com/callboard/callboard/backend/ftrack"
	"github.com/callboard/callboard/backend/keychain"
	"github.com/callboard/callboard/backend/phrases"
	"github.com/callboard/callboard/backend/syncer"
	"github.com/callboard/callboard/backend/system"
	"github.com/callboard/callboard/backend/toast"
	"github.com/callboard/callboard/backend/tray"
	"github.com/callboard/callboard/backend/workspace"
	"github.com/callboard/callboard/backend/workspace/demo"
)

// app joins the rooms of the desktop side and holds the shell's life cycle.
type app struct {
	folders system.Folders
	log     *slog.Logger
	desktop *desktop.Desktop
	doors   *bridge.Doors

	life  context.Context // the app's own, from New to shutdown
	stop  context.CancelFunc
	ended chan struct{} // closed when desktop.Run has returned

	mu      sync.Mutex
	failure error // why there could be no app; guarded by mu
}

// newApp assembles everything and does no I/O.
func newApp(asked start) (*app, error) {
	folders, err := foldersFor(asked)
	if err != nil {
		return nil, err
	}
	book, err := phrases.Open()
	if err != nil {
		return nil, err
	}
	a := &app{folders: folders, log: newLog(folders.Logs, asked.trace), ended: make(chan struct{})}
	a.life, a.stop = context.WithCancel(context.Background())
	device, err := os.Hostname()
	if err != nil {
		device = "Callboard"
	}
	server := func(address, caFile, token string) ftrack.Config {
		return ftrack.Config{Address: address, Token: token, HTTP: ftrack.Trusting(caFile, time.Minute), Log: a.log, Version: version, Device: device}
	}
	a.desktop = desktop.New(desktop.Config{
		Clock: time.Now, Log: a.log, Version: version, Language: system.Language(),
		Hidden: asked.hidden, Show: asked.item, EnterDemo: asked.demo, Book: book,
		Settings: system.NewSettingsFile(filepath.Join(folders.Settings, "settings.json")),
		Keychain: keychain.New(appID, system.HasBus()),
		Demo:     &studio{life: a.life, dir: filepath.Join(folders.Data, "demo"), log: a.log},
		Address:  ftrack.NormalAddress,
		OpenCache: func(context.Context) (desktop.Cache, error) {
			return openCache(folders)
		},
		SignIn: func(ctx context.Context, in domain.SignIn) (domain.Session, error) {
			return ftrack.SignIn(ctx, server(in.Address, in.CAFile, ""), in)
		},
		Forgot: func(ctx context.Context, in domain.SignIn) error {
			return ftrack.Forgot(ctx, server(in.Address, in.CAFile, ""), in.Username)
		},
		Connect: func(account domain.Account, token string, held desktop.Account, out func(desktop.News)) (desktop.Remote, desktop.Syncer) {
			config := server(account.Address, account.CAFile, token)
			config.Stirred = func(s domain.Stirring) { out(desktop.News{Stirring: &s}) }
			config.Met = func(who domain.Person) { out(desktop.News{People: []domain.Person{who}}) }
			remote := ftrack.New(config)
			return remote, syncer.New(syncer.Config{
				Remote: remote, Cache: held.(syncer.Cache), Clock: time.Now, Log: a.log,
				Out: func(e syncer.Event) {
					out(desktop.News{
						New: e.Arrived, Backlog: e.Backlog, Inbox: e.Inbox, Account: e.Account, Tasks: e.Tasks,
						Connection: e.Connection, Problem: e.Problem,
					})
				},
			})
		},
	})
	a.doors = bridge.New(a.life, a.desktop)
	return a, nil
}

func foldersFor(asked start) (system.Folders, error) {
	if asked.data == "" {
		return system.DefaultFolders()
	}
	dir, err := filepath.Abs(asked.data)
	return system.FoldersIn(dir), err
}

// newLog writes to a file that turns over; the file is made with the first line.
func newLog(dir string, trace bool) *slog.Logger {
	file := &lumberjack.Logger{Filename: filepath.Join(dir, "callboard.log"), MaxSize: 5, MaxBackups: 3}
	level := slog.LevelInfo
	if trace {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewJSONHandler(file, &slog.HandlerOptions{Level: level}))
}

// startup is called by the shell when the window exists. A second program may come this far before the
// shell ends it: the cache's lock is taken before anything else happens.
func (a *app) startup(ctx context.Context) {
	if dropsThroughShell {
		runtime.OnFileDrop(ctx, a.desktop.Dropped)
	}
	go a.runDesktop(ctx)
}

func (a *app) runDesktop(ctx context.Context) {
	defer close(a.ended)
	signals, unhook := signal.NotifyContext(a.life, os.Interrupt, syscall.SIGTERM)
	defer unhook()
	context.AfterFunc(signals, a.desktop.TrayQuit) //nolint:contextcheck // the end of a context is no context for what it ends
	err := a.folders.Make()
	if err == nil {
		if err := system.AnswerLinks(); err != nil {
			a.log.Warn("links will not open Callboard", "err", err)
		}
		//nolint:contextcheck // the app outlives the shell's start-up
		err = a.desktop.Run(a.life, desktop.Surroundings{
			Window: window{ctx},
			Tray: tray.New(tray.Config{
				ID: appID, Clicked: a.desktop.TrayClicked, Open: a.desktop.TrayOpen, Do: a.desktop.TrayCommand, Quit: a.desktop.TrayQuit,
				Hosted: a.desktop.TrayPresent, Bus: system.HasBus(), Log: a.log,
			}),
			Toaster: toast.New(toast.Config{
				ID: appID, Name: "Callboard", Icon: icon, Bus: system.HasBus(),
				Clicked: a.desktop.ToastClicked, Available: a.desktop.ToastsAvailable, Log: a.log,
			}),
		})
	}
	if err != nil {
		a.log.Error("Callboard cannot run", "err", err)
		a.mu.Lock()
		a.failure = err
		a.mu.Unlock()
		runtime.Quit(ctx)
	}
}

// shutdown is called by the shell when the window is gone.
func (a *app) shutdown(context.Context) {
	a.stop()
	<-a.ended
}

func (a *app) beforeClose(context.Context) (prevent bool) { return a.desktop.Closing() }

// fault is why there could be no app.
func (a *app) fault() error {
	if a == nil {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.failure
}

// singleInstance makes a second start show the first one's window. Another data folder is another
// Callboard. Without a session bus the cache's lock alone keeps a second one out.
func (a *app) singleInstance(start) *options.SingleInstanceLock {
	if !system.HasBus() {
		return nil
	}
	sum := sha256.Sum256([]byte(a.folders.Data))
	return &options.SingleInstanceLock{
		UniqueId:               appID + "_" + hex.EncodeToString(sum[:4]),
		OnSecondInstanceLaunch: func(data options.SecondInstanceData) { a.second(data.Args) },
	}
}

// second takes the arguments of a second start, or a link. They are anybody's.
func (a *app) second(arguments []string) {
	a.desktop.ShowItem(system.LinkIn(arguments))
}

// webData is where the web view keeps its own files.
func (a *app) webData() string { return filepath.Join(a.folders.Data, "webview") }

// copies is the cache as the desktop sees it.
type copies struct{ *cache.Cache }

// Account gives the copy of an account.
func (c copies) Account(key string) desktop.Account { return c.Cache.Account(key) }

func openCache(folders system.Folders) (desktop.Cache, error) {
	held, err := cache.Open(filepath.Join(folders.Data, "inbox.db"))
	switch {
	case errors.Is(err, cache.ErrLocked):
		return nil, &domain.Error{Code: domain.Conflict, Message: "Callboard is running already", Err: err}
	case err != nil:
		return nil, err
	}
	return copies{held}, nil
}

// studio is the workspace server inside the app, with the demo show in it.
type studio struct {
	life context.Context
	dir  string
	log  *slog.Logger

	mu     sync.Mutex
	server *workspace.Server // nil while closed; guarded by mu
}

// Open starts the server, or finds it running, and says how to sign in as the demo's artist.
func (s *studio) Open(context.Context) (domain.SignIn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server == nil {
		//nolint:contextcheck // the studio outlives the sign-in that opened it
		server, err := workspace.Start(s.life, workspace.ServeConfig{
			Config: workspace.Config{DataDir: s.dir, Version: version, Demo: &demo.Config{}, Log: s.log.With("in", "demo studio")},
		})
		if err != nil {
			return domain.SignIn{}, domain.Errorf(domain.Internal, "open the demo studio: %w", err)
		}
		s.server = server
	}
	for _, user := range s.server.Users {
		if user.Username == demo.People[0].Username {
			return domain.SignIn{Address: s.server.URL, Username: user.Username, Password: user.Password}, nil
		}
	}
	return domain.SignIn{}, domain.Errorf(domain.Internal, "the demo studio has no artist")
}

// Close stops the server.
func (s *studio) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.server == nil {
		return nil
	}
	server := s.server
	s.server = nil
	return server.Stop()
}

// window is the one window, by the shell's means.
type window struct{ shell context.Context }

func (w window) Emit(update domain.Update) { runtime.EventsEmit(w.shell, "change", update) }
func (w window) Hide()                     { runtime.WindowHide(w.shell) }
func (w window) Minimise()                 { runtime.WindowMinimise(w.shell) }
func (w window) Quit()                     { runtime.Quit(w.shell) }
func (w window) Browse(address string)     { runtime.BrowserOpenURL(w.shell, address) }

func (w window) Copy(text string) error { return runtime.ClipboardSetText(w.shell, text) }
func (w window) Print()                 { runtime.WindowPrint(w.shell) }

func (w window) ChooseNewFile(name string) (string, error) {
	return runtime.SaveFileDialog(w.shell, runtime.SaveDialogOptions{DefaultFilename: name})
}

func (w window) ChooseCertificates() (string, error) {
	return runtime.OpenFileDialog(w.shell, runtime.OpenDialogOptions{Filters: []runtime.FileFilter{{DisplayName: "PEM", Pattern: "*.pem;*.crt;*.cer"}}})
}

// Show also unminimises: on Linux only that brings the window to the front.
func (w window) Show() {
	runtime.WindowShow(w.shell)
	runtime.WindowUnminimise(w.shell)
}

func (w window) Frame() desktop.Frame {
	var f desktop.Frame
	f.X, f.Y = runtime.WindowGetPosition(w.shell)
	f.Width, f.Height = runtime.WindowGetSize(w.shell)
	return f
}

func (w window) Place(f desktop.Frame) {
	runtime.WindowUnmaximise(w.shell)
	runtime.WindowSetSize(w.shell, f.Width, f.Height)
	runtime.WindowSetPosition(w.shell, f.X, f.Y)
}

func (w window) Screen() (width, height int) {
	screens, err := runtime.ScreenGetAll(w.shell)
	if err != nil {
		return 0, 0
	}
	for _, screen := range screens {
		if screen.IsCurrent {
			return screen.Size.Width, screen.Size.Height
		}
	}
	return 0, 0
}

// shellLog writes what Wails has to say into our log.
type shellLog struct{ log *slog.Logger }

func (l shellLog) Print(text string)   { l.log.Info(text) }
func (l shellLog) Trace(text string)   { l.log.Debug(text) }
func (l shellLog) Debug(text string)   { l.log.Debug(text) }
func (l shellLog) Info(text string)    { l.log.Info(text) }
func (l shellLog) Warning(text string) { l.log.Warn(text) }
func (l shellLog) Error(text string)   { l.log.Error(text) }
func (l shellLog) Fatal(text string)   { l.log.Error(text) }
