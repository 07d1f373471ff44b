// The kinds of notification and the channels, as settings name and explain them.
import type { Channel, Kind } from '../backend/model'
import { words } from './words'

const kinds: Record<Kind, { name: () => string; text: () => string }> = {
  assignment: { name: words.kind_assignment, text: words.kind_assignment_text },
  unassignment: { name: words.kind_unassignment, text: words.kind_unassignment_text },
  task_claimed: { name: words.kind_task_claimed, text: words.kind_task_claimed_text },
  note: { name: words.kind_note, text: words.kind_note_text },
  client_review: { name: words.kind_client_review, text: words.kind_client_review_text },
  message: { name: words.kind_message, text: words.kind_message_text },
  note_completed: { name: words.kind_note_completed, text: words.kind_note_completed_text },
  status: { name: words.kind_status, text: words.kind_status_text },
  task_status: { name: words.kind_task_status, text: words.kind_task_status_text },
  asset_status: { name: words.kind_asset_status, text: words.kind_asset_status_text },
  version_dependent: { name: words.kind_version_dependent, text: words.kind_version_dependent_text },
  version_supervised: { name: words.kind_version_supervised, text: words.kind_version_supervised_text },
  version_assigned: { name: words.kind_version_assigned, text: words.kind_version_assigned_text },
}

const channelNames: Record<Channel, { name: () => string; text: () => string }> = {
  mail: { name: words.channel_mail, text: words.channel_mail_text },
  internal: { name: words.channel_internal, text: words.channel_internal_text },
  digest: { name: words.channel_digest, text: words.channel_digest_text },
}

/** Every kind, in the order in which people are used to read them. */
export const kindsInOrder = Object.keys(kinds) as Kind[]

/** Every channel, in the order in which people read them. */
export const channels = Object.keys(channelNames) as Channel[]

/** kindName is a kind's title; one that a newer server invents shows by its name on the wire. */
export function kindName(kind: Kind): string {
  return (kinds[kind] as (typeof kinds)[Kind] | undefined)?.name() ?? kind
}

/** kindText says when one hears of a kind. */
export function kindText(kind: Kind): string {
  return (kinds[kind] as (typeof kinds)[Kind] | undefined)?.text() ?? ''
}

export const channelName = (channel: Channel) => channelNames[channel].name()

export const channelText = (channel: Channel) => channelNames[channel].text()
