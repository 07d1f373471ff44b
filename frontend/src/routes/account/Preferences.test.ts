import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { Update } from '../../backend/model'
import { forgetDrafts } from '../../stores/draft.svelte'
import { notice } from '../../stores/notice.svelte'
import { route } from '../../stores/route.svelte'
import { settings } from '../../stores/settings.svelte'
import { apply } from '../../stores/subscriptions'
import { accountState } from '../../testing/account'
import { settings as choices, signedIn } from '../../testing/builders'
import { FakeBackend } from '../../testing/fake-backend'
import { language } from '../../text/language.svelte'
import Preferences from './Preferences.svelte'

let backend: FakeBackend

beforeEach(() => {
  backend = new FakeBackend(signedIn([])).install()
  forgetDrafts()
  notice.dismiss()
  apply(backend.snapshot)
  const stop = backend.follow(apply)
  route.become('account/preferences')
  render(Preferences)
  return stop
})

afterEach(() => {
  cleanup()
  apply({ settings: choices } as Update)
})

const choose = (name: string, value: string) => fireEvent.change(screen.getByLabelText(name), { target: { value } })
const bar = () => screen.queryByText(/not saved/)
const saved = () => backend.called('Account.Save').map(([change]) => change)

test('the bar counts what differs, and is gone when nothing does', async () => {
  expect(bar()).toBeNull()
  await fireEvent.click(screen.getByRole('switch', { name: 'Fuzzy dates' }))
  expect(bar()?.textContent).toBe('1 change not saved')
  await choose('Language', 'es')
  expect(bar()?.textContent).toBe('2 changes not saved')
  await choose('Language', '')
  await fireEvent.click(screen.getByRole('switch', { name: 'Fuzzy dates' }))
  expect(bar()).toBeNull()
})

test('Ctrl S saves, and what is saved is in force at once', async () => {
  await choose('Language', 'es')
  await fireEvent.click(screen.getByRole('radio', { name: 'Light' }))
  expect(language.current, 'not before').toBe('en')
  await fireEvent.keyDown(document.body, { key: 's', ctrlKey: true })
  await vi.waitFor(() => expect(language.current).toBe('es'))
  expect(settings.theme).toBe('light')
  expect(saved()).toEqual([{ language: 'es', theme: 'light' }])
  await tick()
  expect(bar()).toBeNull()
  expect(notice.current?.text).toBe('Guardado')
})

test('the system’s language and this computer’s zone are the dropping of a choice', async () => {
  backend.account = accountState({ preferences: { quietHours: null, timezone: 'Asia/Tokyo' } })
  apply({ account: backend.account, settings: { ...choices, language: 'ja' } } as Update)
  await tick()
  await choose('言語', '')
  await choose('タイムゾーン', '')
  await fireEvent.keyDown(document.body, { key: 's', ctrlKey: true })
  await vi.waitFor(() => expect(saved()).toEqual([{ reset: ['language', 'timezone'] }]))
})

test('a refused field says so where it is, has the focus, and the rest is saved', async () => {
  await choose('Default page', 'overview')
  await choose('Time zone', 'Asia/Tokyo')
  backend.failOnce('Account.Save', { code: 'invalid', reason: 'invalid_timezone', field: 'timezone' })
  await fireEvent.keyDown(document.body, { key: 's', ctrlKey: true })
  const zone = screen.getByLabelText('Time zone')
  await vi.waitFor(() => expect(document.activeElement).toBe(zone))
  expect(zone.getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByRole('alert').textContent).toBe('This time zone is not known to the server.')
  expect(saved().at(-1)).toEqual({ defaultPage: 'overview' })
  expect(bar()?.textContent).toBe('1 change not saved')
})

test('a change from another device to an edited field is a choice at the field', async () => {
  await choose('Time zone', 'Asia/Tokyo')
  apply({ account: accountState({ preferences: { quietHours: null, timezone: 'Asia/Seoul' } }) } as Update)
  await tick()
  expect(screen.getByText('Changed elsewhere to: Asia/Seoul')).toBeTruthy()
  await fireEvent.keyDown(document.body, { key: 's', ctrlKey: true })
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Keep mine'))
  expect(saved()).toEqual([])
  await fireEvent.click(screen.getByRole('button', { name: 'Take theirs' }))
  expect((screen.getByLabelText('Time zone') as HTMLSelectElement).value).toBe('Asia/Seoul')
  expect(bar()).toBeNull()
})

test('leaving asks: stay, discard, or save', async () => {
  await choose('Language', 'es')
  const stayed = route.go('inbox')
  await tick()
  await fireEvent.click(screen.getByRole('button', { name: 'Stay' }))
  expect(await stayed).toBe(false)
  const discarded = route.go('inbox')
  await tick()
  await fireEvent.click(document.querySelectorAll<HTMLElement>('dialog button')[1] as HTMLElement)
  expect(await discarded).toBe(true)
  expect(bar()).toBeNull()
  route.become('account/preferences')
  await choose('Language', 'es')
  const kept = route.leave()
  await tick()
  await fireEvent.click(document.querySelectorAll<HTMLElement>('dialog button')[2] as HTMLElement)
  expect(await kept).toBe(true)
  expect(saved()).toEqual([{ language: 'es' }])
})

test('what is typed outlives its page and a session that ended', async () => {
  await choose('Language', 'es')
  cleanup()
  apply({ session: { ...backend.snapshot.session, phase: 'expired' } } as Update)
  apply({ connection: { online: false, syncing: false, waiting: 0 } } as Update)
  render(Preferences)
  expect((screen.getByLabelText('Language') as HTMLSelectElement).value).toBe('es')
  expect(bar()?.textContent).toBe('1 change not saved')
})

test('discarding can be undone', async () => {
  await choose('Language', 'es')
  await fireEvent.click(screen.getByRole('button', { name: 'Discard' }))
  expect(bar()).toBeNull()
  expect(notice.current?.text).toBe('1 change discarded')
  notice.current?.undo?.()
  await tick()
  expect(bar()?.textContent).toBe('1 change not saved')
})

test('where the workspace keeps no preferences, only the looks are offered, and kept here', async () => {
  backend.account = accountState({ able: { preferences: false, administrator: false, notificationMail: false } })
  apply({ account: backend.account } as Update)
  await tick()
  expect(screen.queryByLabelText('Default page')).toBeNull()
  await choose('Language', 'es')
  await fireEvent.keyDown(document.body, { key: 's', ctrlKey: true })
  await vi.waitFor(() => expect(backend.called('Settings.Save')).toEqual([['dark', 'es', true]]))
})
