// A person's tasks and projects, as a believable studio has them.
import type { Deadline, Happening, Overview, Person, Status, Task, TaskList } from '../backend/model'
import { path, person } from './builders'

const day = 24 * 60 * 60 * 1000

/** due is a day so many days from now, as the protocol says days. */
export function due(days: number): string {
  const at = new Date(Date.now() + days * day)
  return new Date(Date.UTC(at.getFullYear(), at.getMonth(), at.getDate())).toISOString()
}

const status = (id: string, name: string, color: string, state: Status['state']): Status => ({ id, name, color, state })

export const notStarted = status('not-started', 'Not started', '#cacaca', 'not-started')
export const ready = status('ready', 'Ready to start', '#8fb6c9', 'not-started')
export const progress = status('progress', 'In progress', '#3498db', 'in-progress')
export const review = status('review', 'Pending Review', '#f1c40f', 'in-progress')
export const revise = status('revise', 'Revise', '#e67e22', 'in-progress')
export const approved = status('approved', 'Approved', '#1cbc90', 'done')
export const hold = status('hold', 'On Hold', '#e74c3c', 'blocked')
export const workflow = [notStarted, ready, progress, review, revise, approved, hold]

let counter = 0

/** task is compositing in progress on sh0140, due in three days, but for what the test says otherwise. */
export function task(part: Partial<Task> = {}): Task {
  counter += 1
  return {
    id: `task-${counter}`,
    project: 'northern-lights',
    parent: 'sh0140',
    path: ['Northern Lights', 'sq020', 'sh0140', 'comp'],
    type: 'Compositing',
    status: progress,
    workflow: 'film',
    priority: 'None',
    urgency: 4,
    due: due(3),
    groups: [],
    ...part,
  }
}

export function taskList(tasks: Task[], part: Partial<TaskList> = {}): TaskList {
  return { tasks, workflows: { film: workflow }, me: ['maya-chen'], fetchedAt: new Date().toISOString(), ...part }
}

const film = 'Northern Lights'
const teaser = { project: 'teaser', path: ['Northern Lights Teaser', 'te', 'te0020', 'anim'], type: 'Animation' }
const anim = (shot: string, part: Partial<Task> = {}): Partial<Task> => ({
  path: [film, shot < 'sh0100' ? 'sq010' : 'sq020', shot, 'anim'],
  type: 'Animation',
  thumbnailId: shot,
  ...part,
})

/** work is a week of an animator. */
export function work(): Task[] {
  return [
    task(anim('sh0140', { id: 'late', status: revise, due: due(-3), priority: 'Urgent', urgency: 0, bid: 4 * 8 * 3600 })),
    task({ ...teaser, id: 'teaser', thumbnailId: 'te0020', status: progress, due: due(-1) }),
    task(anim('sh0110', { id: 'today', status: review, due: due(0), priority: 'High', urgency: 1 })),
    task(anim('sh0120', { status: progress, due: due(1), waiting: true })),
    task(anim('sh0030', { status: progress, due: due(3) })),
    task({ path: [film, 'Characters', 'mara', 'cycles'], type: 'Animation', thumbnailId: 'mara', status: ready, due: due(4) }),
    task(anim('sh0160', { id: 'group', path: [film, 'sq020', 'sh0160', 'cleanup'], status: ready, due: due(6), groups: ['Animation'] })),
    task(anim('sh0040', { status: notStarted, due: due(9) })),
    task(anim('sh0060', { status: hold, due: due(16), thumbnailId: 'broken' })),
    task(anim('sh0050', { status: notStarted, due: undefined, thumbnailId: undefined })),
    task(anim('sh0130', { id: 'approved', status: approved, due: due(-6) })),
  ]
}

/** crowd is very much work. */
export function crowd(count: number): Task[] {
  return Array.from({ length: count }, (_, i) =>
    task({
      id: `crowd-${i}`,
      path: [film, `sq${String(10 * (1 + (i % 25))).padStart(3, '0')}`, `sh${String(10 * i).padStart(4, '0')}`, i % 2 ? 'anim' : 'comp'],
      type: i % 2 ? 'Animation' : 'Compositing',
      status: workflow[i % 5] ?? progress,
      due: due((i % 40) - 4),
      thumbnailId: `p${i % 9}`,
    }),
  )
}

const tomas = person('Tomas Ríos')
const kenji = person('Kenji Ito')
const lena = person('Lena Brandt')
const aiko = person('Aiko Mori')
const wei = person('Wei Qiao', 'portrait-wei')
const hour = 60

function happening(kind: Happening['kind'], minutes: number, by: Person, part: Partial<Happening>): Happening {
  counter += 1
  return { id: `h${counter}`, kind, at: new Date(Date.now() - minutes * 60_000).toISOString(), by, project: 'northern-lights', path: path(film, 'sq020', 'sh0140', 'comp'), ...part }
}

function deadline(days: number, part: Partial<Deadline>): Deadline {
  counter += 1
  return { id: `d${counter}`, path: path(film, 'sq020', 'sh0140', 'comp'), type: 'Compositing', status: progress, due: due(days), who: [], mine: false, milestone: false, ...part }
}

/** overview is how that animator's projects stand. */
export function overview(): Overview {
  const shot = (name: string, craft: string) => path(film, name < 'sh0100' ? 'sq010' : 'sq020', name, craft)
  return {
    projects: [
      {
        id: 'northern-lights', name: film, thumbnailId: 'sh0140', ends: due(92), mine: 9, late: 1, manages: false,
        statuses: [notStarted, ready, progress, review, revise, approved].map((status, i) => ({ status, count: [7, 14, 22, 12, 9, 13][i] ?? 0 })),
      },
      {
        id: 'teaser', name: 'Northern Lights Teaser', thumbnailId: 'te0020', ends: due(19), mine: 2, late: 1, manages: true,
        statuses: [ready, progress, review].map((status, i) => ({ status, count: [2, 6, 4][i] ?? 0 })),
      },
    ],
    happened: [
      happening('note', 4, tomas, { item: 'rim', text: 'The rim light on her left shoulder pops at 1043. Can we hold the 1039 value through the turn?', picture: 'sh0140' }),
      happening('version', 31, kenji, { path: shot('sh0120', 'anim'), version: 14, text: 'Blocking pass with the new rig, feet still sliding at the end', picture: 'sh0120' }),
      happening('status', 2 * hour, tomas, { path: shot('sh0110', 'light'), from: progress, to: review, picture: 'sh0110' }),
      happening('version', 3 * hour, aiko, { path: shot('sh0150', 'comp'), version: 3, text: 'Second grade', picture: 'sh0150' }),
      happening('note', 26 * hour, lena, { path: shot('sh0030', 'light'), text: 'Fill is lifting the blacks in the water.', picture: 'sh0030' }),
      happening('status', 29 * hour, kenji, { path: path(film, 'Characters', 'mara', 'rig'), from: review, to: approved, picture: 'mara' }),
      happening('version', 50 * hour, wei, { path: path('Northern Lights Teaser', 'te', 'te0010', 'comp'), version: 1, text: 'For the client', picture: 'te0010' }),
    ],
    deadlines: [
      deadline(0, { path: shot('sh0110', 'anim'), mine: true, who: ['Maya Chen'], status: review }),
      deadline(0, { path: shot('sh0150', 'comp'), who: ['Aiko Mori'] }),
      deadline(1, { path: shot('sh0120', 'anim'), mine: true, who: ['Maya Chen'] }),
      deadline(3, { path: path(film, 'Screening of the first reel'), milestone: true, type: '', status: notStarted }),
      deadline(3, { path: shot('sh0030', 'anim'), mine: true, who: ['Maya Chen'] }),
      deadline(3, { path: shot('sh0030', 'fx'), who: ['Oskar Lindqvist', 'Effects'], status: ready }),
    ],
    people: [
      { person: wei, work: ['Compositing', 'Rotoscoping'], shared: 10 },
      { person: kenji, work: ['Layout', 'Rigging'], shared: 9 },
      { person: lena, work: ['Lighting'], shared: 6 },
      { person: aiko, work: ['Compositing'], shared: 5 },
    ],
    fetchedAt: new Date().toISOString(),
  }
}
