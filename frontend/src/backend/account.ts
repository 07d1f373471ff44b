import { Pause, PauseUntilTomorrow, Projects, Resume, Save, TestToast, Why } from '../../wailsjs/go/bridge/Account'
import { asked, told } from './errors'
import type { AccountChange, Explanation, ProjectName } from './model'

type ChangeArgument = Parameters<typeof Save>[0]

/** save keeps a change here, whole; the server's refusal comes as a problem later. */
export const save = (change: AccountChange) => told(() => Save(change as unknown as ChangeArgument))

export const pause = (minutes: number) => told(() => Pause(minutes))

export const pauseUntilTomorrow = () => told(() => PauseUntilTomorrow())

export const resume = () => told(() => Resume())

export const why = (notification: string) => asked<Explanation>(() => Why(notification))

export const testToast = () => told(() => TestToast())

/** projects finds a few whose name holds the words; it asks the server. */
export const projects = (search: string) => asked<ProjectName[] | null>(() => Projects(search))
