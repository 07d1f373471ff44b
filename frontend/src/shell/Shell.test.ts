import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { Update } from '../backend/model'
import { inbox } from '../stores/inbox.svelte'
import { reading } from '../stores/reading.svelte'
import { route } from '../stores/route.svelte'
import { apply } from '../stores/subscriptions'
import { notification, signedIn } from '../testing/builders'
import { FakeBackend } from '../testing/fake-backend'
import Shell from './Shell.svelte'

const row = notification({ id: 'one' })

beforeEach(() => {
  const backend = new FakeBackend(signedIn([row])).install()
  inbox.clear()
  route.become('')
  apply(backend.snapshot)
  render(Shell)
})

afterEach(() => {
  cleanup()
  reading.close()
})

const heading = () => screen.getByRole('heading', { level: 1 }).textContent

test('one begins at the inbox, and nothing takes the focus', () => {
  expect(route.path).toBe('inbox')
  expect(heading()).toBe('Inbox')
  expect(document.activeElement).toBe(document.body)
})

test('a page that is gone to has an address, the focus on its heading, and its name in the title', async () => {
  await fireEvent.click(screen.getByRole('button', { name: 'Preferences' }))
  await vi.waitFor(() => expect(document.activeElement?.tagName).toBe('H1'))
  expect(heading()).toBe('Preferences')
  expect(route.path).toBe('account/preferences')
  expect(document.title).toBe('Preferences · Callboard')
  expect(screen.getByRole('button', { name: 'Preferences' }).getAttribute('aria-current')).toBe('page')
})

test('the inbox is one press away from every page', async () => {
  await route.go('account/preferences')
  await tick()
  await fireEvent.click(screen.getByTitle('Inbox'))
  await vi.waitFor(() => expect(heading()).toBe('Inbox'))
})

test('an address that is nobody’s shows the inbox', async () => {
  await route.go('no/such/page')
  await tick()
  expect(heading()).toBe('Inbox')
})

test('Alt and an arrow go back and forward, but not while typing', async () => {
  const gone = vi.spyOn(history, 'go').mockReturnValue()
  await fireEvent.keyDown(document.body, { key: 'ArrowLeft', altKey: true })
  await fireEvent.keyDown(document.body, { key: 'ArrowRight', altKey: true })
  const field = document.body.appendChild(document.createElement('input'))
  await fireEvent.keyDown(field, { key: 'ArrowLeft', altKey: true })
  field.remove()
  expect(gone.mock.calls).toEqual([[-1], [1]])
  gone.mockRestore()
})

test('what something outside names is shown in the inbox, from any page', async () => {
  await route.go('account/preferences')
  apply({ show: { notification: 'one' } } as Update)
  await vi.waitFor(() => expect(reading.row?.id).toBe('one'))
  expect(route.path).toBe('inbox')
})

test('at the tray the inbox shows, whatever page the window was on', async () => {
  await route.go('account/preferences')
  apply({ window: { visible: true, compact: true } } as Update)
  await vi.waitFor(() => expect(route.path).toBe('inbox'))
  apply({ window: { visible: true, compact: false } } as Update)
})

test('without a rail the pages are in a drawer', async () => {
  apply({ window: { visible: true, compact: true } } as Update)
  await tick()
  await fireEvent.click(screen.getByRole('button', { name: 'Pages' }))
  const dialog = document.querySelector('dialog')
  expect(dialog?.open).toBe(true)
  await fireEvent.click(screen.getByRole('button', { name: 'Preferences' }))
  await vi.waitFor(() => expect(route.path).toBe('account/preferences'))
  expect(document.querySelector('dialog')).toBeNull()
  apply({ window: { visible: true, compact: false } } as Update)
})
