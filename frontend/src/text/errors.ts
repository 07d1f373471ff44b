// Errors in words. A finer reason, where Go gave one, speaks before the code.
import type { AppError } from '../backend/errors'
import { words } from './words'

const byReason: Record<string, () => string> = {
  invalid_address: words.error_address,
  address_not_found: words.error_not_found_address,
  not_a_callboard_server: words.error_not_callboard,
  insecure: words.error_insecure,
  tls: words.error_insecure,
  invalid_credentials: words.error_credentials,
  second_factor_required: words.error_code_needed,
  invalid_code: words.error_code_wrong,
  code_used: words.error_code_used,
  clock_skew: words.error_clock_skew,
  second_factor_on: words.error_factor_on,
  second_factor_off: words.error_factor_off,
  confirmation_required: words.error_unconfirmed,
  password_length: words.error_password_length,
  password_common: words.error_password_common,
  password_context: words.error_password_context,
  account_elsewhere: words.account_elsewhere,
  bad_certificates: words.error_bad_certificates,
  file_not_saved: words.error_file_not_saved,
  enrolment_required: words.error_enrolment,
  cache_recovered: words.error_cache_recovered,
  cache_unusable: words.error_cache_unusable,
  settings_lost: words.error_settings_lost,
  no_preferences: words.error_no_preferences,
  no_toasts: words.toasts_none,
  invalid_quiet_hours: words.error_quiet_hours,
  out_of_range: words.error_out_of_range,
  invalid_timezone: words.error_timezone,
  settings_not_saved: words.error_settings_not_saved,
  username_missing: words.error_username_missing,
  username_taken: words.error_username_taken,
  last_administrator: words.error_last_administrator,
  standard_edition: words.policy_standard_off,
  status_moved: words.error_status_moved,
  no_picture: words.error_no_picture,
  file_unreadable: words.error_file_unreadable,
  picture_too_large: words.error_picture_too_large,
  picture_too_small: words.error_picture_too_small,
  picture_damaged: words.error_picture_damaged,
  needs_workspace: words.error_needs_workspace,
  name_too_long: words.error_name_too_long,
  name_invalid: words.error_name_invalid,
  email_invalid: words.error_email_invalid,
  email_missing: words.error_email_missing,
  email_taken: words.error_email_taken,
}

const byCode: Record<string, () => string> = {
  invalid: words.error_invalid,
  'not-found': words.error_not_found,
  conflict: words.error_conflict,
  unauthorized: words.error_unauthorized,
  forbidden: words.error_forbidden,
  throttled: words.error_throttled,
  offline: words.error_offline,
  unsupported: words.error_unsupported,
}

/** errorText is the sentence a person reads for a failure. */
export function errorText(error: AppError): string {
  if (error.wait) return waitText(error.wait)
  return (byReason[error.reason] ?? byCode[error.code] ?? words.error_internal)()
}

/** ownErrorText is errorText to somebody who is signed in: of what they showed only the password can be wrong. */
export function ownErrorText(error: AppError): string {
  return error.reason === 'invalid_credentials' ? words.error_password_wrong() : errorText(error)
}

function waitText(seconds: number): string {
  return seconds < 90 ? words.error_throttled_seconds({ count: seconds }) : words.error_throttled_minutes({ count: Math.ceil(seconds / 60) })
}
