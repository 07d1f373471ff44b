import { expect, test } from 'vitest'

import { nextDigest } from './digest'

// A Tuesday, 15:20 in Madrid.
const now = new Date('2026-11-24T14:20:00Z')

test.each([
  ['hourly', 'Europe/Madrid', '2026-11-24T15:00:00.000Z'],
  ['hourly', 'Asia/Kathmandu', '2026-11-24T15:15:00.000Z'],
  ['every_4_hours', 'Europe/Madrid', '2026-11-24T15:00:00.000Z'],
  ['every_12_hours', 'Europe/Madrid', '2026-11-24T20:00:00.000Z'],
  ['daily', 'Europe/Madrid', '2026-11-24T17:00:00.000Z'],
  ['daily', 'Asia/Tokyo', '2026-11-25T09:00:00.000Z'],
  ['weekly', 'Europe/Madrid', '2026-11-30T17:00:00.000Z'],
] as const)('the next %s digest in %s', (interval, zone, expected) => {
  expect(nextDigest(interval, 18, zone, now)?.toISOString()).toBe(expected)
})
