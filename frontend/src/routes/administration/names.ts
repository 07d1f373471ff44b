import type { AccountOf } from '../../backend/model'

/** nameOf is what somebody is called: by their names, or else as they sign in. */
export const nameOf = (one: AccountOf) => `${one.firstName} ${one.lastName}`.trim() || one.username
