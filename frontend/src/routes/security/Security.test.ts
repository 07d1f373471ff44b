import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import App from '../../App.svelte'
import type { Update } from '../../backend/model'
import { confirmation } from '../../stores/confirmation.svelte'
import { enrolment } from '../../stores/enrolment.svelte'
import { notice } from '../../stores/notice.svelte'
import { route } from '../../stores/route.svelte'
import { security as store } from '../../stores/security.svelte'
import { apply } from '../../stores/subscriptions'
import { signedIn } from '../../testing/builders'
import { FakeBackend } from '../../testing/fake-backend'
import { security, setup, tenCodes } from '../../testing/security'

let backend: FakeBackend

beforeEach(() => {
  backend = new FakeBackend(signedIn([])).install()
  notice.dismiss()
  store.clear()
  apply(backend.snapshot)
  route.become('account/security')
})

afterEach(async () => {
  cleanup()
  confirmation.giveUp()
  await enrolment.close()
})

const dialog = () => [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1) as HTMLElement
const inside = () => within(dialog())
const field = (label: string) => inside().getByLabelText<HTMLInputElement>(label)
const write = (label: string, value: string) => fireEvent.input(field(label), { target: { value } })
const press = async (name: string) => {
  await fireEvent.click(screen.getAllByRole('button', { name, hidden: true }).at(-1) as HTMLElement)
  await settled()
}
const submit = async () => {
  await fireEvent.submit(dialog().querySelector('form') as HTMLFormElement)
  await settled()
}
const settled = async () => {
  await new Promise((done) => setTimeout(done))
  await tick()
}

async function page(part: Partial<typeof backend.security> = {}): Promise<void> {
  backend.security = security(part)
  render(App, { onretry: () => undefined })
  await vi.waitFor(() => expect(screen.getByRole('heading', { name: 'Devices' })).toBeTruthy())
}

test('a new password is asked twice, and what is wrong stands beside its field', async () => {
  await page()
  await press('Change password')
  await submit()
  expect(document.activeElement).toBe(field('Old password'))
  await write('Old password', 'my old one')
  await write('New password', 'short')
  await submit()
  expect(inside().getByRole('alert').textContent).toBe('Use at least eight characters.')
  await write('New password', 'lantern river copper')
  await write('New password again', 'lantern river coper')
  await submit()
  expect(inside().getByRole('alert').textContent).toBe('The two are not the same.')
  expect(backend.called('Security.ChangePassword')).toEqual([])
  await write('New password again', 'lantern river copper')
  backend.failOnce('Security.ChangePassword', { code: 'unauthorized', reason: 'invalid_credentials', field: 'old_password' })
  await submit()
  expect(inside().getByRole('alert').textContent).toBe('This is not your password.')
  expect(document.activeElement).toBe(field('Old password'))
  expect(field('New password').value, 'what was typed survives').toBe('lantern river copper')
  await submit()
  expect(backend.called('Security.ChangePassword').at(-1)).toEqual(['my old one', 'lantern river copper'])
  expect(document.querySelector('dialog')).toBeNull()
  expect(notice.current?.text).toBe('Password changed')
})

test('a password of emoji is as long as its characters', async () => {
  await page()
  await press('Change password')
  await write('Old password', 'my old one')
  await write('New password', '🎬🎞🌊🪁🏮🧭🗻🌿')
  await write('New password again', '🎬🎞🌊🪁🏮🧭🗻🌿')
  await submit()
  expect(backend.called('Security.ChangePassword')).toHaveLength(1)
})

test('a second factor is enabled step by step, and backup codes are offered at once', async () => {
  await page()
  await press('Enable 2FA')
  expect(dialog().textContent).toContain('Authy, Duo Mobile or Google Authenticator')
  await press('Next')
  expect(inside().getByRole('img', { name: /QR/ })).toBeTruthy()
  expect(dialog().textContent).toContain('JBSW Y3DP EHPK 3PXP')
  await press('Copy')
  expect(backend.called('Security.Copy')).toEqual([[setup.secret]])
  backend.failOnce('Security.EnableTwoFactor', { code: 'unauthorized', reason: 'invalid_code', field: 'code' })
  await write('Code', '４１９ ３０３')
  await submit()
  expect(inside().getByRole('alert').textContent).toContain('not right')
  await write('Code', '419 302')
  await submit()
  expect(backend.called('Security.EnableTwoFactor')).toEqual([['419303'], ['419302']])
  expect(dialog().textContent).toContain('Two-factor authentication is on')
  expect(dialog().textContent).not.toContain('JBSW')
  await press('Generate backup codes')
  expect(dialog().textContent).toContain('wait for the next one')
})

test('backup codes show once, and closing without keeping them asks', async () => {
  await page({ secondFactor: true, backupCodes: 2 })
  expect(screen.getByText('Generate a new set before they run out.')).toBeTruthy()
  await press('Generate backup codes')
  await write('Code', '419302')
  await submit()
  expect(inside().getAllByRole('listitem').map((item) => item.textContent)).toEqual(tenCodes)
  await press('Close')
  expect(dialog().textContent).toContain('Close without keeping the codes?')
  await press('Back to the codes')
  await press('Save as file')
  const [name, text] = backend.called('Security.SaveText')[0] as [string, string]
  expect(name).toBe('callboard-backup-codes.txt')
  for (const code of tenCodes) expect(text).toContain(code)
  await press('Close')
  expect(document.querySelector('dialog')).toBeNull()
  expect(document.body.textContent).not.toContain(tenCodes[0])
  expect(screen.getByText('10 backup codes left')).toBeTruthy()
  expect(JSON.stringify({ ...localStorage })).not.toContain(tenCodes[0])
})

test('a backup code turns the second factor off, pasted into the boxes or typed', async () => {
  await page({ secondFactor: true, backupCodes: 8 })
  await press('Disable 2FA')
  await write('Code', '7K3M-9QXZ-4TRB')
  await settled()
  expect(field('Backup code').value).toBe('7K3M-9QXZ-4TRB')
  await press('Use the code of the app')
  await press('Use a backup code')
  await write('Backup code', '7k3m 9qxz 4trb')
  await submit()
  expect(backend.called('Security.DisableTwoFactor')).toEqual([['7k3m 9qxz 4trb']])
  expect(screen.getByRole('button', { name: 'Enable 2FA' })).toBeTruthy()
})

test('where the workspace requires it, it cannot be turned off', async () => {
  await page({ secondFactor: true, enforced: true, backupCodes: 10 })
  expect(screen.getByText('Your workspace requires it.')).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Disable 2FA' })).toBeNull()
})

test('an API key is reset after a warning, once it is confirmed that it is you, and shows this once', async () => {
  await page()
  await press('Reset API key')
  expect(dialog().textContent).toContain('stop working until you give them the new one')
  backend.failOnce('Security.MakeKey', { code: 'forbidden', reason: 'confirmation_required' })
  await press('Reset API key')
  expect(dialog().textContent).toContain('Confirm that it is you')
  backend.failOnce('Security.Confirm', { code: 'unauthorized', reason: 'second_factor_required', field: 'code' })
  await write('Password', 'secret words')
  await submit()
  expect(inside().queryByRole('alert')).toBeNull()
  await write('Code', '419302')
  await submit()
  expect(backend.called('Security.Confirm')).toEqual([['secret words', ''], ['secret words', '419302']])
  expect(backend.called('Security.MakeKey')).toHaveLength(2)
  const key = dialog().querySelector('code')?.textContent ?? ''
  expect(key).toMatch(/^cb_/)
  await press('Close')
  expect(document.body.textContent).not.toContain(key)
})

test('who does not confirm is told that nothing was changed', async () => {
  await page()
  backend.fail('Security.MakeKey', { code: 'forbidden', reason: 'confirmation_required' })
  await press('Reset API key')
  await press('Reset API key')
  await press('Cancel')
  expect(inside().getByRole('alert').textContent).toContain('Nothing was changed')
})

test('another device is signed out by its name, and all others at once', async () => {
  await page()
  await press('Sign out Review suite 2, Windows')
  expect(backend.called('Security.SignOutDevice')).toEqual([['suite']])
  expect(screen.queryByText('Review suite 2, Windows')).toBeNull()
  backend.security = security()
  await store.load()
  await press('Sign out all others')
  expect(screen.queryByText('Maya’s MacBook, macOS')).toBeNull()
  expect(screen.getByText('This device')).toBeTruthy()
})

test('an account that is kept elsewhere is told whom to ask', async () => {
  await page({ local: false })
  expect(screen.getByText(/Ask your administrator/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Change password' })).toBeNull()
})

test('too many tries say how long to wait', async () => {
  await page({ secondFactor: true, backupCodes: 8 })
  await press('Disable 2FA')
  backend.failOnce('Security.DisableTwoFactor', { code: 'throttled', reason: 'throttled', wait: 300 })
  await write('Code', '419302')
  await submit()
  expect(inside().getByRole('alert').textContent).toBe('Too many tries. Try again in 5 minutes.')
  expect(field('Code').value, 'the code was not looked at').toBe('419302')
})

test('without a connection, and after a failure, there is a way to try again', async () => {
  backend.fail('Security.State', { code: 'offline' })
  render(App, { onretry: () => undefined })
  await vi.waitFor(() => expect(screen.getByText(/shows when the server can be reached/)).toBeTruthy())
  backend.fail('Security.State')
  await press('Try again')
  expect(screen.getByRole('heading', { name: 'Devices' })).toBeTruthy()
})

test('nothing of another account shows', async () => {
  await page()
  const session = backend.snapshot.session
  apply({ session: { ...session, account: { ...session?.account, key: 'other' } } } as unknown as Update)
  expect(store.state).toBeUndefined()
})
