package phrases

import "github.com/callboard/callboard/backend/domain"

// key names a phrase in the catalogues.
type key string

const (
	keySomeone       key = "someone"
	keySomething     key = "something"
	keyUnnamedStatus key = "unnamed_status"

	keySummary key = "summary." // and a kind, or other
	keyToast   key = "toast."   // and a kind, or other
	other      key = "other"

	keyBurstTitle key = "toast.burst.title"
	keyBurstBody  key = "toast.burst.body"
	keyTestTitle  key = "toast.test.title"
	keyTestBody   key = "toast.test.body"

	keyTrayOpen      key = "tray.open"
	keyTrayQuit      key = "tray.quit"
	keyTrayUnread    key = "tray.unread"
	keyTrayAllRead   key = "tray.all_read"
	keyTrayOffline   key = "tray.offline"
	keyTraySignedOut key = "tray.signed_out"
	keyTrayNone      key = "tray.none"
	keyTrayPaused    key = "tray.paused"
	keyTrayMarkRead  key = "tray.mark_all_read"
	keyTrayHalf      key = "tray.pause_half_hour"
	keyTrayHour      key = "tray.pause_hour"
	keyTrayTomorrow  key = "tray.pause_tomorrow"
	keyTrayResume    key = "tray.resume"

	keyNoTray key = "hint.no_tray"

	keyFrontWhat key = "front.what"
	keyFrontHow  key = "front.how"

	keyHandOverTitle     key = "hand_over.title"
	keyHandOverLead      key = "hand_over.lead"
	keyHandOverProgram   key = "hand_over.program"
	keyHandOverAddress   key = "hand_over.address"
	keyHandOverMeans     key = "hand_over.means"
	keyHandOverUsername  key = "hand_over.username"
	keyHandOverPassword  key = "hand_over.password"
	keyHandOverGive      key = "hand_over.give"
	keyHandOverStranger  key = "hand_over.stranger"
	keyHandOverWrong     key = "hand_over.wrong"
	keyHandOverThrottled key = "hand_over.throttled"
	keyHandOverElsewhere key = "hand_over.elsewhere"
	keyHandOverForeign   key = "hand_over.foreign"
	keyHandOverEnrol     key = "hand_over.enrol"

	keyForgotTitle     key = "forgot.title"
	keyForgotLead      key = "forgot.lead"
	keyForgotLogin     key = "forgot.login"
	keyForgotSend      key = "forgot.send"
	keyForgotSentTitle key = "forgot.sent_title"
	keyForgotSent      key = "forgot.sent"
	keyForgotNone      key = "forgot.none"
	keyResetTitle      key = "reset.title"
	keyResetWelcome    key = "reset.welcome"
	keyResetLead       key = "reset.lead"
	keyResetInvited    key = "reset.invited"
	keyResetPassword   key = "reset.password"
	keyResetAgain      key = "reset.again"
	keyResetHint       key = "reset.hint"
	keyResetSave       key = "reset.save"
	keyResetDiffer     key = "reset.differ"
	keyResetLength     key = "reset.length"
	keyResetCommon     key = "reset.common"
	keyResetContext    key = "reset.context"
	keyResetGone       key = "reset.gone"
	keyResetAskAgain   key = "reset.ask_again"
	keyResetForeign    key = "reset.foreign"
	keyResetElsewhere  key = "reset.elsewhere"
	keyResetDoneTitle  key = "reset.done_title"
	keyResetDone       key = "reset.done"

	keySecondFactorCode   key = "second_factor.code"
	keySecondFactorNeeded key = "second_factor.needed"
	keySecondFactorWrong  key = "second_factor.wrong"
	keySecondFactorClock  key = "second_factor.clock"

	keyLetterSubject       key = "letter.subject." // and a kind of letter
	keyLetterBody          key = "letter.body."    // and a kind of letter
	keyLetterFoot          key = "letter.foot"
	keyLetterAdministrator key = "letter.administrator"
	keyLetterNotYou        key = "letter.not_you"
	keyLetterKey           key = "letter.key"
	keyLetterWhen          key = "letter.when"
	keyLetterDevice        key = "letter.device"
	keyLetterFrom          key = "letter.from"

	keyOpenTitle   key = "open.title"
	keyOpenButton  key = "open.button"
	keyOpenMissing key = "open.missing"

	keyPlayerTitle   key = "player.title"
	keyPlayerExpired key = "player.expired"
	keyPlayerFetch   key = "player.fetch"
	keyPlayerFrames  key = "player.frames"

	keyPageRefused key = "page.refused"
	keyPageFailed  key = "page.failed"
)

// plural are the phrases whose form depends on a number.
var plural = map[key]bool{
	keyBurstTitle: true, keyTrayUnread: true, keyHandOverThrottled: true,
	keyLetterBody + key(domain.BackupCodeUsed): true, keyLetterSubject + key(domain.BackupCodesFew): true, keyLetterBody + key(domain.BackupCodesFew): true,
}

// keys lists every phrase there is: the catalogues hold these and no others.
func keys() []key {
	all := []key{
		keySomeone, keySomething, keyUnnamedStatus, keyBurstTitle, keyBurstBody,
		keyTrayOpen, keyTrayQuit, keyTrayUnread, keyTrayAllRead, keyTrayOffline, keyTraySignedOut, keyTrayNone,
		keyTrayPaused, keyTrayMarkRead, keyTrayHalf, keyTrayHour, keyTrayTomorrow, keyTrayResume, keyTestTitle, keyTestBody,
		keyNoTray, keySummary + other, keyToast + other,
		keyFrontWhat, keyFrontHow,
		keyHandOverTitle, keyHandOverLead, keyHandOverProgram, keyHandOverAddress, keyHandOverMeans, keyHandOverUsername, keyHandOverPassword,
		keyHandOverGive, keyHandOverStranger, keyHandOverWrong, keyHandOverThrottled, keyHandOverElsewhere, keyHandOverForeign, keyHandOverEnrol,
		keyForgotTitle, keyForgotLead, keyForgotLogin, keyForgotSend, keyForgotSentTitle, keyForgotSent, keyForgotNone,
		keyResetTitle, keyResetWelcome, keyResetLead, keyResetInvited, keyResetPassword, keyResetAgain, keyResetHint, keyResetSave, keyResetDiffer,
		keyResetLength, keyResetCommon, keyResetContext, keyResetGone, keyResetAskAgain, keyResetForeign, keyResetDoneTitle, keyResetDone,
		keyResetElsewhere, keySecondFactorCode, keySecondFactorNeeded, keySecondFactorWrong, keySecondFactorClock,
		keyPageRefused, keyPageFailed, keyLetterFoot, keyLetterAdministrator, keyLetterNotYou, keyLetterKey, keyLetterWhen, keyLetterDevice, keyLetterFrom,
		keyOpenTitle, keyOpenButton, keyOpenMissing, keyPlayerTitle, keyPlayerExpired, keyPlayerFetch, keyPlayerFrames,
	}
	for _, kind := range domain.Kinds {
		all = append(all, ofKind(keySummary, kind), ofKind(keyToast, kind))
	}
	for _, kind := range domain.LetterKinds {
		all = append(all, keyLetterSubject+key(kind), keyLetterBody+key(kind))
	}
	return all
}

// ofKind is the key of a kind's phrase; a kind that a newer server sends has a general one.
func ofKind(family key, kind domain.Kind) key {
	if kind.Rank() == len(domain.Kinds) {
		return family + other
	}
	return family + key(kind)
}
