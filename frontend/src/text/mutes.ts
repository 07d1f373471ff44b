// What is muted, for how long, and until when, in words.
import type { Mute } from '../backend/model'
import { exact } from './when'
import { words } from './words'

type What = Pick<Mute, 'entityType' | 'path' | 'text'>

const names = ({ path }: What) => (path ?? []).map((crumb) => crumb.name)

/** mutedThing names what is muted: "sh0140 / comp", a project, or a conversation and what it hangs on. */
export function mutedThing(mute: What): string {
  const thing = names(mute).slice(-2).join(' / ')
  if (mute.entityType !== 'Note') return thing
  return thing ? words.mute_thread_of({ thing }) : words.thing_message()
}

/** mutedAbove is the path that leads to it; '' where there is none. */
export function mutedAbove(mute: What): string {
  return names(mute).slice(0, -2).join(' / ')
}

/** mutedUntil says when a mute ends. */
export function mutedUntil(locale: string, until: string | undefined, now: Date): string {
  return until ? words.mute_until({ until: exact(locale, new Date(until), now) }) : words.mute_for_good()
}

const day = 24 * 60 * 60_000

/** mutePeriods are how long something can be muted; no end is for good. */
export function mutePeriods(now: number): { text: string; until?: string }[] {
  const after = (days: number) => new Date(now + days * day).toISOString()
  return [
    { text: words.mute_day(), until: after(1) },
    { text: words.mute_week(), until: after(7) },
    { text: words.mute_good() },
  ]
}
