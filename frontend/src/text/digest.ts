// When the next digest comes, by the interval and the reader's time zone.
import type { AccountState } from '../backend/model'

type Interval = AccountState['defaults']['digestInterval']

const quarter = 15 * 60_000

/** nextDigest is the moment of the next one after now. */
export function nextDigest(interval: Interval, hour: number, zone: string, now: Date): Date | undefined {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', hour: 'numeric', minute: 'numeric', hourCycle: 'h23' })
  const due = (at: Date): boolean => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    if (Number(parts['minute']) !== 0) return false
    const clock = Number(parts['hour'])
    switch (interval) {
      case 'hourly':
        return true
      case 'every_4_hours':
        return clock % 4 === 0
      case 'every_12_hours':
        return clock === 9 || clock === 21
      case 'daily':
        return clock === hour
      case 'weekly':
        return clock === hour && parts['weekday'] === 'Mon'
    }
  }
  // Zones differ by quarters of an hour at the finest.
  const first = Math.floor(now.getTime() / quarter + 1) * quarter
  for (let step = 0; step <= 8 * 24 * 4; step++) {
    const at = new Date(first + step * quarter)
    if (due(at)) return at
  }
  return undefined
}
