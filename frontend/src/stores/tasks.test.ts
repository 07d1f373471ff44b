import { beforeEach, expect, test, vi } from 'vitest'

import type { Update } from '../backend/model'
import { notification, signedIn } from '../testing/builders'
import { FakeBackend } from '../testing/fake-backend'
import { approved, progress, review, task, taskList } from '../testing/production'
import { notice } from './notice.svelte'
import { apply } from './subscriptions'
import { tasks } from './tasks.svelte'

let backend: FakeBackend
const shown = () => tasks.shown.map((task) => `${task.id} ${task.status.id}`)
const first = () => tasks.shown[0] ?? task()

beforeEach(async () => {
  localStorage.clear()
  notice.dismiss()
  tasks.clear()
  backend = new FakeBackend(signedIn([notification({ id: 'n1', entityId: 'a' }), notification({ id: 'n2', entityId: 'a', readAt: 'x' })])).install()
  backend.tasks = taskList([task({ id: 'a' }), task({ id: 'b', status: review })])
  backend.follow(apply)
  tasks.choose({ stage: 'open', text: '', status: '', project: '', grouping: 'due', sorting: 'due' })
  tasks.begin()
  await vi.waitFor(() => expect(tasks.unread).toEqual({ a: 1 }))
})

test('the list shows with the unread notes, and is followed while it shows', () => {
  expect(tasks.phase).toBe('ready')
  expect(shown()).toEqual(['a progress', 'b review'])
  expect(tasks.open).toBe(2)
  tasks.begin()()
  expect(backend.called('Tasks.Follow')).toEqual([['tasks'], ['tasks'], ['']])
})

test('a status shows at once, and can be taken back', async () => {
  const setting = tasks.setStatus(first(), approved)
  expect(shown()).toEqual(['a approved', 'b review'])
  await setting
  expect(notice.current?.text).toBe('sh0140 / comp: now Approved')
  notice.current?.undo?.()
  await vi.waitFor(() => expect(backend.called('Tasks.SetStatus')).toEqual([['a', 'approved'], ['a', 'progress']]))
  expect(shown()).toEqual(['a progress', 'b review'])
})

test('a task that was done leaves when the view is chosen again', async () => {
  await tasks.setStatus(first(), approved)
  expect(tasks.shown).toHaveLength(2)
  tasks.choose({ stage: 'open' })
  expect(shown()).toEqual(['b review'])
})

test('a status that cannot be kept is taken back, with a word', async () => {
  backend.fail('Tasks.SetStatus', { code: 'internal' })
  await tasks.setStatus(first(), approved)
  expect(shown()).toEqual(['a progress', 'b review'])
  expect(notice.current?.failed).toBe(true)
})

test('what the server refuses comes back as it is there, with the reason', async () => {
  await tasks.setStatus(first(), approved)
  backend.emit({ tasks: { changed: [task({ id: 'a', status: review })] }, problem: { code: 'conflict', reason: 'status_moved', message: '' } } as unknown as Update)
  expect(shown()).toEqual(['a review', 'b review'])
  expect(notice.current?.text).toContain('Somebody else changed the status first')
})

test('a fresh list takes the place of the old one, and a problem leaves it', () => {
  backend.emit({ tasks: { list: taskList([task({ id: 'c', status: progress })]) } } as Update)
  expect(shown()).toEqual(['c progress'])
  backend.emit({ tasks: { problem: { code: 'offline', message: '' } } } as Update)
  expect(shown()).toEqual(['c progress'])
  expect(tasks.phase).toBe('ready')
  expect(tasks.failure?.code).toBe('offline')
})

test('without anything kept a failure is one of the whole page, until it is tried again', async () => {
  tasks.clear()
  backend.emit({ tasks: { problem: { code: 'forbidden', message: '' } } } as Update)
  expect(tasks.phase).toBe('failed')
  await tasks.load()
  expect(tasks.phase).toBe('ready')
  expect(tasks.failure).toBeUndefined()
})

test('the unread notes follow the inbox', async () => {
  backend.rows = []
  backend.emit({ inbox: { unread: 0, changed: [], removed: ['n1'], reset: false } } as unknown as Update)
  await vi.waitFor(() => expect(tasks.unread).toEqual({}))
})

test('the open task says what the inbox knows of it', async () => {
  await tasks.show('a')
  expect(tasks.about.map((row) => row.id)).toEqual(['n1', 'n2'])
  expect(tasks.cursor).toBe('a')
  tasks.close()
  expect(tasks.task).toBeUndefined()
})

test('how tasks are grouped and sorted is remembered on this computer', () => {
  tasks.choose({ grouping: 'project', sorting: 'status', text: 'comp' })
  expect(JSON.parse(localStorage.getItem('callboard.tasks') ?? '')).toEqual({ grouping: 'project', sorting: 'status' })
})

test('another person’s tasks are never shown', () => {
  tasks.clear()
  expect(tasks.shown).toEqual([])
  expect(tasks.phase).toBe('loading')
})
