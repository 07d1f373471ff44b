// Who is signed in, and signing in and out.
import { signIn, signOut, tryDemo } from '../backend/session'
import type { SessionState, SignIn } from '../backend/model'

type Phase = 'unknown' | SessionState['phase']

class SessionStore {
  /** 'unknown' until the snapshot is there. */
  phase = $state<Phase>('unknown')
  account = $state.raw<SessionState['account']>()
  /** False when the token is lost at quitting, because this computer has no keychain. */
  kept = $state(true)
  /** True while the person signs in again to a workspace whose copy still shows. */
  again = $state(false)
  /** True while the person signs in to one more workspace, beside the one shown. */
  another = $state(false)

  apply(state: SessionState): void {
    this.phase = state.phase
    this.account = state.account
    this.kept = state.kept
    if (state.phase !== 'expired' && state.phase !== 'signing-in') this.again = false
  }

  async tryDemo(): Promise<void> {
    await tryDemo()
    this.another = false
  }

  async signIn(entered: SignIn): Promise<void> {
    await signIn(entered)
    this.another = false
  }

  signOut(): Promise<void> {
    return signOut()
  }
}

export const session = new SessionStore()
