// How fresh what is shown is.
import type { ConnectionState } from '../backend/model'

class ConnectionStore {
  /** Undefined until Go said something: then nothing is claimed. */
  state = $state.raw<ConnectionState>()

  get offline(): boolean {
    return this.state !== undefined && !this.state.online
  }

  apply(state: ConnectionState): void {
    this.state = state
  }
}

export const connection = new ConnectionStore()
