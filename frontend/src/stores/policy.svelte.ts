// How the accounts of the workspace are guarded, and the draft of its page.
import { enforce, policy as ask } from '../backend/administration'
import { toAppError, type AppError } from '../backend/errors'
import type { Policy } from '../backend/model'
import { confirmed } from './confirmation.svelte'
import { Draft } from './draft.svelte'

export interface PolicyFields {
  enforced: boolean
}

class PolicyStore {
  /** Undefined until the server said it. */
  state = $state.raw<Policy>()
  failure = $state.raw<AppError>()

  async load(): Promise<void> {
    this.failure = undefined
    try {
      this.state = await ask()
    } catch (thrown) {
      this.failure = toAppError(thrown)
    }
  }

  async save(enforced: boolean): Promise<void> {
    this.state = await confirmed(() => enforce(enforced))
  }

  /** forget drops what another workspace said. */
  forget(): void {
    this.state = undefined
  }
}

export const policy = new PolicyStore()

export const policyDraft = new Draft<PolicyFields>({
  saved: () => ({ enforced: policy.state?.enforced ?? false }),
  save: ({ enforced = false }) => policy.save(enforced),
  fieldOf: (error) => (error.reason === 'standard_edition' ? 'enforced' : undefined),
})
