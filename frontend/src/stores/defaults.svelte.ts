// What counts for whoever chose nothing: an administrator asks the server for it, and changes it there.
import { defaults as ask, saveDefaults } from '../backend/administration'
import { toAppError, type AppError } from '../backend/errors'
import type { Channel, ChannelChange, DefaultsChange, DefaultsState, Kind, QuietHours } from '../backend/model'
import { camel } from './camel'
import { Draft } from './draft.svelte'
import type { Interval } from './hearing.svelte'
import { same } from './same'

type KindField = `kind/${Kind}`

export type DefaultFields = {
  digestInterval: Interval
  digestHour: number
  quietHours: QuietHours
  /** Days, as they are typed. */
  retentionDays: string
  doneRetentionDays: string
} & { [field in KindField]?: Channel[] | undefined }

class DefaultsStore {
  /** Undefined until the server answered. */
  state = $state.raw<DefaultsState>()
  failure = $state.raw<AppError>()
  draft = new Draft<DefaultFields>({ saved: () => this.#saved(), save: (changes) => this.#save(changes), fieldOf: (error) => this.#fieldOf(error) })
  #asked = 0

  /** load asks afresh; what is shown stays until the answer is there. */
  async load(): Promise<void> {
    const asked = ++this.#asked
    this.failure = undefined
    try {
      const state = await ask()
      if (asked === this.#asked) this.state = state
    } catch (thrown) {
      if (asked === this.#asked) this.failure = toAppError(thrown)
    }
  }

  clear(): void {
    this.#asked++
    this.state = undefined
    this.failure = undefined
  }

  /** The channels of a kind as the draft has them, and whether the workspace chose them. */
  channelsOf(kind: Kind): { on: Channel[]; own: boolean } {
    const chosen = this.draft.get(`kind/${kind}`)
    return { on: chosen ?? this.#builtIn(kind), own: chosen !== undefined }
  }

  /** choose sets channels. Back at what is built in and was never left is no choice. */
  choose(kind: Kind, on: Channel[]): void {
    const field: KindField = `kind/${kind}`
    const back = this.draft.saved(field) === undefined && same(on, this.#builtIn(kind))
    this.draft.set(field, back ? undefined : on)
  }

  #builtIn(kind: Kind): Channel[] {
    return (this.state?.kinds.find((row) => row.kind === kind)?.builtIn ?? []) as Channel[]
  }

  #saved(): DefaultFields {
    const { workspace, retentionDays, doneRetentionDays } = this.state ?? {}
    const fields: DefaultFields = {
      digestInterval: workspace?.digestInterval ?? 'daily',
      digestHour: workspace?.digestHour ?? 18,
      quietHours: workspace?.quietHours ?? {},
      retentionDays: String(retentionDays ?? ''),
      doneRetentionDays: String(doneRetentionDays ?? ''),
    }
    for (const { kind, default: choice } of this.state?.kinds ?? []) {
      fields[`kind/${kind}`] = choice.layer === 'workspace' ? (choice.channels as Channel[]) : undefined
    }
    return fields
  }

  async #save(changes: Partial<DefaultFields>): Promise<void> {
    const change: DefaultsChange = {}
    const channels: ChannelChange[] = []
    for (const [field, value] of Object.entries(changes)) {
      if (field.startsWith('kind/')) {
        channels.push({ kind: field.slice(5) as Kind, channels: (value ?? []) as Channel[], reset: value === undefined })
      } else Object.assign(change, { [field]: typeof value === 'string' && field.endsWith('Days') ? days(field, value) : value })
    }
    if (channels.length) change.channels = channels
    const state = await saveDefaults(change)
    this.#asked++ // an answer on its way is older than this one
    this.state = state
  }

  #fieldOf(error: AppError): keyof DefaultFields | undefined {
    const fields: (keyof DefaultFields)[] = ['digestInterval', 'digestHour', 'quietHours', 'retentionDays', 'doneRetentionDays']
    return fields.find((field) => field === camel(error.field))
  }
}

/** days reads a number of days, or says that it is none; how many are possible is the server's to say. */
function days(field: string, text: string): number {
  const number = Number(text.trim())
  if (text.trim() && Number.isInteger(number) && number > 0) return number
  const refused: AppError = { code: 'invalid', reason: 'out_of_range', field, message: `${text} is no number of days` }
  throw refused
}

export const defaults = new DefaultsStore()
