// Joins Go to the stores: the snapshot first, then every change.
import { snapshot } from '../backend/app'
import { onChange } from '../backend/changes'
import { toAppError } from '../backend/errors'
import type { Update } from '../backend/model'
import { errorText } from '../text/errors'
import { words } from '../text/words'
import { account } from './account.svelte'
import { connection } from './connection.svelte'
import { defaults } from './defaults.svelte'
import { forgetDrafts, refused } from './draft.svelte'
import { inbox } from './inbox.svelte'
import { notice } from './notice.svelte'
import { opened } from './overrides.svelte'
import { overview } from './overview.svelte'
import { portrait } from './portrait.svelte'
import { reading } from './reading.svelte'
import { route } from './route.svelte'
import { session } from './session.svelte'
import { security } from './security.svelte'
import { settings } from './settings.svelte'
import { tasks } from './tasks.svelte'
import { windowState } from './window.svelte'
import { workspaces } from './workspaces.svelte'

/** apply spreads an update over the stores: settings first, so that what follows is worded in the right language. */
export function apply(update: Update): void {
  if (update.settings) settings.apply(update.settings)
  if (update.computer) settings.applyComputer(update.computer)
  if (update.session) {
    if (update.session.account?.key !== session.account?.key) {
      inbox.clear()
      reading.close()
      account.clear()
      tasks.clear()
      overview.clear()
      security.clear()
      defaults.clear()
      void portrait.cancel()
      forgetDrafts()
      opened.clear()
      if (session.phase !== 'unknown') route.become('')
    }
    session.apply(update.session)
  }
  if (update.workspaces) workspaces.apply(update.workspaces)
  if (update.account) account.apply(update.account)
  if (update.connection) connection.apply(update.connection)
  if (update.window) {
    // At the tray it is the inbox that is wanted, unless something here is not saved.
    if (update.window.compact && !windowState.compact && !route.held('inbox')) void route.go('inbox')
    windowState.apply(update.window)
  }
  if (update.inbox) tasks.inboxChanged()
  if (update.inbox) inbox.apply(update.inbox)
  // A session that came without its first page, as after signing in, is asked for it.
  else if (update.session && inbox.phase === 'loading' && isIn(session.phase)) void inbox.load()
  if (update.thread) reading.applyThread(update.thread)
  if (update.problem) {
    const problem = toAppError(update.problem)
    const text = errorText(problem)
    notice.show({ text: refused(problem) ? words.error_not_kept({ why: text }) : text, failed: true })
  }
  if (update.tasks) tasks.apply(update.tasks)
  if (update.overview) overview.apply(update.overview)
  if (update.people) {
    const { changed } = update.people
    inbox.meet(changed)
    reading.meet(changed)
    overview.meet(changed)
  }
  if (update.dropped) portrait.applyDropped(update.dropped)
  if (update.sending) portrait.applySending(update.sending)
  if (update.show) void reading.visit(update.show.notification)
}

function isIn(phase: string): boolean {
  return phase === 'signed-in' || phase === 'expired'
}

/**
 * start follows Go until the returned function is called. Changes that come before the snapshot wait
 * for it, because it is the older truth.
 */
export async function start(): Promise<() => void> {
  let waiting: Update[] | undefined = []
  const stop = onChange((update) => (waiting ? void waiting.push(update) : apply(update)))
  try {
    apply(await snapshot())
  } catch (thrown) {
    stop()
    throw thrown
  }
  const late = waiting
  waiting = undefined
  late.forEach(apply)
  return stop
}
