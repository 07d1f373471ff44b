// How long a notification can be put off, and until when it is, in words.
import type { Notification, Snooze } from '../backend/model'
import { exact } from './when'
import { words } from './words'

const morning = 9

/** snoozes are the ways to put something off, from a moment on. */
export function snoozes(now: Date): { text: string; snooze: Snooze }[] {
  const at = (until: Date): Snooze => ({ until: until.toISOString(), untilChange: false })
  const day = (days: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, morning)
  return [
    { text: words.snooze_hour(), snooze: at(new Date(now.getTime() + 60 * 60_000)) },
    { text: words.snooze_tomorrow(), snooze: at(day(1)) },
    { text: words.snooze_monday(), snooze: at(day(((7 - now.getDay()) % 7) + 1)) },
    { text: words.snooze_change(), snooze: { untilChange: true } },
  ]
}

/** snoozedUntil says until when something is put off. */
export function snoozedUntil(locale: string, { until, untilChange }: Snooze, now: Date): string {
  return untilChange || !until ? words.snoozed_change() : words.snoozed_until({ until: exact(locale, new Date(until), now) })
}

/** snoozedSaid is what is told when something was put off. */
export function snoozedSaid(locale: string, snooze: Snooze, thing: string, now: Date): string {
  return words.snoozed_one({ until: snoozedUntil(locale, snooze, now), thing })
}

/** snoozeIn is how a row is put off. */
export function snoozeIn(row: Notification): Snooze {
  return row.snoozeUntilChange || !row.snoozedUntil ? { untilChange: true } : { untilChange: false, until: row.snoozedUntil }
}
