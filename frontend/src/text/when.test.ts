import { expect, test } from 'vitest'

import { clauses, exact, full, fuzzy, listed, midnights, weekdayOrDate } from './when'

const now = new Date(2026, 10, 23, 14, 30)
const before = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

test.each([
  [0.5, 'now', 'ahora'],
  [2, '2 min ago', 'hace 2 min'],
  [59, '59 min ago', 'hace 59 min'],
  [60, '1 hour ago', 'hace 1 hora'],
  [185, '3 hours ago', 'hace 3 horas'],
  [26 * 60, 'yesterday', 'ayer'],
  [3 * 24 * 60, '3 days ago', 'hace 3 días'],
  [-5, 'now', 'ahora'],
])('%s minutes ago reads as people say it', (minutes, en, es) => {
  expect(fuzzy('en', before(minutes), now)).toBe(en)
  expect(fuzzy('es', before(minutes), now)).toBe(es)
})

test('a week ago is a date, and another year says so', () => {
  expect(fuzzy('en', before(10 * 24 * 60), now)).toBe('Nov 13')
  expect(fuzzy('en', new Date(2025, 4, 2), now)).toBe('May 2, 2025')
})

test('exact is the time today and the date before', () => {
  expect(exact('es', before(30), now)).toBe('14:00')
  expect(exact('es', before(24 * 60), now)).toMatch(/22 nov.*14:30/)
})

test('days turn at midnight, not after 24 hours', () => {
  expect(midnights(new Date(2026, 10, 22, 23, 59), new Date(2026, 10, 23, 0, 1))).toBe(1)
  expect(midnights(new Date(2026, 10, 23, 0, 1), new Date(2026, 10, 23, 23, 59))).toBe(0)
})

test('an older day is named by its weekday, then by its date', () => {
  expect(weekdayOrDate('es', before(2 * 24 * 60), now)).toBe('Sábado')
  expect(weekdayOrDate('en', before(20 * 24 * 60), now)).toBe('Tuesday, November 3')
})

const moments = [0.5, 2, 59, 60, 185, 26 * 60, 2 * 24 * 60, 10 * 24 * 60]

test.each([
  ['zh', '刚刚', '2分钟前', '59分钟前', '1小时前', '3小时前', '昨天', '前天', '11月13日'],
  ['ja', 'たった今', '2分前', '59分前', '1時間前', '3時間前', '昨日', '一昨日', '11月13日'],
  ['ru', 'только что', '2 мин назад', '59 мин назад', '1 час назад', '3 часа назад', 'вчера', 'позавчера', '13 нояб.'],
  ['ko', '방금', '2분 전', '59분 전', '1시간 전', '3시간 전', '어제', '그저께', '11월 13일'],
])('%s tells ages as its people do', (locale, ...told) => {
  expect(moments.map((minutes) => fuzzy(locale, before(minutes), now))).toEqual(told)
})

test.each([
  ['zh', '14:30', '11月22日 14:30', '星期六', '11月3日星期二', '2026年11月23日星期一 14:30:00'],
  ['ja', '14:30', '11月22日 14:30', '土曜日', '11月3日(火)', '2026年11月23日月曜日 14:30:00'],
  ['ru', '14:30', '22 нояб., 14:30', 'Суббота', 'Вторник, 3 ноября', 'понедельник, 23 ноября 2026 г. в 14:30:00'],
  ['ko', '오후 2:30', '11월 22일 오후 2:30', '토요일', '11월 3일 화요일', '2026년 11월 23일 월요일 오후 2:30:00'],
])('%s writes dates as its people do', (locale, time, date, weekday, day, whole) => {
  const told = [exact(locale, now, now), exact(locale, before(24 * 60), now), weekdayOrDate(locale, before(2 * 24 * 60), now)]
  expect([...told, weekdayOrDate(locale, before(20 * 24 * 60), now), full(locale, now)]).toEqual([time, date, weekday, day, whole])
})

test('parts of a sentence are joined by no word that joins nouns alone', () => {
  expect(clauses('en', ['you wrote it', 'it is yours'])).toBe('you wrote it and it is yours')
  expect(clauses('ru', ['это ваша версия', 'это отправлено вам'])).toBe('это ваша версия и это отправлено вам')
  expect(clauses('zh', ['你负责此任务', '它发给了你'])).toBe('你负责此任务；它发给了你')
  expect(clauses('ja', ['このタスクの担当者', 'あなた宛て'])).toBe('このタスクの担当者、あなた宛て')
  expect(clauses('ko', ['이 태스크의 담당자', '나에게 보냄'])).toBe('이 태스크의 담당자, 나에게 보냄')
})

test('names are joined as the language does', () => {
  expect(listed('en', ['you', 'Lighting'])).toBe('you and Lighting')
  expect(listed('es', ['ti', 'Iluminación'])).toBe('ti e Iluminación')
})
