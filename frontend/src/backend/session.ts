import { SignIn, SignOut, Switch, TryDemo } from '../../wailsjs/go/bridge/Session'
import { told } from './errors'
import type { SignIn as Entered } from './model'

export const tryDemo = () => told(() => TryDemo())

export const signIn = (entered: Entered) => told(() => SignIn(entered))

/** switchTo shows another of the workspaces somebody is signed in to. */
export const switchTo = (key: string) => told(() => Switch(key))

/** signOut leaves a workspace, the one shown where no key is given. */
export const signOut = (key = '') => told(() => SignOut(key))
