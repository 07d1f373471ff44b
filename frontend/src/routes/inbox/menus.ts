// What the menus of a notification offer: putting it off, and silencing what it is about.
import type { Notification, Snooze } from '../../backend/model'
import type { Item } from '../../components/Menu.svelte'
import type { Muting } from '../../stores/mutes'
import { mutes } from '../../stores/mutes'
import { isSnoozed } from '../../stores/inbox-rows'
import { mutePeriods } from '../../text/mutes'
import { thing } from '../../text/notification'
import { snoozes } from '../../text/snooze'
import { exact } from '../../text/when'
import { words } from '../../text/words'

/** snoozeItems are the ways to put a row off, and back where it is. */
export function snoozeItems(row: Notification, locale: string, now: Date, onsnooze: (snooze: Snooze) => void, onwake: () => void): Item[] {
  const ways: Item[] = snoozes(now).map(({ text, snooze }) => ({
    text,
    ...(snooze.until ? { hint: exact(locale, new Date(snooze.until), now) } : {}),
    onchoose: () => onsnooze(snooze),
  }))
  return isSnoozed(row, now.getTime()) ? [{ text: words.snooze_end(), onchoose: onwake }, ...ways.map((way, i) => (i ? way : { ...way, apart: true }))] : ways
}

/** mutings are what of a row can be silent: its thread, its thing, its project. A message cannot. */
export function mutings(row: Notification): { text: string; hint: string; what: Muting }[] {
  const path = row.subject.path ?? []
  const found: { text: string; hint: string; what: Muting }[] = []
  if (row.kind === 'message') return found
  if (row.noteId) {
    const what = { entityType: 'Note', entityId: row.noteId, path, ...(row.subject.text ? { text: row.subject.text } : {}) }
    found.push({ text: words.mute_thread(), hint: words.mute_thread_hint(), what })
  }
  if (row.entityType && row.entityId && row.entityType !== 'Project') {
    found.push({ text: thing(row), hint: words.mute_thing_hint(), what: { entityType: row.entityType, entityId: row.entityId, path } })
  }
  const project = path[0]
  if (row.projectId && project) {
    found.push({ text: project.name, hint: words.mute_project_hint(), what: { entityType: 'Project', entityId: row.projectId, path: [project] } })
  }
  return found
}

/** muteItems name what can be silent; what is already is heard of again. */
export function muteItems(row: Notification, onwhat: (what: Muting) => void): Item[] {
  return mutings(row).map(({ text, hint, what }) => {
    const muted = mutes.of(what.entityType, what.entityId)
    return muted
      ? { text: words.mute_end_of({ thing: text }), onchoose: () => void mutes.end(muted) }
      : { text, hint, onchoose: () => onwhat(what) }
  })
}

/** periodItems are for how long. */
export function periodItems(what: Muting, now: number): Item[] {
  return mutePeriods(now).map(({ text, until }) => ({ text, onchoose: () => void mutes.begin({ ...what, ...(until ? { until } : {}) }) }))
}
