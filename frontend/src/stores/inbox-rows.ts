// Pure rules over the rows of a list: which belong under a filter, in which order, and what a verb
// does to one. The same as domain/inbox.go, for what shows before Go answers.
import type { InboxFilter, Notification, Snooze, Verb } from '../backend/model'

export type FilterName = 'all' | 'unread' | 'snoozed' | 'done'

export const filters: Record<FilterName, InboxFilter> = {
  all: { unread: false, done: false, snoozed: false },
  unread: { unread: true, done: false, snoozed: false },
  snoozed: { unread: false, done: false, snoozed: true },
  done: { unread: false, done: true, snoozed: false },
}

/** isSnoozed says whether a row is put off. */
export function isSnoozed(n: Notification, now = Date.now()): boolean {
  return Boolean(n.snoozeUntilChange) || (n.snoozedUntil !== undefined && Date.parse(n.snoozedUntil) > now)
}

/** isUnread says whether a row counts: not read, done, snoozed or removed. */
export function isUnread(n: Notification, now = Date.now()): boolean {
  return !n.readAt && !n.doneAt && !n.removedAt && !isSnoozed(n, now)
}

/**
 * stays says whether a row that is shown may stay. A row read under "Unread" stays until the filter is
 * chosen again, so that reading does not pull the list away from under the reader.
 */
export function stays(n: Notification, filter: FilterName): boolean {
  if (n.removedAt || (filter === 'done') !== Boolean(n.doneAt)) return false
  return filter === 'done' || (filter === 'snoozed') === isSnoozed(n)
}

/** enters says whether a row that is not shown belongs into the list. */
export function enters(n: Notification, filter: FilterName): boolean {
  return stays(n, filter) && (filter !== 'unread' || isUnread(n))
}

/** newestFirst is the order of the list. */
export function newestFirst(a: Notification, b: Notification): number {
  return Date.parse(b.createdAt) - Date.parse(a.createdAt) || b.seq - a.seq
}

/** putOff is a row after a snooze. */
export function putOff(n: Notification, { until, untilChange }: Snooze): Notification {
  return { ...n, snoozedUntil: until, snoozeUntilChange: untilChange }
}

/** snoozeOf is how a row is put off, as far as it is. */
export function snoozeOf(n: Notification): Snooze {
  return { untilChange: Boolean(n.snoozeUntilChange), ...(n.snoozedUntil ? { until: n.snoozedUntil } : {}) }
}

/** acted is a row after a verb. */
export function acted(n: Notification, verb: Verb, at: string): Notification {
  switch (verb) {
    case 'read':
      return { ...n, readAt: n.readAt ?? at }
    case 'unread':
      return { ...n, readAt: undefined }
    case 'done':
      return { ...n, doneAt: n.doneAt ?? at }
    case 'undone':
      return { ...n, doneAt: undefined }
    case 'unsnooze':
      return { ...n, snoozedUntil: undefined, snoozeUntilChange: false }
  }
}

/** opposite is the verb that takes another back. */
export const opposite: Record<Exclude<Verb, 'unsnooze'>, Verb> = { read: 'unread', unread: 'read', done: 'undone', undone: 'done' }

interface Merge {
  rows: Notification[]
  filter: FilterName
  /** Whether older rows than these are still to be fetched: such a row is not put at the end. */
  more: boolean
}

/** merged puts changed rows into a list: in place, in order, or out of it. */
export function merged({ rows, filter, more }: Merge, changed: Notification[], removed: string[] = []): Notification[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const oldest = rows.at(-1)
  for (const id of removed) byId.delete(id)
  for (const row of changed) {
    const shown = byId.has(row.id)
    const reached = !more || !oldest || newestFirst(row, oldest) <= 0
    if (shown ? stays(row, filter) : enters(row, filter) && reached) byId.set(row.id, row)
    else byId.delete(row.id)
  }
  return [...byId.values()].sort(newestFirst)
}
