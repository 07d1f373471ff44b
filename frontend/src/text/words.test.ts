import { afterEach, expect, test } from 'vitest'

import { language } from './language.svelte'
import { counted } from './numbers'
import { words } from './words'

afterEach(() => language.speak('en'))

test('a count takes the form and the figures of its language', () => {
  expect(words.connection_waiting({ count: 1 })).toBe('1 change waiting')
  expect(words.connection_waiting({ count: 12345 })).toBe('12,345 changes waiting')
  language.speak('ru')
  const told = [1, 2, 5, 11, 21, 12345].map((count) => words.connection_waiting({ count }).replace(/\s/g, ' '))
  expect(told).toEqual([
    '1 изменение ждёт отправки',
    '2 изменения ждут отправки',
    '5 изменений ждут отправки',
    '11 изменений ждут отправки',
    '21 изменение ждёт отправки',
    '12 345 изменений ждут отправки',
  ])
})

test('a number that is a name is left as it is', () => {
  expect(words.frame({ frame: 1043 })).toBe('frame 1043')
})

test('numbers follow the language', () => {
  expect(['en', 'zh', 'es', 'ja', 'ko'].map((locale) => counted(locale, 12345))).toEqual(['12,345', '12,345', '12.345', '12,345', '12,345'])
})
