// Pure rules over the rows of a list: which belong under a filter, in which order, and what a verb
// does to one. The same as domain/inbox.go, for what shows before Go answers.
import type { InboxFilter, Notification, Verb } from '../backend/model'

export type FilterName = 'all' | 'unread' | 'done'

export const filters: Record<FilterName, InboxFilter> = {
  all: { unread: false, done: false },
  unread: { unread: true, done: false },
  done: { unread: false, done: true },
}

/** isUnread says whether a row counts: not read, done, snoozed or removed. */
export function isUnread(n: Notification, now = Date.now()): boolean {
  const snoozed = n.snoozeUntilChange || (n.snoozedUntil !== undefined && Date.parse(n.snoozedUntil) > now)
  return !n.readAt && !n.doneAt && !n.removedAt && !snoozed
}

/**
 * stays says whether a row that is shown may stay. A row read under "Unread" stays until the filter is
 * chosen again, so that reading does not pull the list away from under the reader.
 */
export function stays(n: Notification, filter: FilterName): boolean {
  return !n.removedAt && (filter === 'done') === Boolean(n.doneAt)
}

/** enters says whether a row that is not shown belongs into the list. */
export function enters(n: Notification, filter: FilterName): boolean {
  return stays(n, filter) && (filter !== 'unread' || isUnread(n))
}

/** newestFirst is the order of the list. */
export function newestFirst(a: Notification, b: Notification): number {
  return Date.parse(b.createdAt) - Date.parse(a.createdAt) || b.seq - a.seq
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
  }
}

/** opposite is the verb that takes another back. */
export const opposite: Record<Verb, Verb> = { read: 'unread', unread: 'read', done: 'undone', undone: 'done' }

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
