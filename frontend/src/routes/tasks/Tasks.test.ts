import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { connection } from '../../stores/connection.svelte'
import { reading } from '../../stores/reading.svelte'
import { route } from '../../stores/route.svelte'
import { apply } from '../../stores/subscriptions'
import { tasks } from '../../stores/tasks.svelte'
import { ago, notification, signedIn } from '../../testing/builders'
import { FakeBackend } from '../../testing/fake-backend'
import { due, task, taskList } from '../../testing/production'
import Tasks from './Tasks.svelte'

let backend: FakeBackend

async function shown(list = taskList([task({ id: 'a', due: due(-2) }), task({ id: 'b', path: ['Northern Lights', 'sq020', 'sh0150', 'comp'], groups: ['Lighting'] })])): Promise<void> {
  backend.tasks = list
  render(Tasks)
  await vi.waitFor(() => expect(backend.called('Tasks.List')).toHaveLength(1))
  await tick()
}

beforeEach(() => {
  backend = new FakeBackend(signedIn([notification({ id: 'n1', entityId: 'a' })])).install()
  backend.follow(apply)
  apply(backend.snapshot)
  tasks.clear()
  route.become('tasks')
})

afterEach(() => {
  cleanup()
  reading.close()
})

test('a row says what it is, when it is due, and in words that it is late', async () => {
  await shown()
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('My Tasks')
  await vi.waitFor(() => expect(tasks.shown).toHaveLength(2))
  expect(tasks.groups.map((group) => group.span)).toEqual(['late', 'week'])
})

test('nothing there, nothing found and nothing read each say what to do next', async () => {
  await shown(taskList([]))
  expect(await screen.findByText('You have no open tasks')).toBeTruthy()
  tasks.apply({ changed: [], list: taskList([task()]) })
  tasks.choose({ text: 'nothing like it' })
  await fireEvent.click(await screen.findByRole('button', { name: 'Show all open tasks' }))
  expect(tasks.shown).toHaveLength(1)
})

test('a failure can be tried again', async () => {
  backend.fail('Tasks.List', { code: 'internal' })
  await shown()
  const again = await screen.findByRole('button', { name: 'Try again' })
  backend.fail('Tasks.List')
  await fireEvent.click(again)
  await vi.waitFor(() => expect(tasks.phase).toBe('ready'))
})

test('offline the list says how old it is; with nothing kept it says so', async () => {
  connection.apply({ online: false, syncing: false, syncedAt: ago(200), waiting: 0 })
  await shown(taskList([task()], { fetchedAt: ago(180) }))
  expect(await screen.findByText(/^Offline, as of \d hours ago$/)).toBeTruthy()
  tasks.clear()
  expect(await screen.findByText('Nothing kept on this computer yet')).toBeTruthy()
  connection.apply({ online: true, syncing: false, waiting: 0 })
})

test('the open task has its status, its facts and its notifications, which lead to the inbox', async () => {
  await shown()
  await tasks.show('a')
  const detail = await screen.findByRole('region', { name: 'Task' })
  expect(within(detail).getByText('2 days late')).toBeTruthy()
  await fireEvent.click(within(detail).getByRole('button', { name: 'Open in browser' }))
  expect(backend.called('Tasks.Browse')).toEqual([['a']])
  await fireEvent.click(within(detail).getByRole('button', { name: /left a note/ }))
  await vi.waitFor(() => expect(reading.row?.id).toBe('n1'))
  expect(route.path).toBe('inbox')
})

test('a status is chosen from those of the workflow', async () => {
  await shown()
  await tasks.show('a')
  const detail = await screen.findByRole('region', { name: 'Task' })
  await fireEvent.click(within(detail).getByRole('button', { name: /^Status of sh0140/ }))
  const menu = await screen.findByRole('menu', { name: 'Status of sh0140 / comp' })
  expect(within(menu).getAllByRole('menuitemcheckbox').map((item) => item.textContent?.trim())).toEqual([
    'Not started', 'Ready to start', 'In progress', 'Pending Review', 'Revise', 'Approved', 'On Hold',
  ])
  await fireEvent.click(within(menu).getByText('Pending Review'))
  await vi.waitFor(() => expect(backend.called('Tasks.SetStatus')).toEqual([['a', 'review']]))
  expect(tasks.find('a')?.status.name).toBe('Pending Review')
})

test('keys move, open, close, undo and search', async () => {
  await shown()
  const press = (key: string) => fireEvent.keyDown(document.body, { key })
  await press('j')
  expect(tasks.cursor).toBe('a')
  await press('j')
  await press('j')
  expect(tasks.cursor).toBe('b')
  await press('k')
  await press('Enter')
  await vi.waitFor(() => expect(tasks.opened).toBe('a'))
  await press('Escape')
  expect(tasks.opened).toBeUndefined()
  await press('/')
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Search tasks')))
})

test('what is hidden in the tray is not followed', async () => {
  await shown()
  apply({ window: { visible: false, compact: false } } as never)
  await vi.waitFor(() => expect(backend.called('Tasks.Follow').at(-1)).toEqual(['']))
  apply({ window: { visible: true, compact: false } } as never)
  await vi.waitFor(() => expect(backend.called('Tasks.Follow').at(-1)).toEqual(['tasks']))
})
