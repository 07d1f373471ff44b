// A week of spans as a table of half hours, for WeekGrid. Days that are not painted keep their spans to the minute.

export interface Span {
  from: string
  to: string
}

/** For each weekday by its English name, the spans of that day; a day without any is absent. */
export type Week = Record<string, Span[]>

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
export const slots = 48
const minutesEach = 30

const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
const twoDigits = (n: number) => String(n).padStart(2, '0')

/** timeOf is when a slot begins: "09:30". */
export function timeOf(slot: number): string {
  return `${twoDigits(Math.floor(slot / 2))}:${twoDigits((slot % 2) * minutesEach)}`
}

/** slotsOf says of each half hour whether it is in a span, by its first minute. */
export function slotsOf(spans: Span[] | undefined): boolean[] {
  return Array.from({ length: slots }, (_, slot) => {
    const at = slot * minutesEach
    return (spans ?? []).some(({ from, to }) => minute(from) <= at && at < minute(to))
  })
}

function spansOf(quiet: boolean[]): Span[] {
  const spans: Span[] = []
  for (let slot = 0; slot < slots; slot++) {
    if (!quiet[slot]) continue
    const from = slot
    while (slot < slots && quiet[slot]) slot++
    spans.push({ from: timeOf(from), to: timeOf(slot) })
  }
  return spans
}

export interface Cell {
  day: number
  slot: number
}

/** painted is a week in which everything between two cells is set. */
export function painted(week: Week, a: Cell, b: Cell, quiet: boolean): Week {
  const after = { ...week }
  for (let day = Math.min(a.day, b.day); day <= Math.max(a.day, b.day); day++) {
    const name = weekdays[day] ?? ''
    const cells = slotsOf(week[name])
    cells.fill(quiet, Math.min(a.slot, b.slot), Math.max(a.slot, b.slot) + 1)
    set(after, name, spansOf(cells))
  }
  return after
}

/** copied is a week in which these days have the spans of one. */
export function copied(week: Week, from: string, to: string[]): Week {
  const after = { ...week }
  for (const name of to) set(after, name, week[from] ?? [])
  return after
}

/** withDay is a week with other spans on one day. */
export function withDay(week: Week, name: string, spans: Span[]): Week {
  const after = { ...week }
  set(after, name, spans)
  return after
}

function set(week: Week, name: string, spans: Span[]): void {
  if (spans.length) week[name] = spans
  else Reflect.deleteProperty(week, name)
}
