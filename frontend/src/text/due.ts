// Due dates. They are days: whatever the hour, a task is late from the day after.
import { full, midnights, shortDate, weekday } from './when'
import { words } from './words'

/** dueDay is the day on which something is due. Midnight in UTC is a day without a time, the same everywhere. */
export function dueDay(due: string): Date {
  const at = new Date(due)
  if (!/T00:00:00(\.0+)?Z$/.test(due)) return new Date(at.getFullYear(), at.getMonth(), at.getDate())
  return new Date(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate())
}

/** daysLeft counts the days until something is due; less than none where it is late. */
export function daysLeft(due: string, now: Date): number {
  return midnights(now, dueDay(due))
}

export interface Due {
  text: string
  /** How late it is, in words; undefined where it is not. */
  late?: string
  title: string
}

/** dueText says when something is due: "Today", "Friday", "12 Dec", and how late it is. */
export function dueText(locale: string, due: string, now: Date, relative: boolean, done = false): Due {
  const day = dueDay(due)
  const left = midnights(now, day)
  const late = left < 0 && !done ? words.late_days({ count: -left }) : undefined
  const near: Record<number, () => string> = { 0: words.today, 1: words.tomorrow }
  let text = shortDate(locale, day, now)
  if (relative && !done && left >= 0 && left < 7) text = near[left]?.() ?? weekday(locale, day)
  const title = words.due_on({ date: full(locale, day, true) })
  return late ? { text, late, title } : { text, title }
}
