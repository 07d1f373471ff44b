import { expect, test } from 'vitest'

import { strength } from './strength'

test('short, repeated, running and obvious passwords are weak', () => {
  for (const weak of ['', 'Xk3!p', 'aaaaaaaaaaaa', 'abcdefgh', '12345678', 'qwertyuiop', 'abababababab']) expect(strength(weak), weak).toBe(1)
})

test('what is about the person counts nothing', () => {
  expect(strength('maya-chen-aurora', ['Maya Chen', 'Aurora Pictures'])).toBe(1)
})

test('several words are strong, in any script, and longer is never weaker', () => {
  expect(strength('lantern river copper sky')).toBe(4)
  expect(strength('ランタン川銅空の下で歩く')).toBeGreaterThanOrEqual(3)
  expect(strength('blue-kite')).toBeLessThan(strength('blue-kite over harbour'))
})
