import { toAppError } from './errors'
import type { HeldPicture } from './model'

/** pictureUrl is where Go serves a stored picture, size pixels wide at most. Never a remote address. */
export function pictureUrl(component: string, size: number): string {
  return `/picture/${encodeURIComponent(component)}?size=${size}`
}

/**
 * hold gives Go a file that somebody chose, to be held until its square is chosen. Go looks at its header, and refuses it where it is
 * none that may be shown. Bytes go as they are: what a door takes would travel as text.
 */
export async function hold(file: Blob): Promise<HeldPicture> {
  const answer = await fetch('/portrait', { method: 'POST', body: await file.arrayBuffer() })
  const text = await answer.text()
  if (!answer.ok) throw toAppError(text)
  return JSON.parse(text) as HeldPicture
}

/** heldUrl is where Go serves the file that is held. */
export function heldUrl(held: string): string {
  return `/portrait/${encodeURIComponent(held)}`
}
