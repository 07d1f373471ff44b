// The promise of look.md, kept by reading the very file: text meets 4.5:1 on every surface of its
// theme, and surfaces, lines and text are pure grey.
import { readFileSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

const css = readFileSync('src/styles/tokens.css', 'utf8')
const [plain = '', contrast = ''] = css.split('@media (prefers-contrast: more)')

const themes: Record<string, Record<string, string>> = {
  dark: block(plain, "data-theme='dark'"),
  light: block(plain, "data-theme='light'"),
  'dark, high contrast': block(contrast, "data-theme='dark'"),
  'light, high contrast': block(contrast, "data-theme='light'"),
}
const texts = ['--text', '--text-dim', '--text-faint', '--cue', '--error', '--good']

function block(source: string, selector: string): Record<string, string> {
  const from = source.indexOf(selector)
  expect(from, selector).toBeGreaterThan(-1)
  const body = source.slice(from, source.indexOf('}', from))
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/g)].map((found) => [found[1], found[2]]))
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = channels(color).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function channels(color: string): number[] {
  return [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16))
}

function ratio(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

describe.each(Object.entries(themes))('%s', (_, tokens) => {
  const surfaces = Object.keys(tokens).filter((name) => name.startsWith('--surface-'))

  test('has its five surfaces', () => expect(surfaces).toHaveLength(5))

  test.each(texts)('%s is readable on every surface', (text) => {
    for (const surface of surfaces) {
      expect(ratio(tokens[text] ?? '', tokens[surface] ?? ''), `${text} on ${surface}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test('what stands on the cue is readable', () => {
    expect(ratio(tokens['--on-cue'] ?? '', tokens['--cue'] ?? '')).toBeGreaterThanOrEqual(4.5)
  })

  test('surfaces, lines and text have no tint', () => {
    for (const [name, color] of Object.entries(tokens)) {
      if (!/^--(surface|line|text)/.test(name)) continue
      expect(new Set(channels(color)).size, name).toBe(1)
    }
  })
})

test('initials are readable on every disc', () => {
  const discs = block(plain, ':root {')
  for (const n of [1, 2, 3, 4, 5, 6]) {
    expect(ratio(discs['--disc-text'] ?? '', discs[`--disc-${n}`] ?? ''), `disc ${n}`).toBeGreaterThanOrEqual(4.5)
  }
})
