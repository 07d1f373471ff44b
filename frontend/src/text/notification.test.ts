import { afterEach, expect, test } from 'vitest'

import { notification, path } from '../testing/builders'
import { language } from './language.svelte'
import { above, because, happened, thing } from './notification'

afterEach(() => language.speak('en'))

test('a row leads with the end of its path', () => {
  expect(thing(notification())).toBe('sh0140 / comp')
  expect(above(notification())).toBe('Northern Lights / sq020')
  expect(thing(notification({ subject: { path: [] } }))).toBe('Message')
  expect(thing(notification({ subject: { path: path('Tide') } }))).toBe('Tide')
})

test('a subject without a path, as JSON from an older server may be, is a message', () => {
  expect(thing(notification({ subject: { path: undefined as never } }))).toBe('Message')
})

test('every kind says who did what, in the language in force', () => {
  const kinds = ['message', 'note', 'note_completed', 'client_review', 'assignment', 'unassignment', 'task_claimed']
  kinds.push('task_status', 'status', 'asset_status', 'version_assigned', 'version_supervised', 'version_dependent', 'new-kind')
  for (const locale of ['en', 'es']) {
    language.speak(locale)
    for (const kind of kinds) {
      expect(happened(notification({ kind } as never)), kind).toMatch(/^Tomas Ríos \S+/)
    }
  }
})

test('the reasons make one sentence, each once', () => {
  const reasons = [
    { kind: 'note', rule: 'assigned' },
    { kind: 'note', rule: 'group_recipient', name: 'Lighting' },
    { kind: 'message', rule: 'assigned' },
  ] as Parameters<typeof because>[1]
  expect(because('en', reasons)).toBe('You hear of this because you are assigned to this task and it was sent to your group Lighting.')
  language.speak('es')
  expect(because('es', reasons)).toBe('Recibes este aviso porque tienes asignada esta tarea y se envió a tu grupo Lighting.')
})

test('no reasons, no sentence; an unknown one is still worded', () => {
  expect(because('en', undefined)).toBe('')
  expect(because('en', [{ kind: 'note', rule: 'invented' }] as never)).toBe('You hear of this because it concerns your work.')
})

test('an assignment that ended is told as one that was', () => {
  expect(because('en', [{ kind: 'unassignment', rule: 'assigned' }] as never)).toContain('you were assigned')
})

test('every rule of the law is worded', () => {
  const rules = ['manages', 'assigned_below', 'task_follows', 'task_uses', 'review_creator', 'review_invited', 'group_review_invited']
  for (const rule of rules) {
    const why = because('en', [{ kind: 'status', rule, name: 'sq020' }] as never)
    expect(why).not.toContain('concerns your work')
  }
  expect(because('en', [{ kind: 'task_status', rule: 'manages', name: 'sq020' }] as never)).toBe('You hear of this because you manage sq020.')
})
