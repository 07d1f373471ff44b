package domain

// TrayFace is all that the tray shows, worded: the tray room draws it and knows no language.
type TrayFace struct {
	Unread  int
	Offline bool // nobody is signed in, or the server is away: the icon is dimmed
	Paused  bool // toasts wait until the person wants them again
	Tooltip string
	// Open and Quit are the words of the menu's first and last entries.
	Open string
	Quit string
	// Entries are what may be done from the menu now, in order; the others are not offered.
	Entries []TrayEntry
	// Newest are the newest items, the newest first; None stands in their place where there are none.
	Newest []TrayLine
	None   string
}

// TrayCommand is something done from the tray's menu.
type TrayCommand int

// The commands, in the order of the menu.
const (
	TrayAllRead TrayCommand = iota
	TrayPauseHalf
	TrayPauseHour
	TrayPauseTomorrow
	TrayResume
)

// TrayCommands lists every command, in the order of the menu.
var TrayCommands = []TrayCommand{TrayAllRead, TrayPauseHalf, TrayPauseHour, TrayPauseTomorrow, TrayResume}

// TrayEntry is a command with its words.
type TrayEntry struct {
	Command TrayCommand
	Text    string
}

// TrayLine is one item in the tray's menu.
type TrayLine struct {
	ID     NotificationID
	Text   string
	Unread bool
}

// Toast is one native notification, worded. Texts are plain: what markup a system reads in them is
// the toast room's business.
type Toast struct {
	// Item is what a click opens; "" opens the inbox.
	Item   NotificationID
	Title  string
	Body   string
	Action string // the word on the click, where the system shows one
	// Group names toasts of which only the last is worth seeing: each replaces the one before. "" stands alone.
	Group string
}

// Point is a place on the screen in pixels. Nil pointers to it mean that the system does not tell.
type Point struct {
	X, Y int
}
