// Quiet hours in words: of a day, and of a week as one sentence.
import { weekdays, type Week } from '../components/week'
import { words } from './words'

/** dayNames are the weekdays from Monday in a language: "Mon" or "Monday". */
export function dayNames(locale: string, length: 'short' | 'long'): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday: length, timeZone: 'UTC' })
  // The fifth of January 1970 was a Monday.
  return weekdays.map((_, i) => format.format(new Date(Date.UTC(1970, 0, 5 + i))))
}

/** hoursOf is a day's spans: "00:00–09:00, 19:00–24:00". */
export function hoursOf(week: Week, day: string): string {
  const spans = week[day] ?? []
  if (!spans.length) return words.quiet_none()
  if (spans.length === 1 && spans[0]?.from === '00:00' && spans[0].to === '24:00') return words.quiet_all_day()
  return spans.map(({ from, to }) => `${from}–${to}`).join(', ')
}

/** weekInWords is a week, days with the same hours taken together: "Mon–Fri: 00:00–09:00; Sat–Sun: all day". */
export function weekInWords(locale: string, week: Week): string {
  const names = dayNames(locale, 'short')
  const groups: { from: number; to: number; hours: string }[] = []
  weekdays.forEach((day, i) => {
    if (!week[day]?.length) return
    const hours = hoursOf(week, day)
    const last = groups.at(-1)
    if (last?.to === i - 1 && last.hours === hours) last.to = i
    else groups.push({ from: i, to: i, hours })
  })
  if (!groups.length) return words.quiet_never()
  return groups
    .map(({ from, to, hours }) => words.quiet_days({ days: from === to ? `${names[from]}` : `${names[from]}–${names[to]}`, hours }))
    .join('; ')
}
