package phrases

import "time"

// Front are the words of the page at a workspace's address.
type Front struct{ What, How string }

// Front words the page at a workspace's address.
func (p *Phrases) Front() Front {
	return Front{What: p.say(keyFrontWhat, words{}), How: p.say(keyFrontHow, words{})}
}

// HandOver are the words of the page where a program asks for a person's API key.
type HandOver struct {
	Title, Lead, Program, Address, Means, Username, Password, Code, Give, Stranger string
}

// HandOver words the page where a program asks for a person's API key.
func (p *Phrases) HandOver(workspace string) HandOver {
	return HandOver{
		Title: p.say(keyHandOverTitle, words{Thing: name(workspace)}), Lead: p.say(keyHandOverLead, words{}),
		Program: p.say(keyHandOverProgram, words{}), Address: p.say(keyHandOverAddress, words{}), Means: p.say(keyHandOverMeans, words{}),
		Username: p.say(keyHandOverUsername, words{}), Password: p.say(keyHandOverPassword, words{}),
		Code: p.say(keySecondFactorCode, words{}), Give: p.say(keyHandOverGive, words{}), Stranger: p.say(keyHandOverStranger, words{}),
	}
}

// Forgot are the words of the page where somebody asks for a new password, and of the one that follows.
type Forgot struct{ Title, Lead, Login, Send, SentTitle, Sent, None string }

// Forgot words the page where somebody asks for a new password, and the one that follows.
func (p *Phrases) Forgot(workspace string) Forgot {
	w := words{Workspace: name(workspace)}
	return Forgot{
		Title: p.say(keyForgotTitle, w), Lead: p.say(keyForgotLead, w), Login: p.say(keyForgotLogin, w), Send: p.say(keyForgotSend, w),
		SentTitle: p.say(keyForgotSentTitle, w), Sent: p.say(keyForgotSent, w), None: p.say(keyForgotNone, w),
	}
}

// Reset are the words of the page where somebody chooses a password, and of the one that follows.
type Reset struct {
	Title, Lead, Username, Password, Again, Hint, Code, Save, AskAgain, DoneTitle, Done string
}

// Reset words the page where somebody chooses a password, and the one that follows.
func (p *Phrases) Reset(workspace string, invitation bool) Reset {
	w := words{Workspace: name(workspace)}
	r := Reset{
		Title: p.say(keyResetTitle, w), Lead: p.say(keyResetLead, w), Username: p.say(keyHandOverUsername, w), Password: p.say(keyResetPassword, w),
		Again: p.say(keyResetAgain, w), Hint: p.say(keyResetHint, w), Code: p.say(keySecondFactorCode, w), Save: p.say(keyResetSave, w),
		AskAgain: p.say(keyResetAskAgain, w), DoneTitle: p.say(keyResetDoneTitle, w), Done: p.say(keyResetDone, w),
	}
	if invitation {
		r.Title, r.Lead = p.say(keyResetWelcome, w), p.say(keyResetInvited, w)
	}
	return r
}

// RefusedPassword tells why a password, or the code beside it, is not taken, by the reason of the error.
func (p *Phrases) RefusedPassword(reason string) string {
	k, known := map[string]key{
		"password_differs": keyResetDiffer, "password_length": keyResetLength, "password_common": keyResetCommon, "password_context": keyResetContext,
		"reset_link": keyResetGone, "foreign_form": keyResetForeign, "account_elsewhere": keyResetElsewhere,
		"second_factor_required": keySecondFactorNeeded, "invalid_code": keySecondFactorWrong, "code_used": keySecondFactorWrong, "clock_skew": keySecondFactorClock,
	}[reason]
	if !known {
		return p.Failed()
	}
	return p.say(k, words{})
}

// Opening are the words of the page that leads into the app.
type Opening struct{ Title, Button, Missing string }

// Opening words the page that leads into the app.
func (p *Phrases) Opening(workspace string) Opening {
	return Opening{
		Title: p.say(keyOpenTitle, words{}), Button: p.say(keyOpenButton, words{}),
		Missing: p.say(keyOpenMissing, words{Workspace: name(workspace)}),
	}
}

// Player are the words of the page that plays a version.
type Player struct{ Title, Expired, Fetch, Frames string }

// Player words the page that plays a version.
func (p *Phrases) Player() Player {
	return Player{
		Title: p.say(keyPlayerTitle, words{}), Expired: p.say(keyPlayerExpired, words{}),
		Fetch: p.say(keyPlayerFetch, words{}), Frames: p.say(keyPlayerFrames, words{}),
	}
}

// WrongPassword tells somebody that they are not let in, and not why.
func (p *Phrases) WrongPassword() string { return p.say(keyHandOverWrong, words{}) }

// TooManyTries tells how long to wait before the next try.
func (p *Phrases) TooManyTries(wait time.Duration) string {
	return p.say(keyHandOverThrottled, words{PluralCount: int((wait + time.Second - 1) / time.Second)})
}

// Elsewhere tells why a key is not sent to where a link wants it.
func (p *Phrases) Elsewhere() string { return p.say(keyHandOverElsewhere, words{}) }

// ForeignForm tells why a form that another site sent is not taken.
func (p *Phrases) ForeignForm() string { return p.say(keyHandOverForeign, words{}) }

// EnrolFirst tells somebody that they get no key before they have a second factor.
func (p *Phrases) EnrolFirst() string { return p.say(keyHandOverEnrol, words{}) }

// Refused is the title of a page that says why not.
func (p *Phrases) Refused() string { return p.say(keyPageRefused, words{}) }

// Failed tells of a fault that is the server's.
func (p *Phrases) Failed() string { return p.say(keyPageFailed, words{}) }

// Clean makes one line of text that others wrote, short enough to be shown as a name.
func Clean(s string) string { return clip(line(s), maxTitle) }
