import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { route } from './route.svelte'

let stop: () => void
const gone = vi.spyOn(history, 'go')

beforeEach(() => {
  gone.mockReset()
  stop = route.start()
  route.become('inbox')
})

afterEach(() => stop())

/** stepped is the window's own step through the history: the address first, then the event. */
async function stepped(path: string, at: number | undefined): Promise<void> {
  window.location.hash = `#/${path}`
  window.dispatchEvent(new PopStateEvent('popstate', { state: at === undefined ? null : { at } }))
  await Promise.resolve()
}

const at = () => (history.state as { at: number }).at

test('going somewhere is a step, with an address of its own', async () => {
  const before = at()
  expect(await route.go('account/preferences')).toBe(true)
  expect(route.path).toBe('account/preferences')
  expect(window.location.hash).toBe('#/account/preferences')
  expect(at()).toBe(before + 1)
  await route.go('account/preferences')
  expect(at()).toBe(before + 1)
})

test('back and forward follow the address', async () => {
  const before = at()
  await route.go('account/preferences')
  await stepped('inbox', before)
  expect(route.path).toBe('inbox')
  await stepped('account/preferences', before + 1)
  expect(route.path).toBe('account/preferences')
})

test('an address without a position is a step forward', async () => {
  const before = at()
  await stepped('tasks', undefined)
  expect(route.path).toBe('tasks')
  expect(at()).toBe(before + 1)
})

test('what holds the page is asked, and decides', async () => {
  let leave = false
  const ask = vi.fn(() => Promise.resolve(leave))
  const release = route.hold({ against: (path) => path !== 'inbox/one', ask })
  expect(await route.go('inbox/one')).toBe(true)
  expect(ask).not.toHaveBeenCalled()
  expect(await route.go('tasks')).toBe(false)
  expect(route.path).toBe('inbox/one')
  leave = true
  expect(await route.go('tasks')).toBe(true)
  release()
  expect(await route.go('inbox')).toBe(true)
  expect(ask).toHaveBeenCalledTimes(2)
})

test('going back from a held page restores the address until the person decided', async () => {
  const before = at()
  await route.go('account/preferences')
  let decide: (leave: boolean) => void = () => undefined
  const release = route.hold({ against: () => true, ask: () => new Promise((decided) => (decide = decided)) })
  await stepped('inbox', before)
  expect(route.path).toBe('account/preferences')
  expect(gone).toHaveBeenLastCalledWith(1)
  await stepped('account/preferences', before + 1)
  expect(await route.go('tasks'), 'one question at a time').toBe(false)
  decide(true)
  await vi.waitFor(() => expect(gone).toHaveBeenLastCalledWith(-1))
  await stepped('inbox', before)
  expect(route.path).toBe('inbox')
  release()
})
