import { beforeEach, expect, test, vi } from 'vitest'

import type { Update } from '../backend/model'
import { account, notification, settings as choices, signedIn } from '../testing/builders'
import { FakeBackend } from '../testing/fake-backend'
import { language } from '../text/language.svelte'
import { connection } from './connection.svelte'
import { inbox } from './inbox.svelte'
import { notice } from './notice.svelte'
import { session } from './session.svelte'
import { settings } from './settings.svelte'
import { apply, start } from './subscriptions'
import { windowState } from './window.svelte'

beforeEach(() => inbox.clear())

test('a change that comes before the snapshot is applied after it', async () => {
  const backend = new FakeBackend(signedIn([notification({ id: 'old' })])).install()
  const starting = start()
  const late = notification({ id: 'late' })
  backend.emit({ inbox: { unread: 2, changed: [late], removed: [], reset: false } } as Partial<Update> as Update)
  const stop = await starting
  expect(inbox.rows.map((row) => row.id)).toContain('late')
  expect(inbox.unread).toBe(2)
  stop()
  backend.emit({ connection: { online: false, syncing: false, waiting: 0 } } as Partial<Update> as Update)
  expect(connection.offline).toBe(false)
})

test('another account shows none of the rows of the one before, and asks for its own', async () => {
  const backend = new FakeBackend(signedIn([notification({ id: 'mine' })])).install()
  apply(backend.snapshot)
  backend.rows = [notification({ id: 'theirs' })]
  apply({ session: { phase: 'signed-in', account: { ...account, key: 'other' }, kept: true } } as Update)
  expect(inbox.rows).toHaveLength(0)
  await vi.waitFor(() => expect(inbox.rows.map((row) => row.id)).toEqual(['theirs']))
})

test('each part reaches its store', () => {
  apply({
    settings: { ...choices, theme: 'light', language: 'es' },
    window: { visible: false, compact: true },
    connection: { online: false, syncing: false, waiting: 2 },
    session: { phase: 'expired', account, kept: false },
  } as Update)
  expect(settings.theme).toBe('light')
  expect(language.current).toBe('es')
  expect(windowState.visible).toBe(false)
  expect(windowState.layout).toBe('compact')
  expect(connection.offline).toBe(true)
  expect(session.phase).toBe('expired')
  apply({ settings: choices, window: { visible: true, compact: false }, computer: { language: 'en' } } as Update)
  expect(language.current).toBe('en')
})

test('a problem is told', () => {
  apply({ problem: { code: 'conflict', message: 'changed' } } as Update)
  expect(notice.current).toMatchObject({ failed: true, text: 'Somebody else changed this first.' })
})

test('a snapshot that fails is an error of ours', async () => {
  new FakeBackend(signedIn([])).install().fail('App.Snapshot', { code: 'internal' })
  await expect(start()).rejects.toMatchObject({ code: 'internal' })
})
