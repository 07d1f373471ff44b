// The shipped font holds every letter that the languages written in Latin and Cyrillic use.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { brotliDecompressSync } from 'node:zlib'

import { expect, test } from 'vitest'

const resolve = createRequire(import.meta.url).resolve
const faces = [...readFileSync('src/styles/fonts.css', 'utf8').matchAll(/url\('(.+?)'\)[^;]*;\s*unicode-range:([^;]+);/g)].map(
  ([, file = '', ranges = '']) => ({ drawn: characters(readFileSync(resolve(file))), inRange: within(ranges) }),
)

function within(ranges: string): (point: number) => boolean {
  const pairs = ranges.split(',').map((range) => range.trim().slice(2).split('-').map((hex) => parseInt(hex, 16)))
  return (point) => pairs.some(([from = 0, to = from]) => point >= from && point <= to)
}

/** characters reads which a WOFF2 file draws: its table “cmap”, the only one read here, is stored as it is. */
function characters(file: Buffer): Set<number> {
  let at = 48
  const variable = () => {
    let value = 0
    let byte: number
    do value = (value << 7) | ((byte = file.readUInt8(at++)) & 127)
    while (byte & 128)
    return value
  }
  let start = -1
  let length = 0
  for (let tables = file.readUInt16BE(12), offset = 0; tables > 0; tables--) {
    const flags = file.readUInt8(at++)
    const tag = flags & 63
    if (tag === 63) at += 4
    const plain = variable()
    // Of glyf (10) and loca (11) version 3 is the plain one, of all others version 0.
    const transformed = tag === 10 || tag === 11 ? flags >> 6 !== 3 : flags >> 6 !== 0
    const size = transformed ? variable() : plain
    if (tag === 0) [start, length] = [offset, size]
    offset += size
  }
  const cmap = brotliDecompressSync(file.subarray(at, at + file.readUInt32BE(20))).subarray(start, start + length)
  const found = new Set<number>()
  for (let i = 0; i < cmap.readUInt16BE(2); i++) {
    const table = cmap.subarray(cmap.readUInt32BE(8 + 8 * i))
    if (table.readUInt16BE(0) === 4) segments(table, found)
    if (table.readUInt16BE(0) === 12) groups(table, found)
  }
  return found
}

function segments(table: Buffer, found: Set<number>): void {
  const twice = table.readUInt16BE(6)
  for (let i = 0; i < twice; i += 2) {
    const [end, start] = [table.readUInt16BE(14 + i), table.readUInt16BE(16 + twice + i)]
    for (let point = start; point <= end && point < 0xffff; point++) found.add(point)
  }
}

function groups(table: Buffer, found: Set<number>): void {
  for (let i = 0, at = 16; i < table.readUInt32BE(12); i++, at += 12) {
    for (let point = table.readUInt32BE(at); point <= table.readUInt32BE(at + 4); point++) found.add(point)
  }
}

test.each(['en', 'es', 'ru'])('every character of %s is in a shipped face', (locale) => {
  const alphabet = { en: '', es: 'áéíóúüñÁÉÍÓÚÜÑ¿«»', ru: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ№«»—' }[locale] ?? ''
  const used = new Set(readFileSync(`messages/${locale}.json`, 'utf8').replace(/\s/g, '') + alphabet)
  const missing = [...used].filter((character) => {
    const point = character.codePointAt(0) ?? 0
    return !faces.some((face) => face.inRange(point) && face.drawn.has(point))
  })
  expect(missing).toEqual([])
})

test('names of people from all over Europe are drawn by it too', () => {
  const missing = [...'ŁęšŽřőűğİıøÅæœßþðĐțȘāģķļņūіїєґўЂћ'].filter((character) => {
    const point = character.codePointAt(0) ?? 0
    return !faces.some((face) => face.inRange(point) && face.drawn.has(point))
  })
  expect(missing).toEqual([])
})
