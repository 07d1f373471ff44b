import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import type { Update } from '../../backend/model'
import { overview } from '../../stores/overview.svelte'
import { reading } from '../../stores/reading.svelte'
import { route } from '../../stores/route.svelte'
import { apply } from '../../stores/subscriptions'
import { tasks } from '../../stores/tasks.svelte'
import { notification, signedIn } from '../../testing/builders'
import { FakeBackend } from '../../testing/fake-backend'
import Overview from './Overview.svelte'

let backend: FakeBackend

beforeEach(() => {
  backend = new FakeBackend(signedIn([notification({ id: 'rim' })])).install()
  backend.follow(apply)
  apply(backend.snapshot)
  overview.clear()
  tasks.clear()
  route.become('overview')
})

afterEach(() => {
  cleanup()
  reading.close()
})

test('a project says how its tasks stand, as a table too', async () => {
  render(Overview)
  const table = await screen.findByRole('table', { name: 'Tasks of Northern Lights by status' })
  expect(within(table).getAllByRole('row').map((row) => [...row.children].map((cell) => cell.textContent?.trim()).join(' '))).toEqual([
    'Not started 7', 'Ready to start 14', 'In progress 22', 'Pending Review 12', 'Revise 9', 'Approved 13',
  ])
  expect(document.querySelectorAll('svg rect')).toHaveLength(9)
})

test('a project leads to one’s tasks in it', async () => {
  render(Overview)
  await fireEvent.click(await screen.findByRole('button', { name: '9 open tasks of yours' }))
  await vi.waitFor(() => expect(route.path).toBe('tasks'))
  expect(tasks.view.project).toBe('northern-lights')
})

test('what the inbox tells of leads there; the rest leads nowhere', async () => {
  render(Overview)
  const section = await screen.findByRole('region', { name: 'What happened' })
  const rows = within(section).getAllByRole('button')
  expect(rows).toHaveLength(1)
  await fireEvent.click(rows[0] as HTMLElement)
  await vi.waitFor(() => expect(reading.row?.id).toBe('rim'))
})

test('deadlines are said to be one’s own, and lead to the task', async () => {
  render(Overview)
  const section = await screen.findByRole('region', { name: 'Deadlines this week' })
  expect(within(section).getAllByText('Yours')).toHaveLength(3)
  expect(within(section).getByText('Screening of the first reel')).toBeTruthy()
  await fireEvent.click(within(section).getByRole('button', { name: 'sh0110 / anim' }))
  await vi.waitFor(() => expect(route.path).toBe('tasks'))
})

test('nothing there, and nothing read, say what to do next', async () => {
  backend.overview = { projects: [], happened: [], deadlines: [], people: [], fetchedAt: new Date().toISOString() }
  render(Overview)
  expect(await screen.findByText('No projects yet')).toBeTruthy()
  overview.clear()
  backend.emit({ overview: { problem: { code: 'internal', message: '' } } } as Update)
  expect(await screen.findByText('The overview could not be read')).toBeTruthy()
})

test('a fresher overview takes the place of the one kept here', async () => {
  render(Overview)
  await screen.findByText('Wei Qiao')
  backend.emit({ overview: { overview: { ...backend.overview, people: [] } } } as Update)
  expect(await screen.findByText('Nobody else is assigned where you are.')).toBeTruthy()
})
