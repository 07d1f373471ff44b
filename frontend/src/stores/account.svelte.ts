// What My account shows of the person who is signed in, as this computer keeps it.
import type { AccountState } from '../backend/model'

class AccountStore {
  /** Undefined until Go said something. */
  state = $state.raw<AccountState>()

  get administrator(): boolean {
    return this.state?.able.administrator ?? false
  }

  apply(state: AccountState): void {
    this.state = state
  }

  clear(): void {
    this.state = undefined
  }
}

export const account = new AccountStore()
