// Failures as the page knows them. Go's door sends every error as a JSON string of domain.Error,
// which Wails wraps in an Error: this is the only place that unwraps it. Screens branch on code and
// reason, never on the message.

export interface AppError {
  code: string
  reason: string
  field: string
  message: string
  /** How many seconds to wait before another try, where Go says so. */
  wait?: number
}

/** toAppError makes an AppError of whatever a door or an update reported. */
export function toAppError(thrown: unknown): AppError {
  if (isRecord(thrown) && typeof thrown['code'] === 'string') return fromRecord(thrown)
  const text = thrown instanceof Error ? thrown.message : String(thrown)
  try {
    const parsed: unknown = JSON.parse(text)
    if (isRecord(parsed)) return fromRecord(parsed)
  } catch {
    // Not ours: a failure of the bridge itself, for instance.
  }
  return { code: 'internal', reason: '', field: '', message: text }
}

function fromRecord(record: Record<string, unknown>): AppError {
  const text = (key: string) => (typeof record[key] === 'string' ? record[key] : '')
  const wait = record['wait']
  return {
    code: text('code') || 'internal', reason: text('reason'), field: text('field'), message: text('message'),
    ...(typeof wait === 'number' && wait > 0 ? { wait } : {}),
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** asked runs a door that answers with a T and throws an AppError where it fails. */
export async function asked<T>(door: () => Promise<unknown>): Promise<T> {
  try {
    // What crosses is JSON of the same shape as the generated type.
    return (await door()) as T
  } catch (thrown) {
    throw toAppError(thrown)
  }
}

/** told runs a door that answers with nothing. */
export async function told(door: () => Promise<unknown>): Promise<void> {
  await asked(door)
}
