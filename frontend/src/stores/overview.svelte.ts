// What goes on in my projects, as last fetched.
import { toAppError, type AppError } from '../backend/errors'
import * as door from '../backend/overview'
import { follow } from '../backend/tasks'
import type { Overview, OverviewChange, Person } from '../backend/model'
import { seen } from './people'

type Phase = 'loading' | 'ready' | 'failed'

const nothing: Overview = { projects: [], happened: [], deadlines: [], people: [] }

class OverviewStore {
  state = $state.raw<Overview>(nothing)
  phase = $state<Phase>('loading')
  failure = $state.raw<AppError>()
  #asked = 0

  /** begin shows what is kept here and follows the server, until the returned function is called. */
  begin(): () => void {
    void follow('overview').catch(() => undefined) // the page says how old it is
    void this.load()
    return () => void follow().catch(() => undefined)
  }

  async load(): Promise<void> {
    const asked = ++this.#asked
    if (this.phase === 'failed') this.phase = 'loading'
    this.failure = undefined
    try {
      const state = await door.now()
      if (asked === this.#asked) this.#show(state)
    } catch (thrown) {
      if (asked === this.#asked) this.#fail(toAppError(thrown))
    }
  }

  /** apply takes in the overview as the server has it, or why there is none. */
  apply(change: OverviewChange): void {
    if (change.overview) {
      this.failure = undefined
      this.#show(change.overview)
    }
    if (change.problem) this.#fail(toAppError(change.problem))
  }

  /** meet shows people as they look now. */
  meet(changed: Person[]): void {
    const { happened, people } = this.state
    this.state = { ...this.state, happened: seen(happened ?? [], 'by', changed), people: seen(people ?? [], 'person', changed) }
  }

  clear(): void {
    this.#asked++
    this.state = nothing
    this.phase = 'loading'
    this.failure = undefined
  }

  #show(state: Overview): void {
    this.state = state
    if (state.fetchedAt) this.phase = 'ready'
  }

  #fail(failure: AppError): void {
    this.failure = failure
    if (!this.state.fetchedAt) this.phase = 'failed'
  }
}

export const overview = new OverviewStore()
