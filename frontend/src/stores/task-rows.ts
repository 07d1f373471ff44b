// Pure rules over tasks: which belong under a view, in which order, and in which group they stand.
import type { Status, Task, TaskList } from '../backend/model'
import { daysLeft } from '../text/due'

export type Stage = 'open' | 'done' | 'all'
export type Grouping = 'due' | 'project'
export type Sorting = 'due' | 'status' | 'name' | 'priority'

/** TaskView is what the person chose to see. '' is any. */
export interface TaskView {
  stage: Stage
  text: string
  status: string
  project: string
  grouping: Grouping
  sorting: Sorting
}

/** The groups by due date, in their order. */
export const spans = ['late', 'today', 'tomorrow', 'week', 'later', 'undated', 'done'] as const
export type Span = (typeof spans)[number]

export const isDone = (task: Task) => task.status.state === 'done'

/** spanOf is the group by due date in which a task stands. One in kept stays where it was before it was done. */
export function spanOf(task: Task, now: Date, kept?: ReadonlySet<string>): Span {
  if (isDone(task) && !kept?.has(task.id)) return 'done'
  if (!task.due) return 'undated'
  const left = daysLeft(task.due, now)
  if (left < 0) return 'late'
  if (left < 2) return left === 0 ? 'today' : 'tomorrow'
  return left < 7 ? 'week' : 'later'
}

/** matches says whether a task is to be seen. Those in kept stay, whatever became of them. */
export function matches(task: Task, view: TaskView, kept: ReadonlySet<string> = new Set()): boolean {
  if (view.project && task.project !== view.project) return false
  if (!found(task, view.text)) return false
  if (kept.has(task.id)) return true
  if (view.status && task.status.id !== view.status) return false
  return view.stage === 'all' || (view.stage === 'done') === isDone(task)
}

/** found says whether every word that was typed is somewhere in what a row shows. */
function found(task: Task, text: string): boolean {
  const wanted = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (!wanted.length) return true
  const shown = [...(task.path ?? []), task.type, task.status.name, task.priority ?? '', ...(task.groups ?? [])]
  const all = shown.join(' ').toLocaleLowerCase()
  return wanted.every((word) => all.includes(word))
}

// Kept, because making one for each pair of five hundred names takes longer than all the rest.
const collator = new Intl.Collator(undefined, { numeric: true })
const byText = (a: string, b: string) => collator.compare(a, b)
const pathOf = (task: Task) => (task.path ?? []).join(' / ')
const dueOf = (task: Task) => (task.due ? Date.parse(task.due) : Number.MAX_SAFE_INTEGER)

/** inOrder sorts tasks as the person chose; those that are equal so by their due date, urgency and path. */
export function inOrder(tasks: Task[], sorting: Sorting, list: TaskList): Task[] {
  const steps = new Map<string, number>()
  for (const statuses of Object.values(list.workflows ?? {})) statuses.forEach((status, step) => steps.set(status.id, step))
  const keyed = tasks.map((task) => ({ task, due: dueOf(task), step: steps.get(task.status.id) ?? 0, path: pathOf(task) }))
  type Keyed = (typeof keyed)[number]
  const by: Record<Sorting, (a: Keyed, b: Keyed) => number> = {
    due: (a, b) => a.due - b.due,
    status: (a, b) => a.step - b.step,
    name: (a, b) => byText(a.path, b.path),
    priority: (a, b) => a.task.urgency - b.task.urgency,
  }
  const rules = [by[sorting], by.due, by.priority, by.name]
  return keyed.sort((a, b) => rules.reduce((order, rule) => order || rule(a, b), 0)).map(({ task }) => task)
}

export interface Group {
  key: string
  /** The project's name; by due date the span says which it is. */
  name: string
  span?: Span
  tasks: Task[]
}

/** grouped puts tasks, which are in order, into their groups. */
export function grouped(tasks: Task[], grouping: Grouping, now: Date, kept?: ReadonlySet<string>): Group[] {
  const groups = new Map<string, Group>()
  for (const task of tasks) {
    const span = grouping === 'due' ? spanOf(task, now, kept) : undefined
    const name = task.path?.[0] ?? ''
    const key = span ?? task.project
    const group: Group = groups.get(key) ?? (span ? { key, name, span, tasks: [] } : { key, name, tasks: [] })
    group.tasks.push(task)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => (a.span && b.span ? spans.indexOf(a.span) - spans.indexOf(b.span) : byText(a.name, b.name)))
}

/** statusesOf are the statuses that some of the tasks have, in the order of their workflows. */
export function statusesOf(list: TaskList): Status[] {
  const all = new Map<string, Status>()
  for (const status of Object.values(list.workflows ?? {}).flat()) all.set(status.id, status)
  const used = new Set((list.tasks ?? []).map((task) => task.status.id))
  return [...all.values()].filter((status) => used.has(status.id))
}

/** projectsOf are the projects of the tasks, by name. */
export function projectsOf(list: TaskList): { id: string; name: string }[] {
  const all = new Map((list.tasks ?? []).map((task) => [task.project, task.path?.[0] ?? '']))
  return [...all].map(([id, name]) => ({ id, name })).sort((a, b) => byText(a.name, b.name))
}
