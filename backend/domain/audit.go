package domain

import "slices"

// Audited says what an entry of the audit is about.
type Audited string

const (
	// AuditSignIn is a sign-in, or a try of one; AuditSignOut the end of a session.
	AuditSignIn  Audited = "sign_in"
	AuditSignOut Audited = "sign_out"
	// AuditSessionsEnded: all sessions of a person, or those of other devices.
	AuditSessionsEnded Audited = "sessions_ended"
	// AuditThrottled: the begin of a pause after too many wrong tries.
	AuditThrottled Audited = "throttled"
	// AuditConfirmed: the password (and code) were asked for again, for changes that want it.
	AuditConfirmed Audited = "confirmed"

	AuditPasswordChanged Audited = "password_changed"
	// AuditResetAsked: somebody asked for a link to a new password; AuditPasswordReset: such a link was used.
	AuditResetAsked    Audited = "reset_asked"
	AuditPasswordReset Audited = "password_reset"
	AuditInvited       Audited = "invited"

	AuditTwoFactorOn     Audited = "two_factor_on"
	AuditTwoFactorOff    Audited = "two_factor_off"
	AuditTwoFactorReset  Audited = "two_factor_reset" // by an administrator
	AuditBackupCodesMade Audited = "backup_codes_made"
	AuditBackupCodeUsed  Audited = "backup_code_used"

	AuditKeyCreated  Audited = "key_created"
	AuditKeyReset    Audited = "key_reset"
	AuditKeysRotated Audited = "keys_rotated" // those that protect secrets at rest

	AuditUserCreated     Audited = "user_created"
	AuditUserActivated   Audited = "user_activated"
	AuditUserDeactivated Audited = "user_deactivated"
	AuditUserDeleted     Audited = "user_deleted"
	AuditUserRenamed     Audited = "user_renamed" // the name for signing in
	AuditEmailChanged    Audited = "email_changed"
	AuditRoleGiven       Audited = "role_given"
	AuditRoleTaken       Audited = "role_taken"
	AuditGroupJoined     Audited = "group_joined"
	AuditGroupLeft       Audited = "group_left"
	AuditSettingChanged  Audited = "setting_changed" // of the workspace
)

// AllAudited lists everything that is audited.
var AllAudited = []Audited{
	AuditSignIn, AuditSignOut, AuditSessionsEnded, AuditThrottled, AuditConfirmed,
	AuditPasswordChanged, AuditResetAsked, AuditPasswordReset, AuditInvited,
	AuditTwoFactorOn, AuditTwoFactorOff, AuditTwoFactorReset, AuditBackupCodesMade, AuditBackupCodeUsed,
	AuditKeyCreated, AuditKeyReset, AuditKeysRotated,
	AuditUserCreated, AuditUserActivated, AuditUserDeactivated, AuditUserDeleted, AuditUserRenamed, AuditEmailChanged,
	AuditRoleGiven, AuditRoleTaken, AuditGroupJoined, AuditGroupLeft, AuditSettingChanged,
}

// Known says whether a is one of AllAudited.
func (a Audited) Known() bool { return slices.Contains(AllAudited, a) }

// AuthKind is what somebody showed to be let in.
type AuthKind string

// The kinds. The server is itself, as on its command line; none is whoever is not let in (yet).
const (
	AuthSession AuthKind = "session"
	AuthKey     AuthKind = "key"
	AuthServer  AuthKind = "server"
	AuthNone    AuthKind = "none"
)

// Outcome is how something ended that was audited.
type Outcome string

// The outcomes.
const (
	OutcomeOK      Outcome = "ok"
	OutcomeRefused Outcome = "refused"
)
