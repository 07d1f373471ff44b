import type { Channel } from '../../../backend/model'
import { channelName } from '../../../text/kinds'
import { words } from '../../../text/words'

/** channelsInWords is a choice of ways: "Mail, Internal", off, or the default. */
export function channelsInWords(on: Channel[] | undefined): string {
  if (!on) return words.workspace_default()
  return on.length ? on.map(channelName).join(', ') : words.off()
}
