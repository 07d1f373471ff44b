import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'

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
