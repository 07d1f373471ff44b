// Silencing a thread, a thing or a project, at once and with a way back.
import { save } from '../backend/account'
import { toAppError } from '../backend/errors'
import type { Mute } from '../backend/model'
import { errorText } from '../text/errors'
import { mutedThing } from '../text/mutes'
import { words } from '../text/words'
import { account } from './account.svelte'
import { notice } from './notice.svelte'

/** What is to be muted, before it has an id. */
export type Muting = Omit<Mute, 'id' | 'createdAt'>

export const mutes = {
  get all(): Mute[] {
    return account.state?.mutes ?? []
  },

  /** of finds the mute of one thing itself, not of what is above it. */
  of(entityType: string, entityId: string): Mute | undefined {
    return mutes.all.find((one) => one.entityType === entityType && one.entityId === entityId)
  },

  async begin(muting: Muting): Promise<void> {
    const thing = mutedThing(muting)
    await attempt(async () => {
      await save({ mute: [{ id: '', createdAt: new Date().toISOString(), ...muting }] })
      const undo = () => {
        const begun = mutes.of(muting.entityType, muting.entityId)
        if (begun) void mutes.end(begun)
      }
      notice.show({ text: words.muted_one({ thing }), failed: false, undo })
    })
  },

  async end(mute: Mute): Promise<void> {
    await attempt(async () => {
      await save({ unmute: [mute.id] })
      notice.show({ text: words.unmuted_one({ thing: mutedThing(mute) }), failed: false, undo: () => void mutes.begin(mute) })
    })
  },
}

async function attempt(door: () => Promise<void>): Promise<void> {
  try {
    await door()
  } catch (thrown) {
    notice.show({ text: words.error_not_kept({ why: errorText(toAppError(thrown)) }), failed: true })
  }
}
