// The draft of the Notifications page: digest and quiet hours, the channels of each kind everywhere and by
// project, and the toasts of this computer. What is undefined follows the default above it.
import { save } from '../backend/account'
import type { AppError } from '../backend/errors'
import type { AccountChange, AccountState, Channel, ChannelChange, Kind, QuietHours } from '../backend/model'
import { saveToasts } from '../backend/settings'
import { kindsInOrder } from '../text/kinds'
import { account } from './account.svelte'
import { camel } from './camel'
import { Draft } from './draft.svelte'
import { same } from './same'
import { settings } from './settings.svelte'

export type Interval = AccountState['defaults']['digestInterval']

interface Fixed {
  digestInterval: Interval | undefined
  digestHour: number | undefined
  quietHours: QuietHours | undefined
  /** Whether this computer shows toasts. */
  toasts: boolean
}

type KindField = `kind/${Kind}`
type ProjectField = `project/${string}/${Kind}`
type ToastField = `toast/${Kind}`
export type ChannelField = KindField | ProjectField
export type HearingFields = Fixed & { [field in ChannelField]?: Channel[] | undefined } & { [field in ToastField]?: boolean }

export const hearing = new Draft<HearingFields>({ saved, save: keep, fieldOf })

/** The channels of a kind as the draft has them, and whether they are one's own choice. */
export function channelsOf(field: ChannelField): { on: Channel[]; own: boolean } {
  const chosen = hearing.get(field)
  return { on: chosen ?? otherwise(field), own: chosen !== undefined }
}

/** choose sets channels. Back at a default that was never left is no choice. */
export function choose(field: ChannelField, on: Channel[]): void {
  const back = hearing.saved(field) === undefined && same(on, otherwise(field))
  hearing.set(field, back ? undefined : on)
}

/** otherwise is what counts where nothing is chosen: the default, and in a project what counts everywhere. */
export function otherwise(field: ChannelField): Channel[] {
  const [layer, , kind] = field.split('/')
  if (layer === 'project') return channelsOf(`kind/${kind as Kind}`).on
  const row = account.state?.kinds.find((row) => `kind/${row.kind}` === field)
  return (row?.default.channels ?? []) as Channel[]
}

function saved(): HearingFields {
  const state = account.state
  const { digestInterval, digestHour, quietHours } = state?.preferences ?? {}
  const fields: HearingFields = { digestInterval, digestHour, quietHours: quietHours ?? undefined, toasts: !settings.toastsOff }
  for (const row of state?.kinds ?? []) fields[`kind/${row.kind}`] = row.own ?? undefined
  for (const { project, kinds } of state?.overrides ?? []) {
    for (const [kind, on] of Object.entries(kinds)) fields[`project/${project}/${kind as Kind}`] = on
  }
  for (const kind of kindsInOrder) fields[`toast/${kind}`] = !settings.inboxOnly.includes(kind)
  return fields
}

async function keep(changes: Partial<HearingFields>): Promise<void> {
  const change: AccountChange = {}
  const channels: ChannelChange[] = []
  const reset: string[] = []
  let toasts = false
  for (const [field, value] of Object.entries(changes)) {
    const [layer, first = '', second] = field.split('/')
    if (layer === 'toast' || layer === 'toasts') toasts = true
    else if (layer === 'kind' || layer === 'project') {
      const where = layer === 'kind' ? { kind: first as Kind } : { kind: second as Kind, project: first }
      channels.push({ ...where, channels: (value ?? []) as Channel[], reset: value === undefined })
    } else if (value === undefined) reset.push(field)
    else Object.assign(change, { [field]: value })
  }
  if (channels.length) change.channels = channels
  if (reset.length) change.reset = reset
  if (Object.keys(change).length) await save(change)
  if (toasts) await saveToasts(hearing.get('toasts'), kindsInOrder.filter((kind) => !hearing.get(`toast/${kind}`)))
}

const fields: (keyof Fixed)[] = ['digestInterval', 'digestHour', 'quietHours']

function fieldOf(error: AppError): keyof HearingFields | undefined {
  return fields.find((field) => field === camel(error.field))
}
