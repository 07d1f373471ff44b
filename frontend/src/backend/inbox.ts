import { Do, MarkAllRead, Open, Page, Snooze as PutOff } from '../../wailsjs/go/bridge/Inbox'
import { asked, told } from './errors'
import type { InboxFilter, InboxPage, Snooze, Thread, Verb } from './model'

type VerbArgument = Parameters<typeof Do>[0]
type SnoozeArgument = Parameters<typeof PutOff>[1]

/** page gives a stretch of the inbox; cursor is the previous page's `next`, '' for the first. */
export const page = (filter: InboxFilter, cursor: string) => asked<InboxPage>(() => Page(filter, cursor))

/** open gives the thread kept here at once and marks the row read; a fresher thread follows as a change. */
export const open = (id: string) => asked<Thread>(() => Open(id))

/** act does a verb to rows. It returns when Go has stored it, not when the server has confirmed it. */
export const act = (verb: Verb, ids: string[]) => told(() => Do(verb as VerbArgument, ids))

/** snooze puts rows off, as durably as act. */
export const snooze = (ids: string[], until: Snooze) => told(() => PutOff(ids, until as unknown as SnoozeArgument))

export const markAllRead = () => told(() => MarkAllRead())
