import { expect, test } from 'vitest'

import { asked, toAppError } from './errors'

const failure = { code: 'unauthorized', reason: 'invalid_credentials', field: 'password', message: 'no' }

test.each([
  ['a JSON string', JSON.stringify(failure)],
  ['a JSON string inside an Error, as Wails wraps it', new Error(JSON.stringify(failure))],
  ['an object, as an update carries it', failure],
])('%s becomes an error of ours', (_, thrown) => {
  expect(toAppError(thrown)).toEqual(failure)
})

test.each([['text', 'boom'], ['nothing', undefined], ['an array', '[1]'], ['a foreign object', '{"a":1}'], ['null', 'null']])(
  '%s is an internal error',
  (_, thrown) => {
    expect(toAppError(thrown).code).toBe('internal')
  },
)

test('a refused door throws an error of ours', async () => {
  await expect(asked(() => Promise.reject(new Error(JSON.stringify(failure))))).rejects.toEqual(failure)
})
