// The picture of the person who is signed in, while it is being changed: a file is chosen, Go holds it, its square is chosen, it is sent.
import { dropPicture, removePicture, setPicture, takeDropped } from '../backend/account'
import { toAppError, type AppError } from '../backend/errors'
import type { Drop, HeldPicture, Sending, Square } from '../backend/model'
import { hold } from '../backend/pictures'
import { connection } from './connection.svelte'

class PortraitStore {
  /** True while a file is being read. */
  reading = $state(false)
  /** The file whose square is being chosen. */
  held = $state<string>()
  /** How far it is on its way; undefined while it is not. */
  sending = $state.raw<Sending>()
  failure = $state.raw<AppError>()
  /** What takes files that are dropped on it, while it shows. */
  place: HTMLElement | undefined
  #asked = 0

  /** choose takes a file, for its square to be chosen. */
  choose(file: Blob): Promise<void> {
    return this.#take(() => hold(file))
  }

  /** applyDropped takes a file that the shell says was dropped, where it was dropped on the place for it. */
  applyDropped({ x, y }: Drop): void {
    if (this.place?.contains(document.elementFromPoint(x, y))) void this.#take(takeDropped)
  }

  async #take(hold: () => Promise<HeldPicture>): Promise<void> {
    const asked = ++this.#asked
    this.failure = undefined
    if (connection.offline) {
      this.failure = needsWorkspace
      return
    }
    this.reading = true
    try {
      const { id } = await hold()
      if (asked === this.#asked) this.held = id
    } catch (thrown) {
      if (asked === this.#asked) this.failure = toAppError(thrown)
    } finally {
      if (asked === this.#asked) this.reading = false
    }
  }

  /** save makes a square of the held file the picture. It says whether it is. */
  async save(square: Square): Promise<boolean> {
    const { held } = this
    if (!held || this.sending) return false
    this.failure = undefined
    this.sending = { sent: 0, total: 0 }
    try {
      await setPicture(held, square)
      if (this.held === held) this.held = undefined
      return true
    } catch (thrown) {
      const error = toAppError(thrown)
      // Who gave it up, or left, needs no word.
      if (this.held === held && error.reason !== 'given_up') this.failure = error.code === 'offline' ? needsWorkspace : error
      return false
    } finally {
      this.sending = undefined
    }
  }

  /** cancel forgets the file, and gives up sending it. */
  async cancel(): Promise<void> {
    this.#asked++
    const busy = this.held !== undefined || this.reading
    this.held = undefined
    this.reading = false
    this.failure = undefined
    if (busy) await dropPicture()
  }

  /** unreadable takes back a file that cannot be shown after all. */
  async unreadable(): Promise<void> {
    await this.cancel()
    this.failure = { code: 'invalid', reason: 'picture_damaged', field: '', message: '' }
  }

  /** remove takes the picture away. It says whether it is gone. */
  async remove(): Promise<boolean> {
    this.failure = undefined
    try {
      await removePicture()
      return true
    } catch (thrown) {
      const error = toAppError(thrown)
      this.failure = error.code === 'offline' ? needsWorkspace : error
      return false
    }
  }

  applySending(sending: Sending): void {
    if (this.sending) this.sending = sending
  }
}

const needsWorkspace: AppError = { code: 'offline', reason: 'needs_workspace', field: '', message: '' }

export const portrait = new PortraitStore()
