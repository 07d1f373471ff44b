// What a notification says: the thing it leads with, who did what, and why one hears of it.
import type { Crumb, Notification, Reason } from '../backend/model'
import { clauses } from './when'
import { words } from './words'

/** Path is the way to a thing, project first: its steps or their names. */
type Path = Crumb[] | string[]

/** thingOf is the name by which a thing goes: the last two steps of its path, "sh0140 / comp". */
export function thingOf(path: Path | undefined): string {
  return names(path).slice(-2).join(' / ')
}

/** aboveOf is the path that leads to a thing, without it; '' where there is none. */
export function aboveOf(path: Path | undefined): string {
  return names(path).slice(0, -2).join(' / ')
}

function names(path: Path | undefined): string[] {
  return (path ?? []).map((step) => (typeof step === 'string' ? step : step.name)).filter(Boolean)
}

/** thing is the last two steps of the path, "sh0140 / comp"; a message, which has none, is called one. */
export function thing(n: Notification): string {
  return thingOf(n.subject.path) || words.thing_message()
}

/** above is the path that leads to the thing, without it; '' where there is none. */
export function above(n: Notification): string {
  return aboveOf(n.subject.path)
}

/** versionName is how the trade writes version 27: v027. */
export function versionName(version: number): string {
  return `v${String(version).padStart(3, '0')}`
}

/** happened says who did what, as one sentence. */
export function happened(n: Notification): string {
  const actor = n.actor.name
  switch (n.kind) {
    case 'message':
      return words.did_message({ actor })
    case 'note':
      return words.did_note({ actor })
    case 'note_completed':
      return words.did_note_completed({ actor })
    case 'client_review':
      return words.did_client_review({ actor })
    case 'assignment':
      return words.did_assignment({ actor })
    case 'unassignment':
      return words.did_unassignment({ actor })
    case 'task_claimed':
      return words.did_task_claimed({ actor })
    case 'task_status':
    case 'status':
    case 'asset_status':
      return words.did_status({ actor })
    case 'version_assigned':
    case 'version_supervised':
    case 'version_dependent':
      return n.subject.version
        ? words.did_version({ actor, version: versionName(n.subject.version) })
        : words.did_version_plain({ actor })
    default:
      return words.did_other({ actor })
  }
}

/** because words all reasons in one sentence, each once; '' where the server gave none. */
export function because(locale: string, reasons: Reason[] | undefined): string {
  const whys = [...new Set((reasons ?? []).map(reason))]
  return whys.length ? words.because({ reasons: clauses(locale, whys) }) : ''
}

function reason({ kind, rule, name = '' }: Reason): string {
  switch (rule) {
    case 'assigned':
      return kind === 'unassignment' ? words.why_was_assigned() : words.why_assigned()
    case 'group_assigned':
      return words.why_group_assigned({ group: name })
    case 'object_assigned':
      return words.why_object_assigned({ thing: name })
    case 'recipient':
      return words.why_recipient()
    case 'group_recipient':
      return words.why_group_recipient({ group: name })
    case 'thread_recipient':
      return words.why_thread_recipient()
    case 'group_thread_recipient':
      return words.why_group_thread_recipient({ group: name })
    case 'wrote_in_thread':
      return words.why_wrote()
    case 'started_thread':
      return words.why_started()
    case 'version_user':
      return words.why_version_user()
    case 'replied_recipient':
      return words.why_replied_recipient()
    case 'group_replied_recipient':
      return words.why_group_replied_recipient({ group: name })
    case 'replied_author':
      return words.why_replied_author()
    case 'manages':
      return words.why_manages({ thing: name })
    case 'assigned_below':
      return words.why_assigned_below({ thing: name })
    case 'task_follows':
      return words.why_task_follows({ task: name })
    case 'task_uses':
      return words.why_task_uses({ task: name })
    case 'review_creator':
      return words.why_review_creator()
    case 'review_invited':
      return words.why_review_invited()
    case 'group_review_invited':
      return words.why_group_review_invited({ group: name })
    default:
      return words.why_other()
  }
}
