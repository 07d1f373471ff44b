import { SignIn, SignOut, TryDemo } from '../../wailsjs/go/bridge/Session'
import { told } from './errors'
import type { SignIn as Entered } from './model'

export const tryDemo = () => told(() => TryDemo())

export const signIn = (entered: Entered) => told(() => SignIn(entered))

/** signOut leaves a workspace, the one shown where no key is given. */
export const signOut = (key = '') => told(() => SignOut(key))
