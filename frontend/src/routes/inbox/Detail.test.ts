import { cleanup, render, screen } from '@testing-library/svelte'
import { afterEach, expect, test } from 'vitest'

import { reading } from '../../stores/reading.svelte'
import { note, notification, signedIn, thread } from '../../testing/builders'
import { FakeBackend } from '../../testing/fake-backend'
import { apply } from '../../stores/subscriptions'
import Detail from './Detail.svelte'

afterEach(() => {
  cleanup()
  reading.close()
})

const nothing = () => undefined

async function show(text: string): Promise<HTMLElement> {
  const row = notification({ id: 'one', subject: { path: [], text } })
  const backend = new FakeBackend(signedIn([row])).install()
  backend.threads.set('one', thread('note-one', note({ id: 'note-one', text, recipients: ['Maya Chen', 'Lighting'], frame: 1043 })))
  apply(backend.snapshot)
  await reading.open(row)
  return render(Detail, { row, back: false, onback: nothing, onact: nothing, onmenu: nothing }).container
}

test('what a person wrote is text: no markup, no links', async () => {
  const container = await show('<b>bold</b> <img src=x onerror="alert(1)"> https://example.com')
  expect(container.querySelector('article b, article img, a')).toBeNull()
  expect(container.textContent).toContain('<b>bold</b> <img src=x onerror="alert(1)"> https://example.com')
})

test('a note says to whom it went and at which frame', async () => {
  const container = await show('Hold it.')
  expect(container.textContent).toContain('to you and Lighting')
  expect(container.textContent).toContain('frame 1043')
})

test('the reasons are told', async () => {
  await show('Hold it.')
  expect(screen.getByText('You hear of this because you are assigned to this task.')).toBeTruthy()
})
