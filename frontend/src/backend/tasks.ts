import { About, Browse, Follow, List, SetStatus, UnreadNotes } from '../../wailsjs/go/bridge/Tasks'
import { asked, told } from './errors'
import type { Notification, TaskList, View } from './model'

type ViewArgument = Parameters<typeof Follow>[0]

/** list gives the tasks kept here at once; what the server says follows as a change. */
export const list = () => asked<TaskList>(() => List())

/** follow says which view of the production shows, so that it is kept fresh; none with no view. */
export const follow = (view?: View) => told(() => Follow((view ?? '') as ViewArgument))

/** setStatus returns when Go has stored the choice, not when the server has confirmed it. */
export const setStatus = (task: string, status: string) => told(() => SetStatus(task, status))

/** unreadNotes counts unread notes by what they hang on. */
export const unreadNotes = () => asked<Record<string, number>>(() => UnreadNotes())

/** about lists the newest notifications about a task. */
export const about = (task: string) => asked<Notification[]>(() => About(task))

/** browse opens a task in the browser, at an address that Go makes. */
export const browse = (task: string) => told(() => Browse(task))
