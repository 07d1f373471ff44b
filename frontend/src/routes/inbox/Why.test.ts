import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { AccountState, Explanation } from '../../backend/model'
import { route } from '../../stores/route.svelte'
import { apply } from '../../stores/subscriptions'
import { accountState } from '../../testing/account'
import { notification, signedIn } from '../../testing/builders'
import { FakeBackend } from '../../testing/fake-backend'
import Why from './Why.svelte'

const row = notification({ id: 'one', projectId: 'tide' })
let backend: FakeBackend

beforeEach(() => start())

afterEach(cleanup)

function start(part: Partial<AccountState> = {}, explanation: Partial<Explanation> = {}): void {
  cleanup()
  route.become('inbox')
  backend = new FakeBackend(signedIn([row], { account: accountState(part) })).install()
  Object.assign(backend.explanation, explanation)
  apply(backend.snapshot)
  render(Why, { row })
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const told = () => Object.fromEntries(screen.getAllByRole('term').map((term) => [term.textContent, term.nextElementSibling?.textContent?.trim()]))

test('every channel says which setting decided, and the toast what became of it', async () => {
  expect(screen.getByText('You hear of this because you are assigned to this task.')).toBeTruthy()
  await press('How it came')
  await vi.waitFor(() =>
    expect(told()).toEqual({
      Mail: 'On for Notes, by Callboard’s default',
      Internal: 'On for Notes, by your setting',
      Digest: 'Off',
      Toast: 'None, it came in quiet hours',
    }),
  )
})

test.each([
  ['paused', 'None, you had paused'],
  ['inbox_only', 'None, this computer shows none of this kind'],
  ['read', 'None, it was already dealt with elsewhere'],
  ['open', 'None, it was on the screen'],
  ['folded', 'One summary for several'],
  ['no_daemon', 'None, this computer cannot show toasts'],
  ['off', 'None, toasts are off on this computer'],
  ['', 'Not decided on this computer'],
])('a toast that was %s says so', async (toast, text) => {
  start({}, { toast })
  await press('How it came')
  await vi.waitFor(() => expect(told()['Toast']).toBe(text))
})

test('where the workspace sends no mail, the mail says so', async () => {
  start({ able: { ...accountState().able, notificationMail: false } })
  await press('How it came')
  await vi.waitFor(() => expect(told()['Mail']).toContain('sends no mail yet'))
})

test('Change goes to the row that decided, of the project where that did', async () => {
  await press('Change')
  await vi.waitFor(() => expect(route.path).toBe('account/notifications/kind/note'))
  start({}, { routes: [{ channel: 'internal', kind: 'note', layer: 'project' }] })
  await press('Change')
  await vi.waitFor(() => expect(route.path).toBe('account/notifications/project/tide/note'))
})

test('where nothing can be chosen, nothing offers it', () => {
  start({ able: { ...accountState().able, preferences: false } })
  expect(screen.queryByRole('button')).toBeNull()
})

test('an explanation that fails says why', async () => {
  backend.fail('Account.Why', { code: 'not-found' })
  await press('How it came')
  await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toContain('no longer exists'))
})
