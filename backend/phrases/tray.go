package phrases

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

// NoTray tells once that closing cannot hide Callboard here.
func (p *Phrases) NoTray() string { return p.say(keyNoTray, words{}) }
