import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { Update } from '../backend/model'
import { forgetDrafts } from '../stores/draft.svelte'
import { preferences } from '../stores/preferences.svelte'
import { route } from '../stores/route.svelte'
import { session } from '../stores/session.svelte'
import { apply } from '../stores/subscriptions'
import { account, signedIn } from '../testing/builders'
import { FakeBackend } from '../testing/fake-backend'
import AccountMenu from './AccountMenu.svelte'

const other = { ...account, key: 'tide', workspace: 'Tide Studio' }
let backend: FakeBackend

beforeEach(async () => {
  backend = new FakeBackend(signedIn([])).install()
  forgetDrafts()
  apply(backend.snapshot)
  apply({ workspaces: { items: [account, other].map((account, i) => ({ account, phase: 'signed-in', online: true, unread: 3 * i })) } } as Update)
  const stop = backend.follow(apply)
  render(AccountMenu, { account })
  await fireEvent.click(screen.getByRole('button', { name: 'Your account and settings' }))
  return stop
})

afterEach(() => {
  cleanup()
  session.another = false
})

const press = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }))

test('My account goes to its first page', async () => {
  await press('My account')
  await vi.waitFor(() => expect(route.path).toMatch(/^account\//))
})

test('a pause says when it ends, and can be ended', async () => {
  await press('1 h')
  expect(backend.called('Account.Pause')).toEqual([[60]])
  await vi.waitFor(() => expect(screen.getAllByText(/Paused until/).length).toBeGreaterThan(0))
  await press('Resume')
  await vi.waitFor(() => expect(screen.queryByText(/Paused until/)).toBeNull())
})

test('another workspace is one press away, with what waits there', async () => {
  expect(screen.getByRole('button', { name: /Aurora Pictures/ }).getAttribute('aria-current')).toBe('true')
  await press(/Tide Studio.*3 unread/)
  await vi.waitFor(() => expect(backend.called('Session.Switch')).toEqual([['tide']]))
})

test('one more workspace is added beside those there are', async () => {
  await press('Add a workspace')
  await vi.waitFor(() => expect(session.another).toBe(true))
})

test('signing out asks where something is not saved', async () => {
  preferences.set('language', 'es')
  const release = route.hold({ against: () => true, ask: () => Promise.resolve(false) })
  await press('Sign out')
  await tick()
  release()
  expect(backend.called('Session.SignOut')).toEqual([])
})
