// The one event from Go. Its payload is the same type as the snapshot; a missing part is unchanged.
import { EventsOn } from '../../wailsjs/runtime/runtime'
import type { Update } from './model'

/** onChange calls back for every change until the returned function is called. */
export function onChange(apply: (update: Update) => void): () => void {
  return EventsOn('change', (update: Update) => apply(update))
}
