// Where an error of signing in is shown: beside the field a person would correct, or under the form.
import type { AppError } from '../../backend/errors'

/** Step is what the form asks for. */
export type Step = 'password' | 'code' | 'forgot'

export type Place = 'address' | 'username' | 'password' | 'code' | 'form'

const byReason: Record<string, Place> = {
  invalid_address: 'address',
  address_not_found: 'address',
  not_a_callboard_server: 'address',
  insecure: 'address',
  tls: 'address',
  bad_certificates: 'address',
  invalid_credentials: 'password',
  second_factor_required: 'code',
  invalid_code: 'code',
  code_used: 'code',
  clock_skew: 'code',
}

const fields: Place[] = ['address', 'username', 'password', 'code']

/** placeOf finds the place: the reason knows best, then the field Go named, then the code. */
export function placeOf(error: AppError, demo = false): Place {
  if (demo) return 'form'
  const place = byReason[error.reason] ?? fields.find((field) => field === error.field)
  if (place) return place
  if (error.code === 'offline') return 'address'
  return error.code === 'unauthorized' ? 'password' : 'form'
}

/** wantsCode says whether the server asks for the second factor, or for another code of it. */
export function wantsCode(error: AppError): boolean {
  return placeOf(error) === 'code'
}
