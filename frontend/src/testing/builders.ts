// Short ways to say what a test or the preview needs. Every builder gives a whole, believable thing.
import type { Account, Note, Notification, Person, Settings, Thread, Update } from '../backend/model'
import { accountState } from './account'

export const now = () => Date.now()
export const ago = (minutes: number) => new Date(now() - minutes * 60_000).toISOString()

export function person(name: string, thumbnailId?: string): Person {
  const id = name.toLowerCase().replaceAll(' ', '-')
  return thumbnailId ? { id, name, thumbnailId } : { id, name }
}

export const maya = person('Maya Chen')
export const tomas = person('Tomas Ríos')

export function path(...names: string[]) {
  const types = ['Project', 'Sequence', 'Shot', 'Task']
  return names.map((name, i) => ({ id: name, type: types[i] ?? 'AssetVersion', name }))
}

let counter = 0

/** notification is a note for Maya on sh0140 / comp, but for what the test says otherwise. */
export function notification(part: Partial<Notification> = {}): Notification {
  counter += 1
  const id = part.id ?? `n${counter}`
  return {
    id,
    seq: counter,
    eventKey: `note:${id}`,
    kind: 'note',
    kinds: ['note'],
    reasons: [{ kind: 'note', rule: 'assigned' }],
    actor: tomas,
    noteId: `note-${id}`,
    subject: { path: path('Northern Lights', 'sq020', 'sh0140', 'comp'), text: 'The rim light pops at 1043.' },
    createdAt: ago(counter),
    ...part,
  }
}

export function note(part: Partial<Note> = {}): Note {
  counter += 1
  return { id: `note-${counter}`, author: tomas, text: 'Hold it through the turn.', date: ago(2), recipients: [], ...part }
}

export function thread(first: string, ...notes: Note[]): Thread {
  return { first, notes, fetchedAt: ago(0) }
}

export const account: Account = {
  key: 'aurora',
  address: 'https://callboard.aurora.example',
  demo: false,
  workspace: 'Aurora Pictures',
  user: maya,
  username: 'maya',
}

export const settings: Settings = {
  theme: 'dark',
  language: '',
  fuzzyDates: true,
  fromAccount: false,
  toastsOff: false,
  inboxOnly: [],
  accounts: [account],
  current: account.key,
  trayHintShown: true,
}

/** signedIn is a snapshot with these rows, online and up to date. */
export function signedIn(rows: Notification[], part: Partial<Update> = {}): Update {
  return {
    settings,
    computer: { tray: true, toasts: true, keychain: true, language: 'en', version: '0.1.0' },
    session: { phase: 'signed-in', account, kept: true },
    account: accountState(),
    connection: { online: true, syncing: false, syncedAt: ago(0), waiting: 0 },
    window: { visible: true, compact: false },
    inbox: {
      unread: rows.filter((row) => !row.readAt && !row.doneAt).length,
      changed: [],
      removed: [],
      reset: false,
      first: { items: rows.filter((row) => !row.doneAt), next: '', total: rows.length },
    },
    ...part,
  } as Update
}

export function signedOut(part: Partial<Update> = {}): Update {
  return {
    settings: { ...settings, accounts: [], current: '' },
    computer: { tray: true, toasts: true, keychain: true, language: 'en', version: '0.1.0' },
    session: { phase: 'signed-out', kept: true },
    window: { visible: true, compact: false },
    ...part,
  } as Update
}
