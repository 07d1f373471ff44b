// The inbox: the list under its filter, the cursor in it, and what is done to rows. What a person does
// shows at once and is taken back, with a word, where Go refuses it.
import { toAppError, type AppError } from '../backend/errors'
import * as door from '../backend/inbox'
import type { InboxChange, Notification, Person, Snooze, Verb } from '../backend/model'
import { errorText } from '../text/errors'
import { thing } from '../text/notification'
import { words } from '../text/words'
import { acted, filters, isSnoozed, isUnread, merged, opposite, putOff, snoozeOf, stays, type FilterName } from './inbox-rows'
import { notice } from './notice.svelte'
import { seen } from './people'

type Phase = 'loading' | 'ready' | 'failed'

interface Doing {
  ids: string[]
  /** A row as it is then. */
  after: (row: Notification) => Notification
  door: () => Promise<void>
}

interface Undo extends Doing {
  /** The rows as they were left, because those done are no longer in the list. */
  rows: Notification[]
}

class InboxStore {
  filter = $state<FilterName>('all')
  rows = $state.raw<Notification[]>([])
  unread = $state(0)
  total = $state(0)
  phase = $state<Phase>('loading')
  failure = $state.raw<AppError>()
  loadingMore = $state(false)
  /** The row that j and k move from; it has the focus when the list has. */
  cursor = $state<string>()
  #next = ''
  #asked = 0
  #undo: Undo | undefined

  /** Whether older rows wait to be fetched. */
  get more(): boolean {
    return this.#next !== ''
  }

  find(id: string): Notification | undefined {
    return this.rows.find((row) => row.id === id)
  }

  /** choose shows another filter, or the same one afresh. */
  async choose(filter: FilterName): Promise<void> {
    this.filter = filter
    this.cursor = undefined
    await this.load()
  }

  /** load asks for the first page. An answer that another question overtook is dropped. */
  async load(): Promise<void> {
    const asked = ++this.#asked
    if (this.phase !== 'ready' || !this.rows.length) this.phase = 'loading'
    try {
      const page = await door.page(filters[this.filter], '')
      if (asked !== this.#asked) return
      this.#show(page.items ?? [], page.next, page.total)
    } catch (thrown) {
      if (asked !== this.#asked) return
      this.rows = []
      this.failure = toAppError(thrown)
      this.phase = 'failed'
    }
  }

  /** loadMore asks for the next page, once at a time. */
  async loadMore(): Promise<void> {
    if (!this.#next || this.loadingMore) return
    const asked = this.#asked
    this.loadingMore = true
    try {
      const page = await door.page(filters[this.filter], this.#next)
      if (asked !== this.#asked) return
      this.#next = page.next
      this.total = page.total
      this.rows = merged({ rows: this.rows, filter: this.filter, more: false }, page.items ?? [])
    } catch (thrown) {
      notice.show({ text: errorText(toAppError(thrown)), failed: true })
    } finally {
      this.loadingMore = false
    }
  }

  /** apply takes in what Go says has changed. */
  apply(change: InboxChange): void {
    this.unread = change.unread
    if (change.first && this.filter === 'all') {
      this.#asked++
      this.#show(change.first.items ?? [], change.first.next, change.first.total)
    } else if (change.reset || change.first) {
      void this.load()
    } else {
      this.#merge(change.changed ?? [], change.removed ?? [])
    }
  }

  /** meet shows people as they look now. */
  meet(people: Person[]): void {
    this.rows = seen(this.rows, 'actor', people)
  }

  /** clear forgets one person's rows before another's come. */
  clear(): void {
    this.#asked++
    this.#show([], '', 0)
    this.phase = 'loading'
    this.filter = 'all'
    this.cursor = undefined
    this.#undo = undefined
  }

  /** act does a verb to a row, keeping what takes it back. */
  async act(verb: Verb, row: Notification): Promise<void> {
    const back = verb === 'unsnooze' ? snoozing(snoozeOf(row), [row.id]) : verbing(opposite[verb], [row.id])
    const said = { done: words.done_one, undone: words.undone_one, unsnooze: words.undone_one, read: undefined, unread: undefined }[verb]
    await this.#keep(verbing(verb, [row.id]), back, row, said?.({ thing: thing(row) }))
  }

  /** snooze puts a row off, keeping what takes it back. */
  async snooze(row: Notification, until: Snooze, said: string): Promise<void> {
    const back = isSnoozed(row) ? snoozing(snoozeOf(row), [row.id]) : verbing('unsnooze', [row.id])
    await this.#keep(snoozing(until, [row.id]), back, row, said)
  }

  /** undo takes back the last thing done, once. */
  async undo(): Promise<void> {
    const undo = this.#undo
    if (!undo) return
    this.#undo = undefined
    notice.dismiss()
    await this.#do(undo, undo.rows.map((row) => this.find(row.id) ?? row))
  }

  /** readLocally shows a row as read that Go marks by itself when it is opened. */
  readLocally(row: Notification): void {
    this.#showActed(verbing('read', [row.id]), [row])
  }

  /** markAllRead marks everything read, and notes what was unread so that it can be taken back. */
  async markAllRead(): Promise<void> {
    try {
      const ids = await this.#everyUnread()
      if (!ids.length) return
      const before = this.rows.filter((row) => ids.includes(row.id))
      this.#showActed(verbing('read', ids), before)
      try {
        await door.markAllRead()
      } catch (thrown) {
        this.#takeBack(before)
        throw thrown
      }
      this.unread = 0
      this.#undo = { ...verbing('unread', ids), rows: this.rows.filter((row) => ids.includes(row.id)) }
      notice.show({ text: words.read_many({ count: ids.length }), failed: false, undo: () => void this.undo() })
    } catch (thrown) {
      notice.show({ text: errorText(toAppError(thrown)), failed: true })
    }
  }

  async #everyUnread(): Promise<string[]> {
    const ids: string[] = []
    let cursor = ''
    do {
      const page = await door.page(filters.unread, cursor)
      ids.push(...(page.items ?? []).map((row) => row.id))
      cursor = page.next
    } while (cursor)
    return ids
  }

  /** #keep does something to a row and remembers what takes it back. */
  async #keep(doing: Doing, back: Doing, row: Notification, said: string | undefined): Promise<void> {
    this.#undo = { ...back, rows: [doing.after(row)] }
    if (said) notice.show({ text: said, failed: false, undo: () => void this.undo() })
    await this.#do(doing, [row])
  }

  async #do(doing: Doing, before: Notification[]): Promise<void> {
    const unread = this.unread
    this.#showActed(doing, before)
    try {
      await doing.door()
    } catch (thrown) {
      this.#undo = undefined
      this.unread = unread
      this.#takeBack(before)
      notice.show({ text: words.error_not_kept({ why: errorText(toAppError(thrown)) }), failed: true })
    }
  }

  #showActed(doing: Doing, before: Notification[]): void {
    const after = before.map(doing.after)
    const count = (rows: Notification[]) => rows.filter((row) => isUnread(row)).length
    this.unread = Math.max(0, this.unread + count(after) - count(before))
    this.#merge(after)
  }

  /** What was refused is as it was: where a row that had left the list was brought back, it leaves again. */
  #takeBack(before: Notification[]): void {
    const ids = new Set(before.map((row) => row.id))
    const others = this.rows.filter((row) => !ids.has(row.id))
    const rows = [...others, ...before.filter((row) => stays(row, this.filter))]
    this.rows = merged({ rows, filter: this.filter, more: this.more }, [])
  }

  #merge(changed: Notification[], removed: string[] = []): void {
    const before = this.rows.length
    this.rows = merged({ rows: this.rows, filter: this.filter, more: this.more }, changed, removed)
    this.total = Math.max(this.rows.length, this.total + this.rows.length - before)
  }

  #show(rows: Notification[], next: string, total: number): void {
    this.rows = rows
    this.#next = next
    this.total = total
    this.failure = undefined
    this.phase = 'ready'
  }
}

function verbing(verb: Verb, ids: string[]): Doing {
  const at = new Date().toISOString()
  return { ids, after: (row) => acted(row, verb, at), door: () => door.act(verb, ids) }
}

function snoozing(until: Snooze, ids: string[]): Doing {
  return { ids, after: (row) => putOff(row, until), door: () => door.snooze(ids, until) }
}

export const inbox = new InboxStore()
