import { expect, test } from 'vitest'

import type { Task } from '../backend/model'
import { approved, due, hold, notStarted, progress, ready, task, taskList } from '../testing/production'
import { grouped, inOrder, matches, projectsOf, spanOf, statusesOf, type TaskView } from './task-rows'

const view: TaskView = { stage: 'open', text: '', status: '', project: '', grouping: 'due', sorting: 'due' }
const seen = (part: Partial<Task>, wanted: Partial<TaskView>, kept?: Set<string>) => matches(task({ id: 'one', ...part }), { ...view, ...wanted }, kept)
const now = new Date()

test('open tasks show first; a task that was just done stays until the view is chosen again', () => {
  expect(seen({}, {})).toBe(true)
  expect(seen({ status: hold }, {})).toBe(true)
  expect(seen({ status: approved }, {})).toBe(false)
  expect(seen({ status: approved }, { stage: 'done' })).toBe(true)
  expect(seen({}, { stage: 'done' })).toBe(false)
  expect(seen({ status: approved }, { stage: 'all' })).toBe(true)
  expect(seen({ status: approved }, {}, new Set(['one']))).toBe(true)
  expect(spanOf(task({ id: 'one', status: approved, due: due(0) }), now, new Set(['one']))).toBe('today')
})

test('every word that is typed has to be somewhere in the row', () => {
  expect(seen({}, { text: 'SH0140 prog' })).toBe(true)
  expect(seen({}, { text: 'northern comp' })).toBe(true)
  expect(seen({ groups: ['Lighting'] }, { text: 'lighting' })).toBe(true)
  expect(seen({}, { text: 'sh0140 anim' })).toBe(false)
})

test('a status and a project narrow the list', () => {
  expect(seen({}, { status: progress.id })).toBe(true)
  expect(seen({}, { status: ready.id })).toBe(false)
  expect(seen({}, { project: 'northern-lights' })).toBe(true)
  expect(seen({}, { project: 'teaser' })).toBe(false)
})

test('tasks stand in groups from what is late to what has no date', () => {
  const days = [undefined, 30, 6, 1, 0, -1, 2]
  const tasks = [...days.map((days) => task({ due: days === undefined ? undefined : due(days) })), task({ status: approved, due: due(-9) })]
  const groups = grouped(inOrder(tasks, 'due', taskList(tasks)), 'due', now)
  expect(groups.map((group) => [group.span, group.tasks.length])).toEqual([
    ['late', 1], ['today', 1], ['tomorrow', 1], ['week', 2], ['later', 1], ['undated', 1], ['done', 1],
  ])
})

test('projects are groups by name', () => {
  const tasks = [task({ project: 'z', path: ['Zoo', 'a', 'b'] }), task({ project: 'a', path: ['Ark', 'a', 'b'] }), task({ project: 'z', path: ['Zoo', 'c', 'd'] })]
  expect(grouped(tasks, 'project', now).map((group) => [group.name, group.tasks.length])).toEqual([['Ark', 1], ['Zoo', 2]])
  expect(projectsOf(taskList(tasks))).toEqual([{ id: 'a', name: 'Ark' }, { id: 'z', name: 'Zoo' }])
})

test('the order is by date, by the workflow, by name or by urgency', () => {
  const one = task({ id: 'one', path: ['Film', 'sh9', 'comp'], status: progress, due: due(5), urgency: 4 })
  const two = task({ id: 'two', path: ['Film', 'sh10', 'comp'], status: notStarted, due: undefined, urgency: 0 })
  const three = task({ id: 'three', path: ['Film', 'sh10', 'anim'], status: ready, due: due(1), urgency: 4 })
  const tasks = [one, two, three]
  const order = (sorting: TaskView['sorting']) => inOrder(tasks, sorting, taskList(tasks)).map((task) => task.id)
  expect(order('due')).toEqual(['three', 'one', 'two'])
  expect(order('status')).toEqual(['two', 'three', 'one'])
  expect(order('name')).toEqual(['one', 'three', 'two']) // sh9 comes before sh10
  expect(order('priority')).toEqual(['two', 'three', 'one'])
})

test('only statuses that some task has are offered, in the order of the workflow', () => {
  expect(statusesOf(taskList([task({ status: approved }), task({ status: ready })])).map((status) => status.name)).toEqual(['Ready to start', 'Approved'])
})
