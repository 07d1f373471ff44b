// The pause of toasts, sounds and mail: until when, and beginning and ending it.
import { pause, pauseUntilTomorrow, resume } from '../backend/account'
import { account } from './account.svelte'
import { clock } from './clock.svelte'

export const pausing = {
  /** The moment the pause ends; undefined where there is none. */
  get until(): number | undefined {
    const until = Date.parse(account.state?.preferences.pausedUntil ?? '')
    return until > clock.now ? until : undefined
  },
  /** Whether this workspace keeps pauses at all. */
  get possible(): boolean {
    return account.state?.able.preferences ?? false
  },
  for: (minutes: number) => pause(minutes),
  untilTomorrow: () => pauseUntilTomorrow(),
  end: () => resume(),
}
