import { ChooseCertificates, Forgot, SignIn, SignOut, Switch, TryDemo } from '../../wailsjs/go/bridge/Session'
import { asked, told } from './errors'
import type { SignIn as Entered } from './model'

export const tryDemo = () => told(() => TryDemo())

export const signIn = (entered: Entered) => told(() => SignIn(entered))

/** switchTo shows another of the workspaces somebody is signed in to. */
export const switchTo = (key: string) => told(() => Switch(key))

/** signOut leaves a workspace, the one shown where no key is given. */
export const signOut = (key = '') => told(() => SignOut(key))

/** forgot asks the server to mail a link to choose a new password; the answer tells nobody who is known there. */
export const forgot = (entered: Entered) => told(() => Forgot(entered))

/** chooseCertificates gives the file that the person chose; '' where they chose none. */
export const chooseCertificates = () => asked<string>(() => ChooseCertificates())
