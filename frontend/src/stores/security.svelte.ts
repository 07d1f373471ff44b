// What guards the account, as the server has it: it is asked for whenever the page shows, and kept nowhere else. No secret
// comes here: those live in the dialog that shows them, and go with it.
import { toAppError, type AppError } from '../backend/errors'
import type { Security } from '../backend/model'
import { state } from '../backend/security'

class SecurityStore {
  state = $state.raw<Security>()
  failure = $state.raw<AppError>()
  loading = $state(false)
  #asked = 0

  async load(): Promise<void> {
    const asked = ++this.#asked
    this.loading = true
    try {
      const now = await state()
      if (asked !== this.#asked) return
      this.state = now
      this.failure = undefined
    } catch (thrown) {
      if (asked !== this.#asked) return
      this.failure = toAppError(thrown)
    }
    this.loading = false
  }

  clear(): void {
    this.#asked += 1
    this.state = undefined
    this.failure = undefined
    this.loading = false
  }
}

export const security = new SecurityStore()
