import { expect, test } from 'vitest'

import { disc, initials } from './initials'

test.each([
  ['Tomas Ríos', 'TR'],
  ['Ana María de la Cruz', 'AC'],
  ['Cher', 'C'],
  ['  ', '?'],
  ['Ольга Петрова', 'ОП'],
  ['🎬 Crew', '🎬C'],
])('the initials of %s are %s', (name, want) => {
  expect(initials(name)).toBe(want)
})

test('a person keeps their disc', () => {
  expect(disc('maya')).toBe(disc('maya'))
  expect(disc('')).toBeGreaterThanOrEqual(1)
})
