import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { Update } from '../../../backend/model'
import { confirmation } from '../../../stores/confirmation.svelte'
import { connection } from '../../../stores/connection.svelte'
import { forgetDrafts } from '../../../stores/draft.svelte'
import { inbox } from '../../../stores/inbox.svelte'
import { notice } from '../../../stores/notice.svelte'
import { portrait } from '../../../stores/portrait.svelte'
import { route } from '../../../stores/route.svelte'
import { session } from '../../../stores/session.svelte'
import { apply } from '../../../stores/subscriptions'
import { maya, notification, signedIn } from '../../../testing/builders'
import { FakeBackend } from '../../../testing/fake-backend'
import Profile from './Profile.svelte'

let backend: FakeBackend
let stop: () => void
/** What Go answers to a file. */
let held: { status: number; body: unknown }

beforeEach(() => {
  backend = new FakeBackend(signedIn([notification({ id: 'mine', actor: maya })])).install()
  held = { status: 200, body: { id: 'held-1' } }
  vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(held.body), { status: held.status }))))
  forgetDrafts()
  notice.dismiss()
  apply(backend.snapshot)
  apply({ account: backend.account } as Update)
  stop = backend.follow(apply)
  route.become('account/profile')
  render(Profile)
})

afterEach(() => {
  cleanup()
  stop()
  confirmation.giveUp()
  vi.unstubAllGlobals()
})

const field = (name: string) => screen.getByLabelText(name) as HTMLInputElement
const type = (name: string, value: string) => fireEvent.input(field(name), { target: { value } })
const save = () => fireEvent.keyDown(document.body, { key: 's', ctrlKey: true })
const bar = () => screen.queryByText(/not saved/)
const file = () => new File(['png'], 'holiday.jpg', { type: 'image/jpeg' })
const face = () => screen.getByRole('button', { name: 'Change your picture' })

async function drop(on: Element, dataTransfer: Partial<DataTransfer>): Promise<Event> {
  const event = new Event('drop', { bubbles: true, cancelable: true })
  Object.assign(event, { dataTransfer })
  on.dispatchEvent(event)
  await tick()
  return event
}

/** seen loads the picture that is held, as the web view would. */
async function seen(width: number, height: number): Promise<HTMLElement> {
  const area = await screen.findByRole('application')
  const picture = area.querySelector('img') as HTMLImageElement
  Object.defineProperties(picture, { naturalWidth: { value: width }, naturalHeight: { value: height } })
  await fireEvent.load(picture)
  return area
}

test('names are saved, with all that people write in them', async () => {
  await type('First name', 'Maia 🦊')
  await type('Last name', 'الفنانة')
  expect(bar()?.textContent).toBe('2 changes not saved')
  await save()
  await vi.waitFor(() => expect(backend.called('Account.Save')).toEqual([[{ firstName: 'Maia 🦊', lastName: 'الفنانة' }]]))
  expect(backend.called('Account.SetEmail')).toEqual([])
  expect(field('Last name').dir).toBe('auto')
})

test('the username is shown, with who can change it', () => {
  expect(field('User name').value).toBe('maya')
  expect(field('User name').readOnly).toBe(true)
  expect(screen.getByText('Only an administrator of the workspace changes it')).toBeTruthy()
})

test('a name that is too long says so where it is, and the rest is saved', async () => {
  await type('First name', 'a'.repeat(300))
  await type('Last name', 'Lind')
  backend.failOnce('Account.Save', { code: 'invalid', reason: 'name_too_long', field: 'first_name' })
  await save()
  await vi.waitFor(() => expect(document.activeElement).toBe(field('First name')))
  expect(screen.getByRole('alert').textContent).toBe('A name has at most 255 characters.')
  expect(field('First name').value, 'nothing typed is lost').toHaveLength(300)
  expect(backend.called('Account.Save').at(-1)).toEqual([{ lastName: 'Lind' }])
})

test('an address that somebody else has is refused, and the names are saved', async () => {
  await type('First name', 'Maia')
  await type('E-mail', 'tomas@aurora.example')
  backend.failOnce('Account.SetEmail', { code: 'conflict', reason: 'email_taken', field: 'email' })
  await save()
  await vi.waitFor(() => expect(document.activeElement).toBe(field('E-mail')))
  expect(screen.getByRole('alert').textContent).toBe('Somebody else in this workspace has this address.')
  expect(backend.called('Account.Save')).toEqual([[{ firstName: 'Maia' }]])
  expect(bar()?.textContent).toBe('1 change not saved')
})

test('an address asks for the password where the server does, and goes on then', async () => {
  await type('E-mail', 'maia@aurora.example')
  backend.failOnce('Account.SetEmail', { code: 'forbidden', reason: 'confirmation_required' })
  await save()
  await vi.waitFor(() => expect(confirmation.asking).toBe(true))
  await confirmation.give('secret', '')
  await vi.waitFor(() => expect(bar()).toBeNull())
  expect(backend.called('Account.SetEmail')).toEqual([['maia@aurora.example'], ['maia@aurora.example']])
  expect(field('E-mail').value).toBe('maia@aurora.example')
})

test('offline the names are kept and the address says what it needs', async () => {
  await type('First name', 'Maia')
  await type('E-mail', 'maia@aurora.example')
  backend.fail('Account.SetEmail', { code: 'offline', reason: 'unreachable', field: 'address' })
  await save()
  await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toBe('This needs the workspace, which cannot be reached now.'))
  expect(backend.called('Account.Save')).toEqual([[{ firstName: 'Maia' }]])
})

test('a name that the server refuses later is given back', async () => {
  await type('First name', 'Maia')
  await save()
  await vi.waitFor(() => expect(bar()).toBeNull())
  backend.emit({ account: backend.account, problem: { code: 'invalid', reason: 'name_invalid', field: 'first_name', message: '' } } as Update)
  await tick()
  expect(screen.getByText('A name is one line of readable characters.')).toBeTruthy()
})

test('a file dropped on the picture is cropped, and everybody sees the new one at once', async () => {
  const event = await drop(face(), { files: [file()] as unknown as FileList, types: ['Files'] })
  expect(event.defaultPrevented).toBe(true)
  const area = await seen(600, 400)
  expect(document.activeElement).toBe(area)
  await fireEvent.keyDown(area, { key: 'ArrowRight', shiftKey: true })
  await fireEvent.keyDown(area, { key: '+' })
  await fireEvent.keyDown(area, { key: 'Enter' })
  await vi.waitFor(() => expect(screen.queryByRole('application')).toBeNull())
  const [name, square] = backend.called('Account.SetPicture')[0] as [string, { left: number; top: number; edge: number }]
  expect(name).toBe('held-1')
  expect(square.edge).toBeCloseTo(1 / 1.1)
  expect(square.left).toBeGreaterThan(1 / 3)
  expect(notice.current?.text).toBe('Picture changed')
  expect(session.account?.user.thumbnailId).toBe('new-picture')
  expect(inbox.rows[0]?.actor.thumbnailId, 'in lists, too').toBe('new-picture')
})

test('a file that the shell says was dropped on the picture is taken, and on nothing else', async () => {
  const under = vi.fn<() => Element | null>(() => document.body)
  document.elementFromPoint = under
  apply({ dropped: { x: 3, y: 4 } } as Update)
  under.mockReturnValue(face().firstElementChild)
  apply({ dropped: { x: 30, y: 40 } } as Update)
  await screen.findByRole('application')
  expect(under).toHaveBeenCalledWith(30, 40)
  expect(backend.called('Account.TakeDropped')).toHaveLength(1)
})

test('a dialog chooses a file, and Escape forgets it', async () => {
  const chooser = document.querySelector('input[type=file]') as HTMLInputElement
  const opened = vi.spyOn(chooser, 'click').mockImplementation(() => undefined)
  await fireEvent.click(face())
  expect(opened).toHaveBeenCalled()
  Object.defineProperty(chooser, 'files', { value: [file()], configurable: true })
  await fireEvent.change(chooser)
  await seen(64, 64)
  await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(screen.queryByRole('application')).toBeNull()
  expect(backend.called('Account.DropPicture')).toHaveLength(1)
  expect(backend.called('Account.SetPicture')).toEqual([])
})

test.each([
  ['no_picture', 'This is not a picture that Callboard can show. PNG, JPEG, WebP and GIF work, whatever the file is called.'],
  ['picture_too_large', 'This picture is too large. At most 64 megapixels and 64 MB work.'],
  ['picture_too_small', 'This picture is too small. It needs at least 32 pixels each way.'],
  ['picture_damaged', 'This picture is damaged, or its file ends too early.'],
])('a file that is none (%s) says so at the picture', async (reason, sentence) => {
  held = { status: 400, body: { code: 'invalid', reason, message: '' } }
  await drop(face(), { files: [file()] as unknown as FileList })
  expect((await screen.findByRole('alert')).textContent).toBe(sentence)
  expect(screen.queryByRole('application')).toBeNull()
})

test('a file that the web view cannot show after all says so', async () => {
  await drop(face(), { files: [file()] as unknown as FileList })
  const area = await screen.findByRole('application')
  await fireEvent.error(area.querySelector('img') as HTMLImageElement)
  expect((await screen.findByRole('alert')).textContent).toBe('This picture is damaged, or its file ends too early.')
  expect(screen.queryByRole('application')).toBeNull()
})

test('what the server refuses stands in the dialog, which stays', async () => {
  await drop(face(), { files: [file()] as unknown as FileList })
  await seen(64, 64)
  backend.failOnce('Account.SetPicture', { code: 'invalid', reason: 'picture_damaged' })
  await fireEvent.click(screen.getByRole('button', { name: 'Save picture' }))
  expect((await screen.findByRole('alert')).textContent).toBe('This picture is damaged, or its file ends too early.')
  await fireEvent.click(screen.getByRole('button', { name: 'Save picture' }))
  await vi.waitFor(() => expect(screen.queryByRole('application')).toBeNull())
})

test('how far it has come is shown, and cancel gives it up without a word', async () => {
  await drop(face(), { files: [file()] as unknown as FileList })
  await seen(64, 64)
  const release = backend.hold()
  await fireEvent.click(screen.getByRole('button', { name: 'Save picture' }))
  apply({ sending: { sent: 3, total: 4 } } as Update)
  await tick()
  expect(screen.getByRole('status').textContent).toBe('Sending: 75%')
  await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(backend.called('Account.DropPicture')).toHaveLength(1)
  release()
  await tick()
  expect(portrait.failure).toBeUndefined()
})

test('a picture is removed', async () => {
  apply({ session: { ...backend.snapshot.session, account: { ...session.account, user: { ...maya, thumbnailId: 'old' } } } } as Update)
  await tick()
  await fireEvent.click(screen.getByRole('button', { name: 'Remove picture' }))
  await vi.waitFor(() => expect(session.account?.user.thumbnailId).toBeUndefined())
  expect(screen.queryByRole('button', { name: 'Remove picture' })).toBeNull()
  expect(notice.current?.text).toBe('Picture removed')
})

test('offline a picture says what it needs', async () => {
  apply({ connection: { online: false, syncing: false, waiting: 0 } } as Update)
  expect(connection.offline).toBe(true)
  await drop(face(), { files: [file()] as unknown as FileList })
  expect(screen.getByRole('alert').textContent).toBe('This needs the workspace, which cannot be reached now.')
  expect(fetch).not.toHaveBeenCalled()
})
