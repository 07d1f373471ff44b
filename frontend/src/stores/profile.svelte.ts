// The draft of the Profile page. Names are kept here and reach the server when they can; an address is the server's to accept, and
// it may want to be shown first who asks.
import { save, setEmail } from '../backend/account'
import { toAppError, type AppError } from '../backend/errors'
import { account } from './account.svelte'
import { confirmed } from './confirmation.svelte'
import { Draft } from './draft.svelte'

export interface ProfileFields {
  firstName: string
  lastName: string
  email: string
}

export const profile = new Draft<ProfileFields>({
  saved: () => {
    const { firstName = '', lastName = '', email = '' } = account.state?.profile ?? {}
    return { firstName, lastName, email }
  },
  save: async ({ email, ...names }) => {
    // The address goes first: what it is refused for keeps nothing else from being saved, and the names only need to be kept.
    if (email !== undefined) await address(email)
    if (Object.keys(names).length) await save(names)
  },
  fieldOf: (error) => fields[error.field],
})

async function address(email: string): Promise<void> {
  try {
    await confirmed(() => setEmail(email))
  } catch (thrown) {
    const error = toAppError(thrown)
    throw { ...error, field: 'email', reason: error.code === 'offline' ? 'needs_workspace' : error.reason } satisfies AppError
  }
}

const fields: Record<string, keyof ProfileFields> = { first_name: 'firstName', last_name: 'lastName', email: 'email' }
