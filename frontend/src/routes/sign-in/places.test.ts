import { expect, test } from 'vitest'

import type { AppError } from '../../backend/errors'
import { placeOf, wantsCode } from './places'

const error = (part: Partial<AppError>): AppError => ({ code: 'internal', reason: '', field: '', message: '', ...part })

test.each<[string, Partial<AppError>, string]>([
  ['a server that is none', { code: 'invalid', reason: 'not_a_callboard_server' }, 'address'],
  ['an insecure connection', { code: 'offline', reason: 'tls' }, 'address'],
  ['a dead server', { code: 'offline' }, 'address'],
  ['a field named by Go', { code: 'invalid', field: 'username' }, 'username'],
  ['a wrong password', { code: 'unauthorized', reason: 'invalid_credentials' }, 'password'],
  ['a wanted code', { code: 'unauthorized', reason: 'second_factor_required' }, 'code'],
  ['too many tries', { code: 'throttled' }, 'form'],
  ['our own fault', { code: 'internal' }, 'form'],
])('%s is shown at its place', (_, part, place) => {
  expect(placeOf(error(part))).toBe(place)
})

test('only a wish for the second factor opens the code field', () => {
  expect(wantsCode(error({ reason: 'second_factor_required' }))).toBe(true)
  expect(wantsCode(error({ reason: 'invalid_credentials' }))).toBe(false)
})
