import { afterEach, expect, test } from 'vitest'

import { daysLeft, dueDay, dueText } from './due'
import { language } from './language.svelte'

const now = new Date(2026, 10, 24, 23, 30) // a Tuesday, late
const day = (date: number) => new Date(Date.UTC(2026, 10, date)).toISOString()
const said = (due: string, part: { relative?: boolean; done?: boolean; locale?: string } = {}) =>
  dueText(part.locale ?? 'en', due, now, part.relative ?? true, part.done)

afterEach(() => language.speak('en'))

test('midnight in UTC is that day everywhere, and another moment its day here', () => {
  expect(dueDay('2026-11-24T00:00:00Z')).toEqual(new Date(2026, 10, 24))
  expect(dueDay('2026-11-24T00:00:00.000Z')).toEqual(new Date(2026, 10, 24))
  expect(dueDay(new Date(2026, 10, 24, 17).toISOString())).toEqual(new Date(2026, 10, 24))
})

test('a task is late from the day after', () => {
  expect([22, 23, 24, 25].map((date) => daysLeft(day(date), now))).toEqual([-2, -1, 0, 1])
  expect(said(day(24))).toEqual({ text: 'Today', title: 'Due Tuesday, November 24, 2026' })
  expect(said(day(22)).late).toBe('2 days late')
  expect(said(day(23)).late).toBe('1 day late')
  expect(said(day(20), { done: true }).late).toBeUndefined()
})

test('near days go by their names, and by their dates where one wants exact ones', () => {
  expect([25, 27, 30].map((date) => said(day(date)).text)).toEqual(['Tomorrow', 'Friday', 'Monday'])
  expect(said(new Date(Date.UTC(2026, 11, 24)).toISOString()).text).toBe('Dec 24')
  expect(said(new Date(Date.UTC(2027, 0, 4)).toISOString()).text).toBe('Jan 4, 2027')
  expect(said(day(25), { relative: false }).text).toBe('Nov 25')
})

test('how late something is takes the form of its language', () => {
  language.speak('ru')
  expect([23, 22, 19].map((date) => said(day(date), { locale: 'ru' }).late)).toEqual([
    'просрочено на 1 день',
    'просрочено на 2 дня',
    'просрочено на 5 дней',
  ])
})
