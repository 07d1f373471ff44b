import { expect, test } from 'vitest'

import type { Verb } from '../backend/model'
import { ago, notification } from '../testing/builders'
import { acted, enters, isUnread, merged, opposite, type FilterName } from './inbox-rows'

const open = notification({ id: 'open', createdAt: ago(10) })
const read = notification({ id: 'read', createdAt: ago(20), readAt: ago(1) })
const done = notification({ id: 'done', createdAt: ago(30), doneAt: ago(1) })
const gone = notification({ id: 'gone', removedAt: ago(1) })

test('unread counts only what still wants attention', () => {
  expect(isUnread(open)).toBe(true)
  for (const row of [read, done, gone]) expect(isUnread(row)).toBe(false)
  expect(isUnread({ ...open, snoozedUntil: ago(-60) })).toBe(false)
  expect(isUnread({ ...open, snoozedUntil: ago(60) })).toBe(true)
  expect(isUnread({ ...open, snoozeUntilChange: true })).toBe(false)
})

const snoozed = notification({ id: 'snoozed', snoozeUntilChange: true })

test('a filter lets in what belongs there', () => {
  const under = (filter: FilterName) => [open, read, done, gone, snoozed].filter((row) => enters(row, filter)).map((row) => row.id)
  expect(under('all')).toEqual(['open', 'read'])
  expect(under('unread')).toEqual(['open'])
  expect(under('done')).toEqual(['done'])
  expect(under('snoozed')).toEqual(['snoozed'])
})

test('every verb and its opposite leave a row as it was', () => {
  for (const [verb, back] of Object.entries(opposite) as [Verb, Verb][]) {
    const before = verb === 'unread' ? read : verb === 'undone' ? done : open
    const after = acted(acted(before, verb, 'now'), back, 'now')
    expect([Boolean(after.readAt), Boolean(after.doneAt)]).toEqual([Boolean(before.readAt), Boolean(before.doneAt)])
  }
})

test('a new row comes first, a changed one stays in place, a removed one goes', () => {
  const rows = [open, read]
  const fresh = notification({ id: 'fresh', createdAt: ago(0) })
  const state = { rows, filter: 'all' as const, more: false }
  expect(merged(state, [fresh]).map((row) => row.id)).toEqual(['fresh', 'open', 'read'])
  expect(merged(state, [{ ...read, seq: 999 }]).map((row) => row.id)).toEqual(['open', 'read'])
  expect(merged(state, [], ['open']).map((row) => row.id)).toEqual(['read'])
  expect(merged(state, [{ ...open, removedAt: ago(0) }]).map((row) => row.id)).toEqual(['read'])
})

test('a row read under Unread stays until the filter is chosen again', () => {
  const state = { rows: [open], filter: 'unread' as const, more: false }
  expect(merged(state, [{ ...open, readAt: ago(0) }])).toHaveLength(1)
  expect(merged(state, [read])).toHaveLength(1)
})

test('a row older than what is loaded waits for its page', () => {
  const older = notification({ id: 'older', createdAt: ago(999) })
  expect(merged({ rows: [open], filter: 'all', more: true }, [older])).toHaveLength(1)
  expect(merged({ rows: [open], filter: 'all', more: false }, [older])).toHaveLength(2)
})
