import { afterEach, expect, test } from 'vitest'

import { guardDrops } from './drops'

const root = document.createElement('div')
document.body.append(root)
guardDrops(root)

afterEach(() => root.replaceChildren())

/** dropped says whether the web view was kept from doing as it likes with what is dropped on a place. */
function dropped(markup: string, types: string[], kind = 'drop'): boolean {
  root.innerHTML = markup
  const event = new Event(kind, { bubbles: true, cancelable: true })
  Object.assign(event, { dataTransfer: { types, dropEffect: 'copy' } })
  root.querySelector('[data-here]')?.dispatchEvent(event)
  return event.defaultPrevented
}

test('a file dropped anywhere does nothing', () => {
  for (const kind of ['dragenter', 'dragover', 'drop']) {
    expect(dropped('<p data-here></p>', ['Files'], kind)).toBe(true)
    expect(dropped('<input data-here>', ['Files'], kind)).toBe(true)
  }
})

test('what takes files gets them', () => {
  expect(dropped('<button data-drop><img data-here></button>', ['Files'])).toBe(false)
})

test('a link or a picture of another page goes nowhere', () => {
  expect(dropped('<p data-here></p>', ['text/uri-list', 'text/html'])).toBe(true)
})

test('words may be dropped where one types', () => {
  expect(dropped('<input data-here>', ['text/plain'])).toBe(false)
  expect(dropped('<textarea data-here></textarea>', ['text/plain'])).toBe(false)
  expect(dropped('<input readonly data-here>', ['text/plain'])).toBe(true)
})
