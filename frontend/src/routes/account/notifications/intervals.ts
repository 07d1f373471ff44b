import type { Interval } from '../../../stores/hearing.svelte'
import { words } from '../../../text/words'

/** intervals are the ways in which digests can come, in words. */
export function intervals(): { value: Interval; text: string }[] {
  return [
    { value: 'hourly', text: words.digest_hourly() },
    { value: 'every_4_hours', text: words.digest_every_4_hours() },
    { value: 'every_12_hours', text: words.digest_every_12_hours() },
    { value: 'daily', text: words.digest_daily() },
    { value: 'weekly', text: words.digest_weekly() },
  ]
}
