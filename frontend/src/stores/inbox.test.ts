import { beforeEach, expect, test } from 'vitest'

import { ago, notification, signedIn, thread, note } from '../testing/builders'
import { FakeBackend } from '../testing/fake-backend'
import { inbox } from './inbox.svelte'
import { notice } from './notice.svelte'
import { reading } from './reading.svelte'
import { apply } from './subscriptions'

const first = notification({ id: 'first', createdAt: ago(1) })
const second = notification({ id: 'second', createdAt: ago(2), readAt: ago(1) })
let backend: FakeBackend

beforeEach(() => {
  backend = new FakeBackend(signedIn([first, second])).install()
  notice.dismiss()
  reading.close()
  inbox.clear()
  apply(backend.snapshot)
})

const shown = () => inbox.rows.map((row) => row.id)

test('done leaves the list at once, and undo brings it back', async () => {
  const doing = inbox.act('done', first)
  expect(shown()).toEqual(['second'])
  expect(inbox.unread).toBe(0)
  expect(notice.current?.text).toBe('Marked done: sh0140 / comp')
  await doing
  expect(backend.called('Inbox.Do')).toEqual([['done', ['first']]])
  await inbox.undo()
  expect(backend.called('Inbox.Do').at(-1)).toEqual(['undone', ['first']])
})

test('what Go refuses is taken back with a word', async () => {
  backend.fail('Inbox.Do', { code: 'forbidden' })
  const doing = inbox.act('done', first)
  expect(shown()).toEqual(['second'])
  await doing
  expect(shown()).toEqual(['first', 'second'])
  expect(inbox.unread).toBe(1)
  expect(notice.current).toMatchObject({ failed: true, text: 'Not kept: You are not allowed to do this.' })
})

test('undo happens once', async () => {
  await inbox.act('read', first)
  await inbox.undo()
  await inbox.undo()
  expect(backend.called('Inbox.Do').map(([verb]) => verb)).toEqual(['read', 'unread'])
})

test('marking all read can be taken back for just those that were unread', async () => {
  await inbox.markAllRead()
  expect(inbox.unread).toBe(0)
  expect(notice.current?.text).toBe('1 marked read')
  await inbox.undo()
  expect(backend.called('Inbox.Do').at(-1)).toEqual(['unread', ['first']])
})

test('a list that cannot be read says so and can be asked again', async () => {
  backend.fail('Inbox.Page', { code: 'internal' })
  await inbox.choose('done')
  expect(inbox.phase).toBe('failed')
  backend.fail('Inbox.Page')
  await inbox.load()
  expect(inbox.phase).toBe('ready')
})

test('the answer to a filter left since is dropped', async () => {
  const slow = inbox.choose('done')
  const quick = inbox.choose('unread')
  await Promise.all([slow, quick])
  expect(shown()).toEqual(['first'])
})

test('pages follow one another until the end', async () => {
  backend.pageSize = 1
  await inbox.load()
  expect(shown()).toEqual(['first'])
  expect(inbox.more).toBe(true)
  await inbox.loadMore()
  expect(shown()).toEqual(['first', 'second'])
  expect(inbox.more).toBe(false)
})

test('opening shows the row as read and its thread; a fresher thread replaces it', async () => {
  backend.threads.set('first', thread('note-first', note({ id: 'note-first', text: 'kept' })))
  await reading.open(first)
  expect(reading.row?.readAt).toBeTruthy()
  expect(reading.thread?.notes[0]?.text).toBe('kept')
  apply({ thread: thread('note-first', note({ id: 'note-first', text: 'fresh' })) } as never)
  expect(reading.thread?.notes[0]?.text).toBe('fresh')
  apply({ thread: thread('another', note({ text: 'not ours' })) } as never)
  expect(reading.thread?.notes[0]?.text).toBe('fresh')
})

test('an item named by a toast is found on a later page', async () => {
  backend.pageSize = 1
  await inbox.load()
  await reading.openById('second')
  expect(reading.row?.id).toBe('second')
})

test('an item that is gone is said to be gone', async () => {
  await reading.openById('nowhere')
  expect(reading.row).toBeUndefined()
  expect(notice.current?.failed).toBe(true)
})

test('what is snoozed leaves the list and the count, and undo brings it back', async () => {
  const doing = inbox.snooze(first, { untilChange: true }, 'put off')
  expect(shown()).toEqual(['second'])
  expect(inbox.unread).toBe(0)
  await doing
  expect(backend.called('Inbox.Snooze')).toEqual([[['first'], { untilChange: true }]])
  await inbox.undo()
  expect(shown()).toEqual(['first', 'second'])
  expect(inbox.unread).toBe(1)
  expect(backend.called('Inbox.Do')).toEqual([['unsnooze', ['first']]])
})

test('what is woken goes back as it was put off', async () => {
  await inbox.snooze(first, { untilChange: true }, 'put off')
  await inbox.choose('snoozed')
  expect(shown()).toEqual(['first'])
  await inbox.act('unsnooze', inbox.rows[0] as typeof first)
  expect(shown()).toEqual([])
  await inbox.undo()
  expect(shown()).toEqual(['first'])
  expect(backend.called('Inbox.Snooze')).toHaveLength(2)
})

test('a snooze that Go refuses is taken back', async () => {
  backend.fail('Inbox.Snooze', { code: 'internal' })
  await inbox.snooze(first, { untilChange: true }, 'put off')
  expect(shown()).toEqual(['first', 'second'])
  expect(notice.current?.failed).toBe(true)
})
