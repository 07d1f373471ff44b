import { expect, test } from 'vitest'

import { least, moved, whole, zoomed, type Size } from './crop'

const wide: Size = { width: 600, height: 400 }
const tall: Size = { width: 300, height: 1200 }

test('the first square is the largest, from the middle', () => {
  expect(whole(wide)).toEqual({ left: (1 - 400 / 600) / 2, top: 0, edge: 1 })
  expect(whole(tall)).toEqual({ left: 0, top: 0.375, edge: 1 })
  expect(whole({ width: 40, height: 40 })).toEqual({ left: 0, top: 0, edge: 1 })
})

test('a square never leaves its picture', () => {
  for (const size of [wide, tall, { width: 33, height: 5000 }]) {
    let square = whole(size)
    for (let i = 0; i < 200; i++) {
      const step = [[1, 0], [-1, 0], [0, 1], [0, -1]][i % 4] as [number, number]
      square = zoomed(moved(square, size, step[0] * (i % 7), step[1] * (i % 5)), size, i % 3 ? 1.1 : 0.8)
      const pixels = square.edge * Math.min(size.width, size.height)
      expect(square.left).toBeGreaterThanOrEqual(0)
      expect(square.top).toBeGreaterThanOrEqual(0)
      expect(square.left * size.width + pixels).toBeLessThanOrEqual(size.width + 1e-6)
      expect(square.top * size.height + pixels).toBeLessThanOrEqual(size.height + 1e-6)
      expect(pixels).toBeGreaterThanOrEqual(32 - 1e-6)
    }
  }
})

test('a closer look keeps its middle, and ends where nobody could be told', () => {
  const closer = zoomed(whole(wide), wide, 2)
  expect(closer.edge).toBe(0.5)
  expect(closer.left + 200 / 600 / 2).toBeCloseTo(0.5)
  expect(zoomed(closer, wide, 0.01)).toEqual(whole(wide))
  expect(zoomed(closer, wide, 1000).edge).toBe(0.1)
  expect(least({ width: 64, height: 900 })).toBe(0.5)
  expect(least({ width: 20, height: 20 })).toBe(1)
})

test('a step is a part of what is shown', () => {
  const { left } = moved(whole(wide), wide, 0.1, 0)
  expect(left).toBeCloseTo((1 - 400 / 600) / 2 + 0.1 * (400 / 600))
})
