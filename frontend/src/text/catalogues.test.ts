// Every language says everything, in its own words and letters, with the same blanks to fill and a form for every number.
import { readdirSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { locales, type Locale } from './compiled/runtime'

type Catalogue = Record<string, string | { match: Record<string, string> }[]>

const read = (locale: string) => JSON.parse(readFileSync(`messages/${locale}.json`, 'utf8')) as Catalogue
const english = read('en')
const others = locales.filter((locale) => locale !== 'en')

function texts(entry: Catalogue[string] | undefined): string[] {
  if (typeof entry === 'string') return [entry]
  return (entry ?? []).flatMap((variant) => Object.values(variant.match))
}

const said = (locale: string) => Object.entries(read(locale)).flatMap(([key, entry]) => texts(entry).map((text) => [key, text] as const))
const blanks = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]).sort()
const keysOf = (locale: string) => [...readFileSync(`messages/${locale}.json`, 'utf8').matchAll(/^ {2}"(\w+)":/gm)].map((found) => found[1])
const withoutBlanks = (text: string) => text.replace(/\{\w+\}/g, '')

test.each(locales)('%s is complete', (locale) => {
  const catalogue = read(locale)
  // Of a key that stands there twice a reader keeps the last and says nothing.
  expect(keysOf(locale).filter((key, i, all) => all.indexOf(key) !== i)).toEqual([])
  expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort())
  for (const [key, entry] of Object.entries(english)) {
    for (const text of texts(catalogue[key])) {
      expect(text.trim(), key).not.toBe('')
      expect(blanks(text), key).toEqual(blanks(texts(entry)[0] ?? ''))
    }
  }
})

// The categories of the numbers one counts here; Spanish has one more, for whole millions.
const forms = (locale: string) => new Set(Array.from({ length: 1000 }, (_, i) => new Intl.PluralRules(locale).select(i)))

test.each(locales)('%s has a form for every number', (locale) => {
  const needed = [...forms(locale)].map((form) => (form === 'other' ? 'plural=*' : `plural=${form}`))
  for (const [key, entry] of Object.entries(read(locale))) {
    if (typeof entry !== 'string') expect(Object.keys(entry[0]?.match ?? {}), key).toEqual(expect.arrayContaining(needed))
    else if (needed.length > 1) expect(blanks(entry), `${key} says a count in one form`).not.toContain('count')
  }
})

/** What is the same in English and why. */
const same: Partial<Record<Locale, Record<string, string>>> = { es: { pause_half_hour: 'a unit', pause_hour: 'a unit' } }
const everywhere: Record<string, string> = { app_name: 'a name', signin_address_example: 'an address' }

test.each(others)('%s is not English', (locale) => {
  const left = said(locale).filter(([key, text]) => texts(english[key]).includes(text) && /[a-z]/i.test(withoutBlanks(text)))
  const meant = { ...everywhere, ...same[locale] }
  expect(left.filter(([key]) => !meant[key])).toEqual([])
})

const scripts: Partial<Record<Locale, RegExp>> = {
  zh: /^[\p{Script=Han}]+$/u,
  ja: /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u,
  ru: /^[\p{Script=Cyrillic}]+$/u,
  ko: /^[\p{Script=Hangul}]+$/u,
}
/** Words that every country writes in Latin letters: names, and what stands on a key. */
const latin = new Set(['Callboard', 'ftrack', 'API', 'QR', 'E', 'M', 'S', 'Ctrl', 'Shift', 'Esc', 'URL', 'Authy', 'Duo', 'Mobile', 'Google', 'Authenticator', 'PNG', 'JPEG', 'WebP', 'GIF', 'MB', 'callboard.studio.com', 'maya', 'studio.com'])

test.each(Object.entries(scripts))('%s is written in its own letters', (locale, own) => {
  const strange = said(locale).flatMap(([key, text]) =>
    (withoutBlanks(text).match(/[\p{L}][\p{L}\p{M}.ー]*[\p{L}ー]|\p{L}/gu) ?? [])
      .flatMap((word) => word.match(/[A-Za-z.]+|[^A-Za-z.]+/g) ?? [])
      .filter((word) => !own.test(word) && !latin.has(word))
      .map((word) => `${key}: ${word}`),
  )
  expect(strange).toEqual([])
})

// Manners: see the words of the trade in README.md.
const manners: [Locale, string, RegExp][] = [
  ...locales.map((locale): [Locale, string, RegExp] => [locale, 'shouts, or quotes as a typewriter', /[!¡！"]|'|\.\.\./]),
  ['zh', 'sets Latin letters without a space', /\p{Script=Han}[A-Za-z]|[A-Za-z]\p{Script=Han}/u],
  ['zh', 'says 您, or writes 帐', /您|帐/],
  ['zh', 'has a half-width comma or stop', /\p{Script=Han}[,.:;?]/u],
  ['ja', 'sets Latin letters with a space', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}] [A-Za-z]|[A-Za-z] [\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['ja', 'ends a sentence bluntly', /(する|(?<![まで])した|である|だ)。/],
  ['ru', 'says a capital Вы within a sentence', /[а-яё,] (Вы|Вас|Вам|Ваш\p{L}*)(?!\p{L})/u],
  ['ko', 'bends a word after a foreign name', /\}['’”]?(을|를|은|는|이|가|과|와|으로|로)(?![\p{L}])/u],
]

test.each(manners)('%s never %s', (locale, _fault, pattern) => {
  expect(said(locale).filter(([, text]) => pattern.test(text))).toEqual([])
})

test.each(locales)('what mails and the server’s page in %s tell to choose is what the page calls it', (locale) => {
  const phrases = JSON.parse(readFileSync(`../backend/phrases/active.${locale}.json`, 'utf8')) as Record<string, string>
  for (const key of ['front.how', 'letter.body.user_invite']) expect(phrases[key], key).toContain(read(locale)['signin_title'])
})

test('every sentence is spoken somewhere', () => {
  const spoken = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(svelte|ts)$/.test(file) && !file.includes('compiled') && !file.endsWith('.test.ts'))
    .map((file) => readFileSync(`src/${file}`, 'utf8'))
    .join('')
  const all = new Set(spoken.match(/words\.\w+/g))
  expect(Object.keys(english).filter((key) => !all.has(`words.${key}`))).toEqual([])
})
