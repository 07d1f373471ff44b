import { expect, test } from 'vitest'

import { safeColor } from './color'

test('a colour passes only as #rrggbb', () => {
  expect(safeColor('#3b8eDD')).toBe('#3b8eDD')
  for (const other of ['red', '#fff', '#12345g', 'url(//x)', '#123456;top:0', '', undefined]) {
    expect(safeColor(other)).toBeUndefined()
  }
})
