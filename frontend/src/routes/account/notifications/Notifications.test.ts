import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { AccountState, Update } from '../../../backend/model'
import { forgetDrafts } from '../../../stores/draft.svelte'
import { notice } from '../../../stores/notice.svelte'
import { opened } from '../../../stores/overrides.svelte'
import { route } from '../../../stores/route.svelte'
import { apply } from '../../../stores/subscriptions'
import { accountState } from '../../../testing/account'
import { ago, path, settings, signedIn } from '../../../testing/builders'
import { FakeBackend } from '../../../testing/fake-backend'
import Notifications from './Notifications.svelte'

let backend: FakeBackend
let stop: () => void

beforeEach(() => start())

afterEach(() => {
  stop()
  cleanup()
})

function start(part: Partial<AccountState> = {}): void {
  cleanup()
  forgetDrafts()
  opened.clear()
  notice.dismiss()
  route.become('account/notifications')
  backend = new FakeBackend(signedIn([], { account: accountState(part) })).install()
  apply(backend.snapshot)
  stop = backend.follow(apply)
  render(Notifications)
}

function row(field: string) {
  const element = document.querySelector<HTMLElement>(`[data-field="${field}"]`)
  if (!element) throw new Error(`no row ${field}`)
  return within(element)
}

const press = (within: ReturnType<typeof row>, name: string | RegExp) => fireEvent.click(within.getByRole('button', { name }))
/** ways are a row's chips as they read. */
const ways = (field: string) => [...document.querySelectorAll(`[data-field="${field}"] .chip`)].map((chip) => chip.textContent?.trim())
const bar = () => screen.queryByText(/not saved/)?.textContent
const save = () => fireEvent.keyDown(document.body, { key: 's', ctrlKey: true })
const saved = () => backend.called('Account.Save').map(([change]) => change)

async function pick(within: ReturnType<typeof row>, button: string | RegExp, item: string): Promise<void> {
  await press(within, button)
  await tick()
  await fireEvent.click(screen.getByText(item, { selector: '[role^=menuitem] span' }).closest('button') as Element)
}

test('thirteen rows follow the workspace default until something is chosen', () => {
  const rows = document.querySelectorAll('[data-field^="kind/"]')
  expect(rows).toHaveLength(13)
  expect(ways('kind/note')).toEqual(['Mail', 'Internal'])
  expect(row('kind/note').getByText('Workspace default')).toBeTruthy()
  expect(document.querySelectorAll('.chip:not(.dashed)')).toHaveLength(0)
})

test('× takes a way off and makes the row one’s own; the menu adds one; all off reads Off', async () => {
  const note = row('kind/note')
  await press(note, 'Remove Mail from Notes')
  expect(ways('kind/note')).toEqual(['Internal'])
  expect(note.getByText('Yours')).toBeTruthy()
  expect(document.activeElement?.getAttribute('aria-haspopup')).toBe('menu')
  await pick(note, 'Ways for Notes', 'Digest')
  expect(ways('kind/note')).toEqual(['Internal', 'Digest'])
  await press(note, 'Remove Internal from Notes')
  await press(note, 'Remove Digest from Notes')
  expect(ways('kind/note')).toEqual([])
  expect(note.getByText('Off')).toBeTruthy()
  expect(bar()).toBe('1 change not saved')
  await save()
  await vi.waitFor(() => expect(saved()).toEqual([{ channels: [{ kind: 'note', channels: [], reset: false }] }]))
})

test('putting back what the default has is no change', async () => {
  await press(row('kind/note'), 'Remove Mail from Notes')
  await pick(row('kind/note'), 'Ways for Notes', 'Mail')
  expect(bar()).toBeUndefined()
  expect(row('kind/note').getByText('Workspace default')).toBeTruthy()
})

test('Reset drops one’s own choice', async () => {
  start({ kinds: accountState().kinds.map((one) => (one.kind === 'note' ? { ...one, own: ['digest'] } : one)) })
  expect(ways('kind/note')).toEqual(['Digest'])
  await press(row('kind/note'), 'Reset Notes')
  expect(ways('kind/note')).toEqual(['Mail', 'Internal'])
  await save()
  await vi.waitFor(() => expect(saved()).toEqual([{ channels: [{ kind: 'note', channels: [], reset: true }] }]))
})

test('the digest interval is the workspace’s until it is chosen, and the hour with it', async () => {
  const select = screen.getByLabelText('Digest interval') as HTMLSelectElement
  expect(select.value).toBe('daily')
  await fireEvent.change(screen.getByLabelText('Digest hour'), { target: { value: '8' } })
  await fireEvent.change(select, { target: { value: 'weekly' } })
  expect(bar()).toBe('2 changes not saved')
  await save()
  await vi.waitFor(() => expect(saved()).toEqual([{ digestHour: 8, digestInterval: 'weekly' }]))
  await tick()
  await press(row('digestInterval'), 'Reset Digest interval')
  await save()
  await vi.waitFor(() => expect(saved().at(-1)).toEqual({ reset: ['digestInterval', 'digestHour'] }))
})

test('quiet hours are painted by keyboard and told in words', async () => {
  await press(row('quietHours'), /^Quiet hours/)
  const cell = (name: string) => screen.getByRole('gridcell', { name })
  const key = (key: string, shiftKey = false) => fireEvent.keyDown(document.activeElement as Element, { key, shiftKey })
  cell('Monday 09:00').focus()
  await key('End')
  await key(' ')
  expect(cell('Monday 23:30').getAttribute('aria-selected')).toBe('true')
  await key('ArrowDown', true)
  await key('ArrowLeft', true)
  await tick()
  expect(row('quietHours').getByRole('button', { name: /^Quiet hours/ }).textContent).toContain('Mon–Tue: 23:00–24:00')
  expect(bar()).toBe('1 change not saved')
  await save()
  const late = [{ from: '23:00', to: '24:00' }]
  await vi.waitFor(() => expect(saved()).toEqual([{ quietHours: { monday: late, tuesday: late } }]))
})

test('a day of the week is copied to all weekdays', async () => {
  start({ preferences: { quietHours: { monday: [{ from: '12:10', to: '13:00' }] } } })
  await press(row('quietHours'), /^Quiet hours/)
  await fireEvent.click(screen.getByRole('button', { name: 'More for Monday' }))
  await tick()
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Copy to Monday to Friday' }))
  expect(row('quietHours').getByRole('button', { name: /^Quiet hours/ }).textContent).toContain('Mon–Fri: 12:10–13:00')
})

test('a project is looked up, and a kind is different there', async () => {
  await fireEvent.input(screen.getByLabelText('Find a project', { selector: 'input' }), { target: { value: 'tid' } })
  await vi.waitFor(() => expect(screen.getByRole('option', { name: 'Tide' })).toBeTruthy())
  await fireEvent.keyDown(screen.getByLabelText('Find a project', { selector: 'input' }), { key: 'Enter' })
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Tide'))
  await pick(row('project/tide'), 'Different here', 'Notes')
  expect(ways('project/tide/note')).toEqual(['Mail', 'Internal'])
  await press(row('project/tide/note'), 'Remove Mail from Notes')
  await save()
  await vi.waitFor(() => expect(saved()).toEqual([{ channels: [{ kind: 'note', project: 'tide', channels: ['internal'], reset: false }] }]))
  await tick()
  await press(row('project/tide/note'), 'Reset Notes')
  expect(row('project/tide/note').getByText('As above')).toBeTruthy()
  await save()
  await vi.waitFor(() => expect(saved().at(-1)).toEqual({ channels: [{ kind: 'note', project: 'tide', channels: [], reset: true }] }))
})

test('a search that finds nothing, and one that fails, say so', async () => {
  const field = screen.getByLabelText('Find a project', { selector: 'input' })
  await fireEvent.input(field, { target: { value: 'zzz' } })
  await vi.waitFor(() => expect(screen.getByText('No project has this name.')).toBeTruthy())
  backend.fail('Account.Projects', { code: 'offline' })
  await fireEvent.input(field, { target: { value: 'tide' } })
  await vi.waitFor(() => expect(screen.getByText(/The server does not answer/)).toBeTruthy())
})

test('a project is muted for a time, listed, and heard of again', async () => {
  start({ overrides: [{ project: 'tide', name: 'Tide', kinds: { note: ['mail'] } }] })
  await pick(row('project/tide'), 'Mute Tide', 'For good')
  await vi.waitFor(() => expect(saved()).toHaveLength(1))
  expect(saved()[0]).toMatchObject({ mute: [{ entityType: 'Project', entityId: 'tide' }] })
  await tick()
  await fireEvent.click(screen.getByRole('button', { name: 'Hear of Tide again' }))
  await vi.waitFor(() => expect(saved()).toHaveLength(2))
  expect(notice.current?.text).toBe('No longer muted: Tide')
  notice.current?.undo?.()
  await vi.waitFor(() => expect(saved()).toHaveLength(3))
})

test('what is muted is named, with its end', () => {
  const mute = (part: object) => ({ id: 'm', entityType: 'Task', entityId: 't', path: path('Tide', 'sq010', 'sh0140', 'comp'), createdAt: ago(1), ...part })
  start({
    mutes: [
      mute({}),
      mute({ id: 'n', entityType: 'Note', text: 'The rim light pops', until: ago(-60) }),
      mute({ id: 'over', path: path('Gone'), until: ago(60) }),
    ],
  })
  expect(screen.getByText('sh0140 / comp')).toBeTruthy()
  expect(screen.getByText('for good')).toBeTruthy()
  expect(screen.getByText('Conversation on sh0140 / comp')).toBeTruthy()
  expect(screen.queryByText('Gone')).toBeNull()
})

test('toasts are chosen for this computer alone, and a test can be asked for', async () => {
  await fireEvent.click(screen.getByLabelText('Status updates'))
  await save()
  await vi.waitFor(() => expect(backend.called('Settings.SaveToasts')).toEqual([[true, ['status']]]))
  expect(saved()).toEqual([])
  await fireEvent.click(screen.getByRole('button', { name: 'Send me a test' }))
  await vi.waitFor(() => expect(notice.current?.text).toBe('A test toast is on its way.'))
  apply({ settings } as Update)
})

test('a workspace without mail says so in one line', () => {
  expect(screen.queryByText(/sends no notification mail/)).toBeNull()
  start({ able: { preferences: true, administrator: false, notificationMail: false } })
  expect(screen.getByText(/sends no notification mail/)).toBeTruthy()
})

test('what leads to a row puts the focus there', async () => {
  route.become('account/notifications/kind/task_status')
  await vi.waitFor(() => expect(document.activeElement?.closest('[data-field]')?.getAttribute('data-field')).toBe('kind/task_status'))
})
