package desktop

import (
	"context"
	"time"

	"github.com/callboard/callboard/backend/domain"
)

// Surroundings are the surfaces of the system. They are made with handlers of the finished Desktop, so
// they come with Run.
type Surroundings struct {
	Window  Window
	Tray    Tray
	Toaster Toaster
}

// Window is the one window. Its methods return at once.
type Window interface {
	Emit(domain.Update)
	Show() // and bring to the front
	Hide()
	Minimise()
	Frame() Frame
	Place(Frame)
	// Screen is the size of the screen the window is on; zero where it is not known.
	Screen() (width, height int)
	// Browse opens an address in the person's browser.
	Browse(address string)
	Copy(text string) error // into the clipboard
	Print()                 // asks the person how
	// ChooseNewFile and ChooseCertificates ask the person for a file, and wait; "" is none.
	ChooseNewFile(name string) (path string, err error)
	ChooseCertificates() (path string, err error)
	Quit()
}

// Frame is where a window stands and how large it is, in pixels.
type Frame struct {
	X, Y, Width, Height int
}

// Tray is the icon and its menu.
type Tray interface {
	Run(context.Context) error
	Show(domain.TrayFace)
}

// Toaster shows native toasts. Show only queues.
type Toaster interface {
	Run(context.Context) error
	Show(domain.Toast)
}

// SettingsFile keeps this computer's choices. Load gives usable settings even with an error.
type SettingsFile interface {
	Load() (domain.Settings, error)
	Save(domain.Settings) error
}

// Keychain keeps secrets. Get answers domain.NotFound where nothing is kept, and any call
// domain.Unsupported where this computer has no keychain that works.
type Keychain interface {
	Available() bool
	Get(ctx context.Context, key string) (string, error)
	Set(ctx context.Context, key, secret string) error
	Delete(ctx context.Context, key string) error
}

// DemoStudio is the workspace server inside the app.
type DemoStudio interface {
	// Open starts it, filling it at the first time, and says how to sign in as its artist.
	Open(context.Context) (domain.SignIn, error)
	// Close stops it. Closing what is not open is nothing.
	Close() error
}

// Cache holds the copies of all accounts.
type Cache interface {
	// Recovered is true when a damaged file was set aside and this one is new.
	Recovered() bool
	Account(key string) Account
	Forget(key string) error
	Close() error
}

// Account is the copy of one account. Its size is the page's and the minder's: they ask for each.
type Account interface {
	Page(filter domain.InboxFilter, cursor string, limit int, now time.Time) (domain.InboxPage, error)
	Get(id domain.NotificationID) (domain.Notification, error)
	Unread(now time.Time) (int, error)
	// State is what somebody chose, with what was changed here; the zero state until the server said it.
	State() (domain.AccountState, error)
	// Toast and what follows keep what became of toasts. Toast answers domain.NotFound where nothing was
	// decided here; Release lists the unread rows whose toasts wait, and lets them wait no more.
	Toast(id domain.NotificationID) (domain.ToastDecision, error)
	PutToasts([]domain.ToastDecision) error
	Release(now time.Time) ([]domain.Notification, error)
	// Woken lists unread rows whose snooze ended since it was last asked, and when the next one ends.
	Woken(now time.Time) (rows []domain.Notification, next time.Time, err error)
	Thread(note domain.NoteID) (domain.Thread, error)
	PutThread(domain.Thread) error
	// Meet takes in how people look now, and answers those known here who looked otherwise. People are those
	// whom the copy names.
	Meet([]domain.Person) ([]domain.Person, error)
	People() ([]domain.UserID, error)
	Picture(id domain.ComponentID, size int) (data []byte, contentType string, err error)
	PutPicture(id domain.ComponentID, size int, data []byte, contentType string) error

	// Tasks are those last fetched, with what was changed here already in them; PutTasks answers them so.
	Tasks() (domain.TaskList, error)
	PutTasks(domain.TaskList) (domain.TaskList, error)
	Overview() (domain.Overview, error)
	PutOverview(domain.Overview) error
	// UnreadNotes counts unread notes by what they hang on. About lists the newest rows about a thing, and
	// Telling finds those that tell of events.
	UnreadNotes(now time.Time) (map[string]int, error)
	About(thing string, most int) ([]domain.Notification, error)
	Telling(eventKeys []string) (map[string]domain.NotificationID, error)
}

// Remote is an account's server.
type Remote interface {
	Guard
	Office
	Workspace(context.Context) (domain.Workspace, error)
	Thread(ctx context.Context, note domain.NoteID) (domain.Thread, error)
	Projects(ctx context.Context, search string) ([]domain.ProjectName, error)
	Picture(ctx context.Context, id domain.ComponentID, size int) (data []byte, contentType string, err error)
	// SetPicture makes a square of a picture the person's own; sent hears how many bytes are on their way.
	SetPicture(ctx context.Context, p domain.NewPicture, sent func(int)) (domain.ComponentID, error)
	RemovePicture(context.Context) error
	SetEmail(ctx context.Context, address string) error
	// People tells how people look now.
	People(ctx context.Context, ids []domain.UserID) ([]domain.Person, error)
	SignOut(context.Context) error

	Tasks(ctx context.Context, user domain.UserID) (domain.TaskList, error)
	Overview(ctx context.Context, user domain.UserID, now time.Time) (domain.Overview, error)
	// Watch says whether changes of the production are to be reported. It does not wait.
	Watch(on bool)
}

// Syncer keeps a copy equal to its server's inbox.
type Syncer interface {
	Run(context.Context) error
	Do(context.Context, domain.Action) error
	Wake()
}

// News is what a Syncer reports. What is nil or empty did not change.
type News struct {
	New        []domain.Notification // never seen before, and not the history a first sync brings
	Backlog    bool                  // New was missed while there was no connection
	Inbox      *domain.InboxChange
	Account    *domain.AccountState
	Connection *domain.ConnectionState
	Thread     *domain.Thread
	Tasks      *domain.TaskChange
	Overview   *domain.OverviewChange
	Stirring   *domain.Stirring // the production changed, while it is watched
	People     []domain.Person  // who looks otherwise than before
	Problem    *domain.Error    // an action the server refused
}
