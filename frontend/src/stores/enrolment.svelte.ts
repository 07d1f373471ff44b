// The dialog that sets up a second factor. It belongs to no page: whoever must have one to sign in opens it on the way in, and it
// is still there when they are.
import { giveUpEnrolment } from '../backend/security'

class EnrolmentStore {
  open = $state(false)
  /** True while somebody signs in with it. */
  entering = $state(false)

  begin(entering = false): void {
    this.open = true
    this.entering = entering
  }

  /** entered says that it is set up: whoever was signing in is in. */
  entered(): void {
    this.entering = false
  }

  async close(): Promise<void> {
    const entering = this.entering
    this.open = false
    this.entering = false
    if (entering) await giveUpEnrolment()
  }
}

export const enrolment = new EnrolmentStore()
