// The list by day: headings between rows, as the flat items a virtual list takes.
import type { Notification } from '../../backend/model'
import { midnights, weekdayOrDate } from '../../text/when'
import { words } from '../../text/words'

export type Item = { day: string; key: string } | { row: Notification; key: string; position: number }

/** byDay puts a heading before the first row of each day. */
export function byDay(rows: Notification[], locale: string, now: Date): Item[] {
  const items: Item[] = []
  let last = ''
  rows.forEach((row, index) => {
    const at = new Date(row.createdAt)
    const day = dayName(at, locale, now)
    if (day !== last) items.push({ day, key: `day ${day}` })
    last = day
    items.push({ row, key: row.id, position: index + 1 })
  })
  return items
}

function dayName(at: Date, locale: string, now: Date): string {
  const days = midnights(at, now)
  if (days <= 0) return words.today()
  if (days === 1) return words.yesterday()
  return weekdayOrDate(locale, at, now)
}
