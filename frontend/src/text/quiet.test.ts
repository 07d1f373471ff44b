import { afterEach, expect, test } from 'vitest'

import { language } from './language.svelte'
import { dayNames, hoursOf, weekInWords } from './quiet'

const workday = [{ from: '00:00', to: '09:00' }, { from: '19:00', to: '24:00' }]
const whole = [{ from: '00:00', to: '24:00' }]
const evenings = { monday: workday, tuesday: workday, wednesday: workday, thursday: workday, friday: workday, saturday: whole, sunday: whole }

afterEach(() => language.speak('en'))

test('a day is its spans, all of it, or nothing', () => {
  expect(hoursOf(evenings, 'monday')).toBe('00:00–09:00, 19:00–24:00')
  expect(hoursOf(evenings, 'sunday')).toBe('all day')
  expect(hoursOf({}, 'sunday')).toBe('none')
})

test('a week takes days with the same hours together', () => {
  expect(weekInWords('en', evenings)).toBe('Mon–Fri: 00:00–09:00, 19:00–24:00; Sat–Sun: all day')
  expect(weekInWords('en', { monday: whole, wednesday: whole })).toBe('Mon: all day; Wed: all day')
  expect(weekInWords('en', {})).toBe('Never')
  language.speak('es')
  expect(weekInWords('es', { saturday: whole })).toBe('sáb: todo el día')
})

test('weeks begin on Monday', () => {
  expect(dayNames('en', 'long')[0]).toBe('Monday')
  expect(dayNames('ja', 'short')).toEqual(['月', '火', '水', '木', '金', '土', '日'])
})
