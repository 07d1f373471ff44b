import { beforeEach, expect, test } from 'vitest'

import type { AppError } from '../backend/errors'
import { Draft, forgetDrafts, refused } from './draft.svelte'
import { Told } from '../testing/told.svelte'

interface Fields {
  name: string
  zone: string
  hours: Record<string, string[]> | null
}

const begin: Fields = { name: 'Maya', zone: 'Europe/Madrid', hours: null }
const invalid = (field: string): AppError => ({ code: 'invalid', reason: '', field, message: 'no' })

let server: Told<Fields>
let sent: Partial<Fields>[]
/** What the next saves throw, in order. */
let refusals: (AppError | undefined)[]
let draft: Draft<Fields>

beforeEach(() => {
  forgetDrafts()
  server = new Told({ ...begin })
  sent = []
  refusals = []
  draft = new Draft<Fields>({
    saved: () => server.value,
    save: (changes) => {
      sent.push(changes)
      const refusal = refusals.shift()
      return refusal ? Promise.reject(refusal) : Promise.resolve()
    },
    fieldOf: (error) => (error.field in begin ? (error.field as keyof Fields) : undefined),
  })
})

test('an edit counts while it differs, and typing back ends it', () => {
  draft.set('name', 'Maya C')
  draft.set('zone', 'Asia/Tokyo')
  expect(draft.changed).toEqual(['name', 'zone'])
  expect(draft.get('name')).toBe('Maya C')
  draft.set('name', 'Maya')
  expect(draft.changed).toEqual(['zone'])
})

test('tables are compared by what is in them', () => {
  server.value = { ...begin, hours: { monday: ['a'] } }
  draft.set('hours', { monday: ['a', 'b'] })
  expect(draft.changed).toEqual(['hours'])
  draft.set('hours', { monday: ['a'] })
  expect(draft.changed).toEqual([])
  draft.set('hours', null)
  expect(draft.changed).toEqual(['hours'])
})

test('saved is saved at once, before Go tells of it, and what Go tells then counts', async () => {
  draft.set('name', 'May')
  expect(await draft.save()).toBe(true)
  expect(sent).toEqual([{ name: 'May' }])
  expect(draft.changed).toEqual([])
  expect(draft.get('name')).toBe('May')
  server.value = { ...begin, name: 'Mai' }
  expect(draft.get('name')).toBe('Mai')
  expect(draft.changed).toEqual([])
})

test('nothing changed, nothing sent', async () => {
  expect(await draft.save()).toBe(true)
  expect(sent).toEqual([])
})

test('a field that is refused keeps its words and its error, and the rest is saved', async () => {
  draft.set('name', 'May')
  draft.set('zone', 'Mars/Olympus')
  refusals = [invalid('zone')]
  expect(await draft.save()).toBe(false)
  expect(sent).toEqual([{ name: 'May', zone: 'Mars/Olympus' }, { name: 'May' }])
  expect(draft.changed).toEqual(['zone'])
  expect(draft.error('zone')?.code).toBe('invalid')
  expect(draft.trouble()).toBe('zone')
  draft.set('zone', 'Asia/Tokyo')
  expect(draft.error('zone')).toBeUndefined()
  expect(await draft.save()).toBe(true)
})

test('a failure no field is to blame for keeps every edit', async () => {
  draft.set('name', 'May')
  refusals = [{ code: 'offline', reason: '', field: '', message: '' }]
  expect(await draft.save()).toBe(false)
  expect(draft.failure?.code).toBe('offline')
  expect(draft.get('name')).toBe('May')
  draft.set('name', 'Mai')
  expect(draft.failure).toBeUndefined()
})

test('what is typed while saving is an edit of what was saved', async () => {
  draft.set('name', 'May')
  const saving = draft.save()
  expect(draft.saving).toBe(true)
  expect(await draft.save(), 'once at a time').toBe(false)
  draft.set('name', 'Maya Ch')
  expect(await saving).toBe(false)
  expect(draft.saving).toBe(false)
  expect(draft.changed).toEqual(['name'])
  server.value = { ...begin, name: 'May' }
  expect(draft.conflict('name')).toBe(false)
  expect(draft.get('name')).toBe('Maya Ch')
})

test('a change from elsewhere to a field that is edited here is a choice', async () => {
  draft.set('name', 'May')
  draft.set('zone', 'Asia/Tokyo')
  server.value = { ...begin, name: 'Mai' }
  expect(draft.conflict('name')).toBe(true)
  expect(draft.conflict('zone')).toBe(false)
  expect(draft.get('name')).toBe('May')
  expect(await draft.save(), 'the rest is saved').toBe(false)
  expect(sent).toEqual([{ zone: 'Asia/Tokyo' }])
  expect(draft.trouble()).toBe('name')
  draft.keepMine('name')
  expect(draft.conflict('name')).toBe(false)
  expect(await draft.save()).toBe(true)
  expect(sent[1]).toEqual({ name: 'May' })
})

test('taking theirs ends the edit', () => {
  draft.set('name', 'May')
  server.value = { ...begin, name: 'Mai' }
  draft.takeTheirs('name')
  expect(draft.get('name')).toBe('Mai')
  expect(draft.changed).toEqual([])
})

test('the same change from elsewhere is no conflict and nothing to save', () => {
  draft.set('name', 'May')
  server.value = { ...begin, name: 'May' }
  expect(draft.conflict('name')).toBe(false)
  expect(draft.changed).toEqual([])
})

test('a change from elsewhere to what is not edited just shows', () => {
  draft.set('name', 'May')
  server.value = { ...begin, zone: 'Asia/Seoul' }
  expect(draft.get('zone')).toBe('Asia/Seoul')
  expect(draft.changed).toEqual(['name'])
})

test('discarded edits can be brought back', () => {
  draft.set('name', 'May')
  const restore = draft.discard()
  expect(draft.get('name')).toBe('Maya')
  restore()
  expect(draft.get('name')).toBe('May')
})

test('what the server refuses later comes back with its error', async () => {
  draft.set('name', 'May')
  draft.set('zone', 'Mars/Olympus')
  await draft.save()
  server.value = { ...begin, name: 'May', zone: 'Mars/Olympus' }
  server.value = { ...begin, name: 'May' }
  expect(refused(invalid('zone'))).toBe(true)
  expect(draft.get('zone')).toBe('Mars/Olympus')
  expect(draft.error('zone')).toBeTruthy()
  expect(draft.get('name')).toBe('May')
  expect(refused(invalid('zone')), 'only once').toBe(false)
})

test('of several that are refused each comes back', async () => {
  draft.set('name', '')
  await draft.save()
  draft.set('zone', 'Mars/Olympus')
  await draft.save()
  server.value = { ...begin }
  refused(invalid('name'))
  refused(invalid('zone'))
  expect(draft.changed).toEqual(['name', 'zone'])
  expect([draft.error('name'), draft.error('zone')].map((error) => error?.field)).toEqual(['name', 'zone'])
})

test('a refusal of what was never sent is somebody else’s', () => {
  expect(refused(invalid('zone'))).toBe(false)
  expect(refused(invalid(''))).toBe(false)
})

test('another person’s edits are forgotten', () => {
  draft.set('name', 'May')
  forgetDrafts()
  expect(draft.changed).toEqual([])
})
