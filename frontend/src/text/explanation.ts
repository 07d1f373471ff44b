// Why a notification came and which way, in words.
import type { Channel, Explanation } from '../backend/model'
import { channels, kindName } from './kinds'
import { exact } from './when'
import { words } from './words'

type Route = Explanation['routes'][number]

/** routeText says which setting a channel was on by. */
export function routeText({ kind, layer }: Route): string {
  const name = { kind: kindName(kind) }
  switch (layer) {
    case 'project':
      return words.route_project(name)
    case 'own':
      return words.route_own(name)
    case 'workspace':
      return words.route_workspace(name)
    default:
      return words.route_built_in(name)
  }
}

/** routesText says of every channel by which setting it was on, or that it was off. */
export function routesText(routes: Route[]): { channel: Channel; text: string }[] {
  return channels.map((channel) => {
    const route = routes.find((one) => one.channel === channel)
    return { channel, text: route ? routeText(route) : words.off() }
  })
}

const toasts: Record<string, () => string> = {
  paused: words.toast_paused,
  quiet: words.toast_quiet,
  inbox_only: words.toast_inbox_only,
  read: words.toast_read,
  open: words.toast_open,
  folded: words.toast_folded,
  no_daemon: words.toast_no_daemon,
  off: words.toast_off,
}

/** toastText says what became of the toast on this computer. */
export function toastText(locale: string, { toast, toastAt }: Explanation, now: Date): string {
  if (toast === 'shown' && toastAt) return words.toast_shown({ time: exact(locale, new Date(toastAt), now) })
  return (toasts[toast] ?? words.toast_unknown)()
}

/** settingOf is the address of the row that decided, on the Notifications page. */
export function settingOf(explanation: Explanation | undefined, kind: string, project: string | undefined): string {
  const route = explanation?.routes.find((one) => one.channel === 'internal') ?? explanation?.routes[0]
  const field = route?.layer === 'project' && project ? `project/${project}/${route.kind}` : `kind/${route?.kind ?? kind}`
  return `account/notifications/${field}`
}
