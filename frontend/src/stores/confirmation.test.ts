import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { signedIn } from '../testing/builders'
import { FakeBackend } from '../testing/fake-backend'
import { confirmation, confirmed } from './confirmation.svelte'

let backend: FakeBackend
const refusal = { code: 'forbidden', reason: 'confirmation_required', field: '', message: '' }

beforeEach(() => {
  backend = new FakeBackend(signedIn([])).install()
})

afterEach(() => confirmation.giveUp())

test('what needs no confirmation asks for none', async () => {
  expect(await confirmed(() => Promise.resolve('done'))).toBe('done')
  expect(confirmation.asking).toBe(false)
})

test('what Go wants confirmed is tried again once it is', async () => {
  const action = vi.fn().mockRejectedValueOnce(refusal).mockResolvedValue('done')
  const done = confirmed(action)
  await vi.waitFor(() => expect(confirmation.asking).toBe(true))
  await confirmation.give('secret words', '')
  expect(await done).toBe('done')
  expect(backend.called('Security.Confirm')).toEqual([['secret words', '']])
  expect(confirmation.asking).toBe(false)
})

test('a wrong password leaves the question open', async () => {
  backend.failOnce('Security.Confirm', { code: 'unauthorized', reason: 'invalid_credentials', field: 'password' })
  const done = confirmed(vi.fn().mockRejectedValueOnce(refusal).mockResolvedValue('done'))
  await vi.waitFor(() => expect(confirmation.asking).toBe(true))
  await expect(confirmation.give('wrong', '')).rejects.toMatchObject({ reason: 'invalid_credentials' })
  expect(confirmation.asking).toBe(true)
  await confirmation.give('right', '')
  expect(await done).toBe('done')
})

test('who gives up gets the refusal, and nothing is tried again', async () => {
  const action = vi.fn().mockRejectedValue(refusal)
  const done = confirmed(action)
  await vi.waitFor(() => expect(confirmation.asking).toBe(true))
  confirmation.giveUp()
  await expect(done).rejects.toMatchObject({ reason: 'confirmation_required' })
  expect(action).toHaveBeenCalledTimes(1)
})
