// What the audit's entries say, one sentence each. People go by the names they sign in with, as they were then.
import type { AuditLine } from '../backend/model'
import { roleName } from './roles'
import { words } from './words'

interface Said {
  /** Who did it. */
  actor: string
  /** Whose account it is about. */
  name: string
  /** What more the entry says, as a text; '' where it does not. */
  detail: (key: string) => string
  line: AuditLine
}

const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '')

/** The sentences, by what they are about. A test holds them to be all. */
export const sentences: Record<string, (said: Said) => string> = {
  sign_in: ({ name }) => words.audit_sign_in({ name }),
  sign_out: ({ actor, name, line }) => (!line.actor || line.actor === line.subject ? words.audit_sign_out({ name }) : words.audit_signed_out({ actor, name })),
  sessions_ended: ({ name }) => words.audit_sessions_ended({ name }),
  throttled: ({ name }) => words.audit_throttled({ name }),
  confirmed: ({ name }) => words.audit_confirmed({ name }),
  password_changed: ({ name }) => words.audit_password_changed({ name }),
  reset_asked: ({ actor, name, line }) => (line.actor ? words.audit_reset_sent({ actor, name }) : words.audit_reset_asked({ name })),
  password_reset: ({ name, line }) => (line.detail['invitation'] === true ? words.audit_invitation_taken({ name }) : words.audit_password_reset({ name })),
  invited: ({ actor, name }) => words.audit_invited({ actor, name }),
  two_factor_on: ({ name }) => words.audit_two_factor_on({ name }),
  two_factor_off: ({ name }) => words.audit_two_factor_off({ name }),
  two_factor_reset: ({ actor, name }) => words.audit_two_factor_reset({ actor, name }),
  backup_codes_made: ({ name }) => words.audit_backup_codes_made({ name }),
  backup_code_used: ({ name }) => words.audit_backup_code_used({ name }),
  key_created: ({ actor, name }) => words.audit_key_created({ actor, name }),
  key_reset: ({ actor, name }) => words.audit_key_reset({ actor, name }),
  keys_rotated: () => words.audit_keys_rotated(),
  user_created: ({ actor, name }) => words.audit_user_created({ actor, name }),
  user_activated: ({ actor, name }) => words.audit_user_activated({ actor, name }),
  user_deactivated: ({ actor, name }) => words.audit_user_deactivated({ actor, name }),
  user_deleted: ({ actor, name }) => words.audit_user_deleted({ actor, name }),
  user_renamed: ({ actor, detail }) => words.audit_user_renamed({ actor, from: detail('from'), to: detail('to') }),
  email_changed: ({ actor, name, detail }) => (detail('to') ? words.audit_email_changed({ actor, name, to: detail('to') }) : words.audit_email_removed({ actor, name })),
  role_given: ({ actor, name, detail }) => words.audit_role_given({ actor, name, role: roleName(detail('role')) }),
  role_taken: ({ actor, name, detail }) => words.audit_role_taken({ actor, name, role: roleName(detail('role')) }),
  group_joined: ({ actor, name, detail }) => words.audit_group_joined({ actor, name, group: detail('group') }),
  group_left: ({ actor, name, detail }) => words.audit_group_left({ actor, name, group: detail('group') }),
  setting_changed: ({ actor, detail }) => words.audit_setting_changed({ actor, setting: detail('name') }),
}

/** What was tried and refused has a sentence of its own: it did not happen. */
const refusals: Record<string, (name: string) => string> = {
  sign_in: (name) => words.audit_sign_in_refused({ name }),
  confirmed: (name) => words.audit_confirm_refused({ name }),
  reset_asked: (name) => words.audit_reset_refused({ name }),
  password_reset: (name) => words.audit_link_refused({ name }),
  throttled: (name) => words.audit_throttled({ name }),
}

/** auditSentence is what an entry says; of a kind that a newer server invents, its name on the wire. */
export function auditSentence(line: AuditLine): string {
  const name = line.subject || words.audit_nobody()
  if (line.outcome === 'refused') return refusals[line.what]?.(name) ?? words.audit_refused_change({ name })
  return sentences[line.what]?.({ actor: actorOf(line), name, detail: (key) => text(line.detail[key]), line }) ?? line.what
}

/** actorOf is who did it. */
export function actorOf(line: AuditLine): string {
  if (line.actor) return line.actor
  return line.auth === 'server' ? words.audit_server() : words.audit_stranger()
}

const ways: Record<string, () => string> = {
  session: words.audit_by_session,
  key: words.audit_by_key,
  server: words.audit_by_server,
  none: words.audit_by_none,
}

/** wayOf is what whoever did it had shown to be let in. */
export const wayOf = (line: AuditLine) => ways[line.auth]?.() ?? line.auth

/** detailsOf is what more an entry says, as the server has it. */
export function detailsOf(line: AuditLine): [name: string, value: string][] {
  return Object.entries(line.detail).map(([name, value]) => [name, text(value) || JSON.stringify(value)])
}

/** What can be looked for, by the kinds it is. */
export const auditGroups: { name: string; title: () => string; what: string[] }[] = [
  { name: 'sign_in', title: words.audit_group_sign_in, what: ['sign_in', 'sign_out', 'sessions_ended', 'throttled', 'confirmed'] },
  { name: 'password', title: words.audit_group_password, what: ['password_changed', 'reset_asked', 'password_reset', 'invited'] },
  { name: 'factor', title: words.two_factor, what: ['two_factor_on', 'two_factor_off', 'two_factor_reset', 'backup_codes_made', 'backup_code_used'] },
  { name: 'keys', title: words.audit_group_keys, what: ['key_created', 'key_reset', 'keys_rotated'] },
  {
    name: 'people',
    title: words.people,
    what: ['user_created', 'user_activated', 'user_deactivated', 'user_deleted', 'user_renamed', 'email_changed', 'role_given', 'role_taken', 'group_joined', 'group_left'],
  },
  { name: 'settings', title: words.audit_group_settings, what: ['setting_changed'] },
]
