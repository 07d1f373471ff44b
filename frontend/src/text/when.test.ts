import { expect, test } from 'vitest'

import { exact, fuzzy, listed, midnights, weekdayOrDate } from './when'

const now = new Date(2026, 10, 23, 14, 30)
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

test.each([
  [0.5, 'now', 'ahora'],
  [2, '2 min ago', 'hace 2 min'],
  [59, '59 min ago', 'hace 59 min'],
  [60, '1 hour ago', 'hace 1 hora'],
  [185, '3 hours ago', 'hace 3 horas'],
  [26 * 60, 'yesterday', 'ayer'],
  [3 * 24 * 60, '3 days ago', 'hace 3 días'],
  [-5, 'now', 'ahora'],
])('%s minutes ago reads as people say it', (minutes, en, es) => {
  expect(fuzzy('en', before(minutes), now)).toBe(en)
  expect(fuzzy('es', before(minutes), now)).toBe(es)
})

test('a week ago is a date, and another year says so', () => {
  expect(fuzzy('en', before(10 * 24 * 60), now)).toBe('Nov 13')
  expect(fuzzy('en', new Date(2025, 4, 2), now)).toBe('May 2, 2025')
})

test('exact is the time today and the date before', () => {
  expect(exact('es', before(30), now)).toBe('14:00')
  expect(exact('es', before(24 * 60), now)).toMatch(/22 nov.*14:30/)
})

test('days turn at midnight, not after 24 hours', () => {
  expect(midnights(new Date(2026, 10, 22, 23, 59), new Date(2026, 10, 23, 0, 1))).toBe(1)
  expect(midnights(new Date(2026, 10, 23, 0, 1), new Date(2026, 10, 23, 23, 59))).toBe(0)
})

test('an older day is named by its weekday, then by its date', () => {
  expect(weekdayOrDate('es', before(2 * 24 * 60), now)).toBe('Sábado')
  expect(weekdayOrDate('en', before(20 * 24 * 60), now)).toBe('Tuesday, November 3')
})

test('names are joined as the language does', () => {
  expect(listed('en', ['you', 'Lighting'])).toBe('you and Lighting')
  expect(listed('es', ['ti', 'Iluminación'])).toBe('ti e Iluminación')
})
