import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { Update } from '../../backend/model'
import { inbox } from '../../stores/inbox.svelte'
import { notice } from '../../stores/notice.svelte'
import { reading } from '../../stores/reading.svelte'
import { apply } from '../../stores/subscriptions'
import { accountState } from '../../testing/account'
import { ago, notification, signedIn } from '../../testing/builders'
import { FakeBackend } from '../../testing/fake-backend'
import Inbox from './Inbox.svelte'

let backend: FakeBackend

beforeEach(() => {
  const rows = [1, 2, 3].map((n) => notification({ id: `row-${n}`, createdAt: ago(n), projectId: 'p', entityType: 'Task', entityId: 'comp' }))
  backend = new FakeBackend(signedIn(rows)).install()
  inbox.clear()
  apply(backend.snapshot)
  render(Inbox)
})

afterEach(() => {
  cleanup()
  reading.close()
})

async function press(key: string, target: Element = document.body): Promise<void> {
  await fireEvent.keyDown(target, { key })
}

test('j and k move and mark nothing read', async () => {
  await press('j')
  await press('j')
  expect(inbox.cursor).toBe('row-2')
  await press('k')
  expect(inbox.cursor).toBe('row-1')
  await press('k')
  expect(inbox.cursor).toBe('row-1')
  expect(inbox.unread).toBe(3)
  expect(backend.called('Inbox.Do')).toHaveLength(0)
})

test('Enter opens and marks read, Escape goes back', async () => {
  await press('j')
  await press('Enter')
  await vi.waitFor(() => expect(backend.called('Inbox.Open')).toEqual([['row-1']]))
  expect(inbox.unread).toBe(2)
  await press('Escape')
  expect(reading.row).toBeUndefined()
})

test('e marks done and goes on to the next, z takes it back', async () => {
  await press('j')
  await press('e')
  expect(inbox.rows.map((row) => row.id)).toEqual(['row-2', 'row-3'])
  expect(inbox.cursor).toBe('row-2')
  await press('z')
  await vi.waitFor(() => expect(inbox.rows).toHaveLength(3))
})

test('u turns read into unread and back', async () => {
  await press('j')
  await press('u')
  expect(inbox.find('row-1')?.readAt).toBeTruthy()
  await press('u')
  expect(inbox.find('row-1')?.readAt).toBeFalsy()
})

test('keys typed into a field, or with a command held, do nothing', async () => {
  const field = document.body.appendChild(document.createElement('input'))
  await press('j', field)
  await fireEvent.keyDown(document.body, { key: 'j', ctrlKey: true })
  expect(inbox.cursor).toBeUndefined()
  field.remove()
})

const menu = () => screen.getAllByRole('menuitem').map((item) => item.querySelector('span')?.firstChild?.textContent)

test('s puts a row off and goes on to the next', async () => {
  await press('j')
  await press('s', document.activeElement as Element)
  await vi.waitFor(() => expect(menu()).toEqual(['1 hour', 'Tomorrow morning', 'Monday morning', 'Until it changes']))
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Until it changes' }))
  await vi.waitFor(() => expect(backend.called('Inbox.Snooze')).toEqual([[['row-1'], { untilChange: true }]]))
  expect(inbox.rows.map((row) => row.id)).toEqual(['row-2', 'row-3'])
  expect(inbox.cursor).toBe('row-2')
})

test('m asks what is to be silent, then for how long', async () => {
  apply({ account: accountState() } as Update)
  await press('j')
  await press('m', document.activeElement as Element)
  await vi.waitFor(() => expect(menu()).toEqual(['This conversation', 'sh0140 / comp', 'Northern Lights']))
  await fireEvent.click(screen.getByRole('menuitem', { name: /^sh0140/ }))
  await vi.waitFor(() => expect(menu()).toEqual(['1 day', '1 week', 'For good']))
  await fireEvent.click(screen.getByRole('menuitem', { name: 'For good' }))
  await vi.waitFor(() => expect(backend.called('Account.Save')).toHaveLength(1))
  expect(backend.called('Account.Save')[0]?.[0]).toMatchObject({ mute: [{ entityType: 'Task', entityId: 'comp' }] })
})

test('a message cannot be silenced, and says so', async () => {
  apply({ account: accountState() } as Update)
  apply({ inbox: { unread: 1, changed: [notification({ id: 'row-1', kind: 'message', createdAt: ago(1) })], removed: [], reset: false } } as unknown as Update)
  await press('j')
  await press('m', document.activeElement as Element)
  await vi.waitFor(() => expect(notice.current?.text).toBe('Messages are never muted.'))
})
