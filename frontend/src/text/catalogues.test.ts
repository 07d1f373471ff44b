// Every language says everything, with the same blanks to fill.
import { readdirSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { locales } from './compiled/runtime'

type Catalogue = Record<string, string | { match: Record<string, string> }[]>

const read = (locale: string) => JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8')) as Catalogue
const english = read('en')

function texts(entry: Catalogue[string] | undefined): string[] {
  if (typeof entry === 'string') return [entry]
  return (entry ?? []).flatMap((variant) => Object.values(variant.match))
}

const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort()

test.each(locales)('%s is complete', (locale) => {
  const catalogue = read(locale)
  expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort())
  for (const [key, entry] of Object.entries(english)) {
    for (const text of texts(catalogue[key])) {
      expect(text.trim(), key).not.toBe('')
      expect(blanks(text), key).toEqual(blanks(texts(entry)[0] ?? ''))
      expect(text, key).not.toMatch(/[!¡]/)
    }
  }
})

test.each(locales)('%s has a form for every number', (locale) => {
  for (const [key, entry] of Object.entries(read(locale))) {
    if (typeof entry === 'string') continue
    expect(Object.keys(entry[0]?.match ?? {}), key).toContain('plural=*')
  }
})

test('every sentence is spoken somewhere', () => {
  const spoken = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(svelte|ts)$/.test(file) && !file.includes('compiled'))
    .map((file) => readFileSync(`src/${file}`, 'utf8'))
    .join('')
  const silent = Object.keys(english).filter((key) => !spoken.includes(`words.${key}`))
  expect(silent).toEqual([])
})
