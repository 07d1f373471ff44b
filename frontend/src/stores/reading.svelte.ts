// The notification that is open, and its thread.
import { toAppError, type AppError } from '../backend/errors'
import { open } from '../backend/inbox'
import type { Notification, Person, Thread } from '../backend/model'
import { words } from '../text/words'
import { inbox } from './inbox.svelte'
import { notice } from './notice.svelte'
import { seen } from './people'
import { route } from './route.svelte'

class ReadingStore {
  #kept = $state.raw<Notification>()
  thread = $state.raw<Thread>()
  loading = $state(false)
  failure = $state.raw<AppError>()

  /** The open row as it now stands; it stays open when it leaves the list. */
  row = $derived.by(() => (this.#kept ? (inbox.find(this.#kept.id) ?? this.#kept) : undefined))

  /** open shows a row and its thread. Go marks it read; the page shows that at once. */
  async open(row: Notification): Promise<void> {
    const same = this.#kept?.id === row.id
    this.#kept = row
    inbox.cursor = row.id
    inbox.readLocally(row)
    if (!same) this.thread = undefined
    this.failure = undefined
    this.loading = true
    try {
      const thread = await open(row.id)
      if (this.#kept?.id === row.id && (thread.notes?.length || !this.thread)) this.thread = thread
    } catch (thrown) {
      if (this.#kept?.id === row.id) this.failure = toAppError(thrown)
    } finally {
      if (this.#kept?.id === row.id) this.loading = false
    }
  }

  /** openById goes to an item that something outside the page named: a toast, the tray. */
  async openById(id: string): Promise<void> {
    if (!inbox.find(id)) await inbox.choose('all')
    while (!inbox.find(id) && inbox.more) {
      const before = inbox.rows.length
      await inbox.loadMore()
      if (inbox.rows.length === before) break
    }
    const row = inbox.find(id)
    if (row) await this.open(row)
    else notice.show({ text: words.not_in_inbox(), failed: true })
  }

  /** visit goes to an item from another page, unless what is not saved there keeps the person. */
  async visit(id: string, done = false): Promise<void> {
    if (!(await route.go('inbox'))) return
    if (done) await inbox.choose('done')
    await this.openById(id)
  }

  /** applyThread takes a fresher thread where it is the open one's. */
  applyThread(thread: Thread): void {
    const noteId = this.#kept?.noteId
    if (!noteId) return
    if (thread.first !== noteId && !(thread.notes ?? []).some((note) => note.id === noteId)) return
    this.thread = thread
    this.failure = undefined
  }

  /** meet shows people as they look now. */
  meet(people: Person[]): void {
    if (this.#kept) this.#kept = seen([this.#kept], 'actor', people)[0]
    if (this.thread?.notes) this.thread = { ...this.thread, notes: seen(this.thread.notes, 'author', people) }
  }

  close(): void {
    this.#kept = undefined
    this.thread = undefined
    this.failure = undefined
    this.loading = false
  }
}

export const reading = new ReadingStore()
