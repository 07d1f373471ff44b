import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'

import { enrolment } from '../../stores/enrolment.svelte'
import { signedOut } from '../../testing/builders'
import { FakeBackend } from '../../testing/fake-backend'
import SignInForm from './SignInForm.svelte'

afterEach(cleanup)

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label)

async function fill(): Promise<void> {
  for (const [label, value] of [['Address', 'callboard.aurora.example'], ['User name', 'maya'], ['Password', 'secret words']]) {
    await fireEvent.input(field(label ?? ''), { target: { value } })
  }
}

async function send(): Promise<void> {
  await fireEvent.submit(screen.getByRole('button', { name: 'Sign in' }).closest('form') as HTMLFormElement)
  await new Promise((done) => setTimeout(done))
}

function form(): FakeBackend {
  const backend = new FakeBackend(signedOut()).install()
  render(SignInForm, { busy: false, disabled: false })
  return backend
}

test('an empty field is named and nothing is sent', async () => {
  const backend = form()
  await send()
  expect(field('Address').getAttribute('aria-invalid')).toBe('true')
  expect(backend.called('Session.SignIn')).toHaveLength(0)
})

test('a wrong password is told beside its field, and what was typed survives', async () => {
  const backend = form()
  backend.fail('Session.SignIn', { code: 'unauthorized', reason: 'invalid_credentials' })
  await fill()
  await send()
  expect(screen.getByRole('alert').textContent).toBe('Wrong name or password.')
  expect(field('Password').getAttribute('aria-invalid')).toBe('true')
  expect([field('Address').value, field('User name').value, field('Password').value]).toEqual([
    'callboard.aurora.example',
    'maya',
    'secret words',
  ])
})

test('the code field comes only when the server asks for it, and is sent without its spaces', async () => {
  const backend = form()
  expect(screen.queryByLabelText('Code')).toBeNull()
  backend.fail('Session.SignIn', { code: 'unauthorized', reason: 'second_factor_required' })
  await fill()
  await send()
  expect(screen.queryByRole('alert')).toBeNull()
  await fireEvent.input(field('Code'), { target: { value: '419 302' } })
  backend.fail('Session.SignIn')
  await send()
  expect(backend.called('Session.SignIn').at(-1)).toEqual([
    { address: 'callboard.aurora.example', username: 'maya', password: 'secret words', code: '419302', insecure: false, caFile: '' },
  ])
})

test('too many tries are told under the form', async () => {
  const backend = form()
  backend.fail('Session.SignIn', { code: 'throttled' })
  await fill()
  await send()
  expect(screen.getByRole('alert').textContent).toContain('Too many tries')
})

test('while the code is asked for nothing else is, and one can go back to what was typed', async () => {
  const backend = form()
  backend.fail('Session.SignIn', { code: 'unauthorized', reason: 'second_factor_required', field: 'code' })
  await fill()
  await send()
  expect(screen.queryByLabelText('Password')).toBeNull()
  backend.fail('Session.SignIn', { code: 'unauthorized', reason: 'clock_skew', field: 'code' })
  await fireEvent.input(field('Code'), { target: { value: '419302' } })
  await send()
  expect(screen.getByRole('alert').textContent).toContain('clock')
  await fireEvent.input(field('Code'), { target: { value: '7K3M-9QXZ-4TRB' } })
  backend.fail('Session.SignIn')
  await send()
  expect(backend.called('Session.SignIn').at(-1)?.[0]).toMatchObject({ code: '7K3M-9QXZ-4TRB', password: 'secret words' })
  await fireEvent.click(screen.getByRole('button', { name: 'Back' }))
  expect(field('Password').value).toBe('secret words')
})

test('who must have a second factor first sets it up on the way in', async () => {
  const backend = form()
  backend.fail('Session.SignIn', { code: 'forbidden', reason: 'enrolment_required' })
  await fill()
  await send()
  expect([enrolment.open, enrolment.entering]).toEqual([true, true])
  await enrolment.close()
  expect(backend.called('Security.GiveUpEnrolment')).toHaveLength(1)
  expect(field('Password').value).toBe('secret words')
})

test('without encryption one signs in only where one insists, to that address alone', async () => {
  const backend = form()
  backend.failOnce('Session.SignIn', { code: 'invalid', reason: 'insecure', field: 'address' })
  await fill()
  await send()
  expect(screen.getByText(/others on the network can read/)).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Use this address without encryption' }))
  await new Promise((done) => setTimeout(done))
  expect(backend.called('Session.SignIn').map(([entered]) => (entered as { insecure: boolean }).insecure)).toEqual([false, true])
  await fireEvent.input(field('Address'), { target: { value: 'http://elsewhere.example' } })
  await send()
  expect(backend.called('Session.SignIn').at(-1)?.[0]).toMatchObject({ insecure: false })
})

test('a certificate that is not trusted can be, by a file, which is named', async () => {
  const backend = form()
  backend.failOnce('Session.SignIn', { code: 'offline', reason: 'tls', field: 'address' })
  await fill()
  await send()
  await fireEvent.click(screen.getByRole('button', { name: 'Trust a certificate file…' }))
  await new Promise((done) => setTimeout(done))
  expect(backend.called('Session.SignIn').at(-1)?.[0]).toMatchObject({ caFile: '/etc/studio/root.pem' })
  expect(screen.getByText('Trusted for this workspace: root.pem')).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Trust it no longer' }))
  expect(screen.queryByText(/root\.pem/)).toBeNull()
})

test('a forgotten password is asked for by name or address, and the answer tells nothing', async () => {
  const backend = form()
  await fill()
  await fireEvent.click(screen.getByRole('button', { name: 'Forgot your password?' }))
  await fireEvent.input(field('User name or e-mail address'), { target: { value: 'maya@aurora.example' } })
  await fireEvent.submit(screen.getByRole('button', { name: 'Request' }).closest('form') as HTMLFormElement)
  await new Promise((done) => setTimeout(done))
  expect(backend.called('Session.Forgot')).toEqual([
    [{ address: 'callboard.aurora.example', username: 'maya@aurora.example', password: '', code: '', insecure: false, caFile: '' }],
  ])
  expect(screen.getByRole('status').textContent).toContain('If an account is known')
  await fireEvent.click(screen.getByRole('button', { name: 'Back to sign-in' }))
  expect(field('Address').value).toBe('callboard.aurora.example')
})
