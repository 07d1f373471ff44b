// Dates in words. Relative ("2 min ago") or exact by the person's choice; formatters are kept,
// because making one costs more than using it.

import type { Locale } from './compiled/runtime'
import { words } from './words'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const formatters = new Map<string, Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.ListFormat>()

function kept<T extends Intl.DateTimeFormat | Intl.RelativeTimeFormat | Intl.ListFormat>(key: string, make: () => T): T {
  let formatter = formatters.get(key) as T | undefined
  if (!formatter) formatters.set(key, (formatter = make()))
  return formatter
}

function relative(locale: string, value: number, unit: Intl.RelativeTimeFormatUnit): string {
  const style = unit === 'minute' ? 'short' : 'long'
  const formatter = kept(`r ${locale} ${style}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style }))
  return asWritten(locale, formatter.format(value, unit))
}

/** asWritten mends what the systems' tables of languages write in a way that its readers do not. */
function asWritten(locale: string, text: string): string {
  switch (locale) {
    case 'en':
    case 'ru':
      // "2 min. ago" with its stop reads as the end of a sentence in a narrow column.
      return text.replace(/(min|мин)\./, '$1')
    case 'ja':
      return text.replaceAll(' 前', '前').replace(/(\d) (?=[分時日])/, '$1')
    case 'ko':
      return text.replace('AM', '오전').replace('PM', '오후')
    default:
      return text
  }
}

function formatted(locale: string, date: Date, options: Intl.DateTimeFormatOptions): string {
  const formatter = kept(`d ${locale} ${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(locale, options))
  return asWritten(locale, formatter.format(date))
}

/** clockIn is the weekday and time of a moment in a zone; '' where this view does not know the zone. */
export function clockIn(locale: string, zone: string, at: Date): string {
  try {
    return formatted(locale, at, { weekday: 'short', hour: 'numeric', minute: '2-digit', timeZone: zone })
  } catch {
    return ''
  }
}

/** midnights counts the midnights between two moments, in this computer's zone. */
export function midnights(from: Date, to: Date): number {
  const start = (d: Date) => Date.UTC(d.getFullYear(), d.getMonth(), d.getDate())
  return Math.round((start(to) - start(from)) / day)
}

/** fuzzy says how long ago a moment was; a moment ahead of this computer's clock counts as now. */
export function fuzzy(locale: string, at: Date, now: Date): string {
  const age = now.getTime() - at.getTime()
  if (age < minute) return words.just_now({}, { locale: locale as Locale })
  if (age < hour) return relative(locale, -Math.floor(age / minute), 'minute')
  const days = midnights(at, now)
  if (age < 12 * hour || days === 0) return relative(locale, -Math.floor(age / hour), 'hour')
  if (days < 7) return relative(locale, -days, 'day')
  return shortDate(locale, at, now)
}

/** exact is the time today, the date and time before. */
export function exact(locale: string, at: Date, now: Date): string {
  const time: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' }
  if (midnights(at, now) === 0) return formatted(locale, at, time)
  return formatted(locale, at, { day: 'numeric', month: 'short', ...time, ...yearUnlessThis(at, now) })
}

/** full is the whole date and time, for titles; of a day the date alone. */
export function full(locale: string, at: Date, day = false): string {
  return formatted(locale, at, day ? { dateStyle: 'full' } : { dateStyle: 'full', timeStyle: 'medium' })
}

/** weekday is the name of a day of the week. */
export function weekday(locale: string, at: Date): string {
  return capitalised(locale, formatted(locale, at, { weekday: 'long' }))
}

/** weekdayOrDate names a day that is neither today nor yesterday. */
export function weekdayOrDate(locale: string, at: Date, now: Date): string {
  if (midnights(at, now) < 7) return weekday(locale, at)
  // Japanese puts the day of the week behind the date, in brackets, as one character.
  const options: Intl.DateTimeFormatOptions = { weekday: locale === 'ja' ? 'short' : 'long', day: 'numeric', month: 'long' }
  return capitalised(locale, formatted(locale, at, { ...options, ...yearUnlessThis(at, now) }))
}

/** shortDate is a day and its month, and its year where that is another than now's. */
export function shortDate(locale: string, at: Date, now: Date): string {
  return formatted(locale, at, { day: 'numeric', month: 'short', ...yearUnlessThis(at, now) })
}

function yearUnlessThis(at: Date, now: Date): Intl.DateTimeFormatOptions {
  return at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }
}

function capitalised(locale: string, text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)
}

/** listed joins names as the language does: "you and Lighting". */
export function listed(locale: string, names: string[]): string {
  return kept(`l ${locale}`, () => new Intl.ListFormat(locale, { type: 'conjunction' })).format(names)
}

const pauses: Record<string, string> = { zh: '；', ko: ', ' }

/** clauses joins parts of a sentence; where the language's "and" joins nouns alone, a pause does. */
export function clauses(locale: string, parts: string[]): string {
  const pause = pauses[locale]
  return pause ? parts.join(pause) : listed(locale, parts)
}
