import { readFileSync } from 'node:fs'

import { cleanup, fireEvent, render, screen } from '@testing-library/svelte'
import { tick } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { AuditLine, Update } from '../../backend/model'
import { confirmation } from '../../stores/confirmation.svelte'
import { forgetDrafts } from '../../stores/draft.svelte'
import { notice } from '../../stores/notice.svelte'
import { route } from '../../stores/route.svelte'
import { apply } from '../../stores/subscriptions'
import { accountState } from '../../testing/account'
import { signedIn } from '../../testing/builders'
import { FakeBackend } from '../../testing/fake-backend'
import { auditLine } from '../../testing/studio'
import { auditGroups, auditSentence, sentences } from '../../text/audit'
import { shown } from '../pages'
import Audit from './Audit.svelte'
import People from './People.svelte'
import Policy from './Policy.svelte'

let backend: FakeBackend

beforeEach(() => {
  const account = accountState({ able: { preferences: true, administrator: true, notificationMail: true } })
  backend = new FakeBackend(signedIn([], { account } as Partial<Update>)).install()
  forgetDrafts()
  notice.dismiss()
  apply(backend.snapshot)
  return backend.follow(apply)
})

afterEach(cleanup)

const button = (name: string) => screen.getByRole('button', { name })
const press = (name: string) => fireEvent.click(button(name))
const changes = () => backend.called('Administration.ChangeAccountOf').map(([, change]) => change)

async function people(path = 'administration/people'): Promise<void> {
  route.become(path)
  render(People)
  await vi.waitFor(() => expect(screen.queryByText('Loading')).toBeNull())
}

test('only administrators see the pages of Administration', () => {
  expect(shown('administration').map(({ path }) => path)).toEqual(['administration/defaults', 'administration/people', 'administration/security', 'administration/audit'])
  apply({ account: accountState() } as Update)
  expect(shown('administration')).toEqual([])
})

test('people are found by the server, a part at a time', async () => {
  backend.pageSize = 4
  await people()
  expect(screen.getAllByRole('listitem')).toHaveLength(4)
  await press('Show more')
  await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(7))
  await fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'ken' } })
  await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1))
  await fireEvent.change(screen.getByLabelText('Which people are listed'), { target: { value: 'deactivated' } })
  await vi.waitFor(() => expect(screen.getByText('Nobody matches. Try another name or filter.')).toBeTruthy())
})

test('whoever is invited gets the least role, and a refused field keeps what was typed', async () => {
  await people()
  await press('Invite')
  await vi.waitFor(() => expect((screen.getByLabelText('Role') as HTMLSelectElement).value).toBe('user'))
  const type = (name: string, value: string) => fireEvent.input(screen.getByLabelText(name), { target: { value } })
  await type('Username', 'nora')
  await type('E-mail', 'nora@aurora.example')
  backend.failOnce('Administration.Invite', { code: 'conflict', reason: 'username_taken', field: 'username' })
  await fireEvent.submit(document.querySelector('dialog form') as HTMLFormElement)
  await vi.waitFor(() => expect(screen.getByRole('alert').textContent).toBe('Somebody else signs in with this name.'))
  await type('Username', 'nora.b')
  await fireEvent.submit(document.querySelector('dialog form') as HTMLFormElement)
  await vi.waitFor(() => expect(notice.current?.text).toBe('Invitation sent to nora@aurora.example'))
  expect(backend.called('Administration.Invite').at(-1)).toEqual([
    { username: 'nora.b', firstName: '', lastName: '', email: 'nora@aurora.example', role: 'user', groups: [] },
  ])
  expect(route.path).toBe('administration/people/nora.b')
})

test('deactivating asks first, and activating does not', async () => {
  await people('administration/people/kenji-ito')
  await press('Deactivate')
  expect(changes()).toEqual([])
  expect(document.querySelector('dialog')?.textContent).toContain('API keys stop working')
  await fireEvent.click(document.querySelectorAll<HTMLElement>('dialog button')[1] as HTMLElement)
  await vi.waitFor(() => expect(button('Activate')).toBeTruthy())
  await press('Activate')
  await vi.waitFor(() => expect(changes()).toEqual([{ active: false }, { active: true }]))
})

test('roles and groups are given and taken one by one, and what is refused is said', async () => {
  await people('administration/people/kenji-ito')
  await press('Remove from Lighting')
  await vi.waitFor(() => expect(screen.queryByText('Lighting')).toBeNull())
  await press('Add a role')
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Project Manager' }))
  await vi.waitFor(() => expect(button('Take away Project Manager')).toBeTruthy())
  expect(changes()).toEqual([{ leave: ['kenji-Lighting'] }, { giveRoles: ['project-manager'] }])
  backend.failOnce('Administration.ChangeAccountOf', { code: 'conflict', reason: 'last_administrator' })
  await press('Take away User')
  await vi.waitFor(() => expect(notice.current?.text).toBe('The workspace needs an active administrator. Make somebody else one first.'))
  expect(button('Take away User')).toBeTruthy()
})

test('one’s own account is not deactivated here, and one’s own role is asked about', async () => {
  await people('administration/people/maya-chen')
  expect(screen.queryByRole('button', { name: 'Deactivate' })).toBeNull()
  await press('Take away Administrator')
  expect(changes()).toEqual([])
  expect(document.querySelector('dialog h2')?.textContent).toBe('Take Administrator away from yourself?')
})

test('resetting a second factor has one confirm who one is', async () => {
  await people('administration/people/aiko-mori')
  await press('Reset second factor')
  backend.failOnce('Administration.ResetSecondFactor', { code: 'forbidden', reason: 'confirmation_required' })
  await fireEvent.click(document.querySelectorAll<HTMLElement>('dialog button')[1] as HTMLElement)
  await vi.waitFor(() => expect(confirmation.asking).toBe(true))
  await confirmation.give('a password', '')
  await vi.waitFor(() => expect(notice.current?.text).toBe('Second factor reset: Aiko Mori'))
})

test('every kind of the audit has its sentence, and is looked for in one group', () => {
  const go = readFileSync('../backend/domain/audit.go', 'utf8')
  const all = [...go.matchAll(/Audit\w+ +Audited = "(\w+)"/g)].map((found) => found[1]).sort()
  expect(all.length).toBeGreaterThan(20)
  expect(Object.keys(sentences).sort()).toEqual(all)
  expect(auditGroups.flatMap(({ what }) => what).sort()).toEqual(all)
  for (const what of all as string[]) {
    for (const outcome of ['ok', 'refused'] as AuditLine['outcome'][]) {
      const said = auditSentence(auditLine({ what, outcome, detail: { from: 'one', to: 'two', role: 'User', group: 'Lighting', name: 'edition' } }))
      expect(said, what).not.toMatch(/undefined|null|\{|_/)
    }
  }
})

test('the audit is read a part at a time, filtered, and an entry opens', async () => {
  backend.pageSize = 5
  render(Audit)
  await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(5))
  await press('Show more')
  await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(8))
  await fireEvent.click(screen.getByRole('button', { name: /ines deactivated tomas/ }))
  expect(screen.getByText('10.0.4.17')).toBeTruthy()
  await fireEvent.change(screen.getByLabelText('Outcome'), { target: { value: 'refused' } })
  await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(2))
})

test('the policy is saved by the bar, and the standard edition does not switch it on again', async () => {
  backend.policy = { ...backend.policy, enforced: true, edition: 'standard' }
  render(Policy)
  const on = await screen.findByRole('switch')
  expect(screen.getByText(/you can switch this off, but not on again/)).toBeTruthy()
  expect(screen.getByText('3 people')).toBeTruthy()
  await fireEvent.click(on)
  await press('Save')
  await vi.waitFor(() => expect(backend.called('Administration.Enforce')).toEqual([[false]]))
  await tick()
  await vi.waitFor(() => expect((screen.getByRole('switch') as HTMLInputElement).disabled).toBe(true))
})
