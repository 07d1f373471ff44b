package phrases

import "github.com/callboard/callboard/backend/domain"

// TrayOpen is the menu's entry that opens the window.
func (p *Phrases) TrayOpen() string { return p.say(keyTrayOpen, words{}) }

// TrayQuit is the menu's entry that ends Callboard.
func (p *Phrases) TrayQuit() string { return p.say(keyTrayQuit, words{}) }

// TrayNone stands in the menu where the newest notifications would.
func (p *Phrases) TrayNone() string { return p.say(keyTrayNone, words{}) }

// TrayUnread is the icon's tooltip with what is unread.
func (p *Phrases) TrayUnread(count int) string {
	if count == 0 {
		return p.say(keyTrayAllRead, words{})
	}
	return p.say(keyTrayUnread, words{PluralCount: count})
}

// TrayOffline is the icon's tooltip while the server cannot be reached.
func (p *Phrases) TrayOffline() string { return p.say(keyTrayOffline, words{}) }

// TraySignedOut is the icon's tooltip while nobody is signed in.
func (p *Phrases) TraySignedOut() string { return p.say(keyTraySignedOut, words{}) }

// TrayPaused is the icon's tooltip during a pause.
func (p *Phrases) TrayPaused() string { return p.say(keyTrayPaused, words{}) }

// TrayEntry words a command of the menu.
func (p *Phrases) TrayEntry(command domain.TrayCommand) domain.TrayEntry {
	keys := map[domain.TrayCommand]key{
		domain.TrayAllRead: keyTrayMarkRead, domain.TrayPauseHalf: keyTrayHalf, domain.TrayPauseHour: keyTrayHour,
		domain.TrayPauseTomorrow: keyTrayTomorrow, domain.TrayResume: keyTrayResume,
	}
	return domain.TrayEntry{Command: command, Text: p.say(keys[command], words{})}
}

// NoTray tells once that closing cannot hide Callboard here.
func (p *Phrases) NoTray() string { return p.say(keyNoTray, words{}) }
