// What guards an account is changed only by who showed lately that it is they. Whatever asks for such a change goes through
// confirmed(): where Go wants it confirmed first, the one dialog for that opens (shell/Confirm.svelte) and the change is tried again.
import { toAppError } from '../backend/errors'
import { confirm } from '../backend/security'

class ConfirmationStore {
  /** True while the dialog is wanted. */
  asking = $state(false)
  #answers: ((given: boolean) => void)[] = []

  /** ask opens the dialog; false is that the person gave up. */
  ask(): Promise<boolean> {
    this.asking = true
    return new Promise((answer) => this.#answers.push(answer))
  }

  /** give is what the person entered; it throws what Go says against it. */
  async give(password: string, code: string): Promise<void> {
    await confirm(password, code)
    this.#close(true)
  }

  giveUp(): void {
    this.#close(false)
  }

  #close(given: boolean): void {
    this.asking = false
    const answers = this.#answers
    this.#answers = []
    answers.forEach((answer) => answer(given))
  }
}

export const confirmation = new ConfirmationStore()

/** confirmed does something, and once more after the person showed that it is they, where Go asks for that. */
export async function confirmed<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (thrown) {
    if (toRefusal(thrown) !== 'confirmation_required' || !(await confirmation.ask())) throw thrown
    return action()
  }
}

const toRefusal = (thrown: unknown) => toAppError(thrown).reason
