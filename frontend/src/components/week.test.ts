import { expect, test } from 'vitest'

import { copied, painted, slotsOf, timeOf, weekdays, withDay, type Week } from './week'

const evenings: Week = { monday: [{ from: '19:00', to: '24:00' }], tuesday: [{ from: '18:10', to: '20:50' }] }
const [workdays, all] = [weekdays.slice(0, 5), weekdays]

test('slots are half hours', () => {
  expect([timeOf(0), timeOf(19), timeOf(48)]).toEqual(['00:00', '09:30', '24:00'])
  expect(slotsOf(evenings['monday']).indexOf(true)).toBe(38)
  expect(slotsOf(undefined)).not.toContain(true)
})

test('painting joins, splits and empties, and leaves other days to the minute', () => {
  const joined = painted(evenings, { day: 0, slot: 37 }, { day: 0, slot: 34 }, true)
  expect(joined).toEqual({ ...evenings, monday: [{ from: '17:00', to: '24:00' }] })
  const split = painted(joined, { day: 0, slot: 40 }, { day: 0, slot: 41 }, false)
  expect(split['monday']).toEqual([{ from: '17:00', to: '20:00' }, { from: '21:00', to: '24:00' }])
  expect(painted(joined, { day: 0, slot: 0 }, { day: 0, slot: 47 }, false)).toEqual({ tuesday: evenings['tuesday'] })
})

test('a rectangle is painted over all its days, in any direction', () => {
  const weekend = painted({}, { day: 6, slot: 47 }, { day: 5, slot: 0 }, true)
  expect(weekend).toEqual({ saturday: [{ from: '00:00', to: '24:00' }], sunday: [{ from: '00:00', to: '24:00' }] })
})

test('a day is copied to others, and so is an empty one', () => {
  expect(Object.keys(copied(evenings, 'monday', workdays))).toHaveLength(5)
  expect(copied(evenings, 'tuesday', all)['sunday']).toEqual(evenings['tuesday'])
  expect(copied(evenings, 'sunday', all)).toEqual({})
  expect(evenings['tuesday'], 'what was given stays').toEqual([{ from: '18:10', to: '20:50' }])
})

test('a day is set as a whole', () => {
  expect(withDay(evenings, 'monday', [])).toEqual({ tuesday: evenings['tuesday'] })
})
