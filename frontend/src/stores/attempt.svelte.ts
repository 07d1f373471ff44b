// One thing that a dialog asks of Go: whether it is under way, and what went wrong.
import { toAppError, type AppError } from '../backend/errors'

export class Attempt {
  busy = $state(false)
  failure = $state.raw<AppError>()

  /** run does it, unless it is under way already, and says whether it was done. */
  async run(action: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.failure = undefined
    try {
      await action()
      return true
    } catch (thrown) {
      this.failure = toAppError(thrown)
      return false
    } finally {
      this.busy = false
    }
  }
}
