import { SignIn, SignOut, TryDemo } from '../../wailsjs/go/bridge/Session'
import { asked } from './errors'
import type { SignIn as Entered } from './model'

export const tryDemo = () => asked<void>(() => TryDemo())

export const signIn = (entered: Entered) => asked<void>(() => SignIn(entered))

export const signOut = () => asked<void>(() => SignOut())
