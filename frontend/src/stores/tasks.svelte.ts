// My tasks: the list under its view, the cursor in it, the open task, and the statuses one gives. What a person does
// shows at once and is taken back, with a word, where it is refused.
import { toAppError, type AppError } from '../backend/errors'
import * as door from '../backend/tasks'
import type { Notification, Status, Task, TaskChange, TaskList } from '../backend/model'
import { errorText } from '../text/errors'
import { thingOf } from '../text/notification'
import { words } from '../text/words'
import { clock } from './clock.svelte'
import { notice } from './notice.svelte'
import { grouped, inOrder, isDone, matches, type Grouping, type Sorting, type TaskView } from './task-rows'

type Phase = 'loading' | 'ready' | 'failed'

const kept = 'callboard.tasks'
const nothing: TaskList = { tasks: [], workflows: {}, me: [] }
/** How long the unread notes are left alone while the inbox changes. */
const countRest = 150

class TasksStore {
  list = $state.raw<TaskList>(nothing)
  phase = $state<Phase>('loading')
  /** Why the last asking failed. */
  failure = $state.raw<AppError>()
  unread = $state.raw<Record<string, number>>({})
  view = $state.raw<TaskView>({ stage: 'open', text: '', status: '', project: '', ...chosenBefore() })
  /** The row that j and k move from; it has the focus when the list has. */
  cursor = $state<string>()
  opened = $state<string>()
  /** The notifications about the open task. */
  about = $state.raw<Notification[]>([])
  #kept = $state.raw<ReadonlySet<string>>(new Set())
  #undo: { task: string; status: Status } | undefined
  #asked = 0
  #counting: ReturnType<typeof setTimeout> | undefined

  groups = $derived.by(() => {
    const tasks = (this.list.tasks ?? []).filter((task) => matches(task, this.view, this.#kept))
    return grouped(inOrder(tasks, this.view.sorting, this.list), this.view.grouping, new Date(clock.now), this.#kept)
  })
  /** What shows, in its order. */
  shown = $derived(this.groups.flatMap((group) => group.tasks))
  open = $derived((this.list.tasks ?? []).filter((task) => !isDone(task)).length)
  task = $derived(this.opened ? this.find(this.opened) : undefined)

  find(id: string): Task | undefined {
    return this.list.tasks?.find((task) => task.id === id)
  }

  /** choices are the statuses that a task may be given. */
  choices(task: Task): Status[] {
    return this.list.workflows?.[task.workflow] ?? []
  }

  /** begin shows what is kept here and follows the server, until the returned function is called. */
  begin(): () => void {
    void door.follow('tasks').catch(() => undefined) // the list says how old it is
    void this.load()
    void this.#count()
    if (this.opened) void this.#look(this.opened)
    return () => void door.follow().catch(() => undefined)
  }

  /** load asks for the list. An answer that another question overtook is dropped. */
  async load(): Promise<void> {
    const asked = ++this.#asked
    if (this.phase === 'failed') this.phase = 'loading'
    this.failure = undefined
    try {
      const list = await door.list()
      if (asked === this.#asked) this.#show(list)
    } catch (thrown) {
      if (asked === this.#asked) this.#fail(toAppError(thrown))
    }
  }

  /** apply takes in what Go tells: the list as the server has it, single tasks, or why there is none. */
  apply(change: TaskChange): void {
    if (change.list) {
      this.failure = undefined
      this.#show(change.list)
    }
    if (change.changed?.length) {
      const changed = new Map(change.changed.map((task) => [task.id, task]))
      this.list = { ...this.list, tasks: (this.list.tasks ?? []).map((task) => changed.get(task.id) ?? task) }
    }
    if (change.problem) this.#fail(toAppError(change.problem))
  }

  /** inboxChanged counts the unread notes anew, once for many changes. */
  inboxChanged(): void {
    if (this.phase !== 'ready') return
    clearTimeout(this.#counting)
    this.#counting = setTimeout(() => {
      void this.#count()
      if (this.opened) void this.#look(this.opened)
    }, countRest)
  }

  /** clear forgets one person's tasks before another's come. */
  clear(): void {
    this.#asked++
    this.list = nothing
    this.phase = 'loading'
    this.failure = undefined
    this.unread = {}
    this.cursor = this.opened = undefined
    this.about = []
    this.#kept = new Set()
    this.#undo = undefined
    this.view = { ...this.view, stage: 'open', text: '', status: '', project: '' }
  }

  /** choose changes the view. What stayed from before goes where it belongs. */
  choose(part: Partial<TaskView>): void {
    this.view = { ...this.view, ...part }
    this.#kept = new Set()
    localStorage.setItem(kept, JSON.stringify({ grouping: this.view.grouping, sorting: this.view.sorting }))
  }

  /** show opens a task and what the inbox says about it. */
  async show(id: string): Promise<void> {
    if (this.opened !== id) this.about = []
    this.cursor = this.opened = id
    await this.#look(id)
  }

  close(): void {
    this.opened = undefined
    this.about = []
  }

  /** setStatus gives a task another status. It stays where it is seen until the view is chosen again. */
  async setStatus(task: Task, status: Status): Promise<void> {
    if (status.id === task.status.id) return
    this.#undo = { task: task.id, status: task.status }
    notice.show({ text: words.status_set({ thing: thingOf(task.path), status: status.name }), failed: false, undo: () => void this.undo() })
    await this.#set(task, status)
  }

  /** undo takes the last status back, once. */
  async undo(): Promise<void> {
    const undo = this.#undo
    const task = undo && this.find(undo.task)
    this.#undo = undefined
    if (!task) return
    notice.dismiss()
    await this.#set(task, undo.status)
  }

  async #set(task: Task, status: Status): Promise<void> {
    this.#kept = new Set([...this.#kept, task.id])
    this.apply({ changed: [{ ...task, status, waiting: true }] })
    try {
      await door.setStatus(task.id, status.id)
    } catch (thrown) {
      this.#undo = undefined
      this.apply({ changed: [task] })
      notice.show({ text: words.error_not_kept({ why: errorText(toAppError(thrown)) }), failed: true })
    }
  }

  #show(list: TaskList): void {
    this.list = list
    // What was never fetched is still on its way.
    if (list.fetchedAt) this.phase = 'ready'
  }

  #fail(failure: AppError): void {
    this.failure = failure
    if (!this.list.fetchedAt) this.phase = 'failed'
  }

  async #count(): Promise<void> {
    try {
      this.unread = await door.unreadNotes()
    } catch {
      // The numbers stay as they were; the list itself says what is wrong.
    }
  }

  async #look(id: string): Promise<void> {
    try {
      const about = await door.about(id)
      if (this.opened === id) this.about = about ?? []
    } catch {
      if (this.opened === id) this.about = []
    }
  }
}

/** chosenBefore is how the tasks were grouped and sorted on this computer the last time. */
function chosenBefore(): { grouping: Grouping; sorting: Sorting } {
  const chosen: { grouping: Grouping; sorting: Sorting } = { grouping: 'due', sorting: 'due' }
  try {
    const before = JSON.parse(localStorage.getItem(kept) ?? '{}') as Partial<typeof chosen>
    if (before.grouping === 'project') chosen.grouping = before.grouping
    if (before.sorting && ['due', 'status', 'name', 'priority'].includes(before.sorting)) chosen.sorting = before.sorting
  } catch {
    // Something else wrote there: the usual order.
  }
  return chosen
}

export const tasks = new TasksStore()
