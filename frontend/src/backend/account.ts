import { DropPicture, Pause, PauseUntilTomorrow, Projects, RemovePicture, Resume, Save, SetEmail, SetPicture, TakeDropped, TestToast, Why } from '../../wailsjs/go/bridge/Account'
import { asked, told } from './errors'
import type { AccountChange, Explanation, HeldPicture, ProjectName, Square } from './model'

type ChangeArgument = Parameters<typeof Save>[0]

/** save keeps a change here, whole; the server's refusal comes as a problem later. */
export const save = (change: AccountChange) => told(() => Save(change as unknown as ChangeArgument))

/** setEmail asks the server; it may want to be shown first who asks. */
export const setEmail = (address: string) => told(() => SetEmail(address))

/** setPicture sends a square of the file that is held. How far it is comes with updates. */
export const setPicture = (held: string, square: Square) => told(() => SetPicture(held, square))

/** takeDropped lets Go hold the file that was just dropped on the page, where the web view does not give it. */
export const takeDropped = () => asked<HeldPicture>(() => TakeDropped())

/** dropPicture forgets the file that is held, and gives up sending it. */
export const dropPicture = () => told(() => DropPicture())

export const removePicture = () => told(() => RemovePicture())

export const pause = (minutes: number) => told(() => Pause(minutes))

export const pauseUntilTomorrow = () => told(() => PauseUntilTomorrow())

export const resume = () => told(() => Resume())

export const why = (notification: string) => asked<Explanation>(() => Why(notification))

export const testToast = () => told(() => TestToast())

/** projects finds a few whose name holds the words; it asks the server. */
export const projects = (search: string) => asked<ProjectName[] | null>(() => Projects(search))
