import { expect, test } from 'vitest'

import { snoozedUntil, snoozes } from './snooze'

test('a snooze is for an hour, until tomorrow’s or Monday’s morning, or until something changes', () => {
  // A Tuesday.
  const now = new Date(2026, 10, 24, 15, 20)
  const until = snoozes(now).map(({ snooze }) => (snooze.until ? new Date(snooze.until) : undefined))
  expect(until).toEqual([new Date(2026, 10, 24, 16, 20), new Date(2026, 10, 25, 9), new Date(2026, 10, 30, 9), undefined])
  expect(snoozes(now).at(-1)?.snooze).toEqual({ untilChange: true })
})

test.each([
  ['Sunday', new Date(2026, 10, 29, 10), new Date(2026, 10, 30, 9)],
  ['Monday', new Date(2026, 10, 30, 8), new Date(2026, 11, 7, 9)],
])('from %s Monday is the next one', (_, now, monday) => {
  expect(snoozes(now)[2]?.snooze.until).toBe(monday.toISOString())
})

test('the end is told by the clock, or as a change', () => {
  const now = new Date(2026, 10, 24, 15, 20)
  expect(snoozedUntil('en', { untilChange: false, until: new Date(2026, 10, 24, 16, 20).toISOString() }, now)).toMatch(/^Snoozed until 4:20.PM$/)
  expect(snoozedUntil('en', { untilChange: true }, now)).toBe('Snoozed until it changes')
})
