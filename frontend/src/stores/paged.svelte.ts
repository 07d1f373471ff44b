// A list that Go gives a part at a time. What is asked again makes the answer to the question before it void.
import { toAppError, type AppError } from '../backend/errors'

interface Part<Item> {
  items: Item[]
  /** The cursor of the part after it; '' where there is none. */
  next: string
}

export class Paged<Item> {
  /** Undefined until the first part came. */
  items = $state.raw<Item[]>()
  next = $state('')
  busy = $state(false)
  failure = $state.raw<AppError>()
  #asked = 0

  constructor(
    private ask: (cursor: string) => Promise<Part<Item>>,
    private key: (item: Item) => string | number,
  ) {}

  /** load begins at the beginning. */
  load(): Promise<void> {
    return this.#fetch('')
  }

  more(): Promise<void> {
    return this.#fetch(this.next)
  }

  /** put shows an item as it is now. */
  put(item: Item): void {
    this.items = this.items?.map((one) => (this.key(one) === this.key(item) ? item : one))
  }

  async #fetch(cursor: string): Promise<void> {
    const mine = ++this.#asked
    this.busy = true
    this.failure = undefined
    try {
      const part = await this.ask(cursor)
      if (mine !== this.#asked) return
      const before = cursor ? (this.items ?? []) : []
      const known = before.map(this.key) // somebody who was added meanwhile moves the others
      this.items = [...before, ...part.items.filter((item) => !known.includes(this.key(item)))]
      this.next = part.next
    } catch (thrown) {
      if (mine === this.#asked) this.failure = toAppError(thrown)
    } finally {
      if (mine === this.#asked) this.busy = false
    }
  }
}
