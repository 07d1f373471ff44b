import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { DefaultsState } from '../../backend/model'
import { defaults } from '../../stores/defaults.svelte'
import { forgetDrafts } from '../../stores/draft.svelte'
import { route } from '../../stores/route.svelte'
import { apply } from '../../stores/subscriptions'
import { accountState, defaultsState } from '../../testing/account'
import { signedIn } from '../../testing/builders'
import { FakeBackend } from '../../testing/fake-backend'
import { pageAt, shown } from '../pages'
import Defaults from './Defaults.svelte'

const able = { preferences: true, administrator: true, notificationMail: true }
let backend: FakeBackend

beforeEach(() => start())

afterEach(cleanup)

async function start(part: Partial<DefaultsState> = {}): Promise<void> {
  cleanup()
  forgetDrafts()
  defaults.clear()
  route.become('administration/defaults')
  backend = new FakeBackend(signedIn([], { account: accountState({ able }) })).install()
  backend.defaults = defaultsState(part)
  apply(backend.snapshot)
  render(Defaults)
  await vi.waitFor(() => expect(defaults.state).toBeTruthy())
  await tick()
}

const row = (field: string) => within(document.querySelector<HTMLElement>(`[data-field="${field}"]`) as HTMLElement)
const save = () => fireEvent.keyDown(document.body, { key: 's', ctrlKey: true })
const saved = () => backend.called('Administration.SaveDefaults').map(([change]) => change)
const bar = () => screen.queryByText(/not saved/)?.textContent

test('only administrators see the page', () => {
  expect(shown('administration').map((page) => page.path)).toContain('administration/defaults')
  apply({ ...backend.snapshot, account: accountState() })
  expect(shown('administration')).toEqual([])
  expect(pageAt('administration/defaults').path).toBe('inbox')
})

test('every kind says how many people follow its default', () => {
  expect(document.querySelectorAll('[data-field^="kind/"]')).toHaveLength(13)
  expect(row('kind/message').getByText('230 of 230 people follow this')).toBeTruthy()
  expect(row('kind/message').getByText('Callboard’s default')).toBeTruthy()
})

test('a changed default is the workspace’s, and can go back to Callboard’s', async () => {
  await fireEvent.click(row('kind/note').getByRole('button', { name: 'Remove Mail from Notes' }))
  expect(row('kind/note').getByText('The workspace’s')).toBeTruthy()
  await save()
  await vi.waitFor(() => expect(saved()).toEqual([{ channels: [{ kind: 'note', channels: ['internal'], reset: false }] }]))
  await vi.waitFor(() => expect(bar()).toBeUndefined())
  await fireEvent.click(row('kind/note').getByRole('button', { name: 'Reset Notes' }))
  await save()
  await vi.waitFor(() => expect(saved()[1]).toEqual({ channels: [{ kind: 'note', channels: [], reset: true }] }))
})

test('digest and retention are saved with it', async () => {
  await fireEvent.change(screen.getByLabelText('Digest interval'), { target: { value: 'weekly' } })
  await fireEvent.input(screen.getByLabelText('Those that are done'), { target: { value: '14' } })
  expect(bar()).toBe('2 changes not saved')
  await save()
  await vi.waitFor(() => expect(saved()).toEqual([{ digestInterval: 'weekly', doneRetentionDays: 14 }]))
})

test.each(['', '0', '-3', '2.5', 'many'])('%s days is refused where it stands, and the rest is saved', async (typed) => {
  await fireEvent.input(screen.getByLabelText('All'), { target: { value: typed } })
  await fireEvent.change(screen.getByLabelText('Digest interval'), { target: { value: 'weekly' } })
  await save()
  await vi.waitFor(() => expect(saved()).toEqual([{ digestInterval: 'weekly' }]))
  expect(screen.getByRole('alert').textContent).toBe('This is outside of what is possible.')
  expect((screen.getByLabelText('All') as HTMLInputElement).value).toBe(typed)
})

test('offline, what was changed stays with the reason', async () => {
  backend.fail('Administration.SaveDefaults', { code: 'offline' })
  await fireEvent.change(screen.getByLabelText('Digest interval'), { target: { value: 'weekly' } })
  await save()
  await vi.waitFor(() => expect(screen.getByText(/^Not kept:/)).toBeTruthy())
  expect((screen.getByLabelText('Digest interval') as HTMLSelectElement).value).toBe('weekly')
})

test('defaults that cannot be read say why, and can be asked for again', async () => {
  cleanup()
  defaults.clear()
  backend.failOnce('Administration.Defaults', { code: 'offline' })
  render(Defaults)
  await vi.waitFor(() => expect(screen.getByRole('alert')).toBeTruthy())
  await fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await vi.waitFor(() => expect(document.querySelectorAll('[data-field^="kind/"]')).toHaveLength(13))
})
