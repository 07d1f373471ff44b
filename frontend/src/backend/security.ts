import {
  ChangePassword, Confirm, Copy, DisableTwoFactor, EnableTwoFactor, GiveUpEnrolment, MakeBackupCodes, MakeKey, Print, SaveText,
  SetUpTwoFactor, SignOutDevice, SignOutOthers, State,
} from '../../wailsjs/go/bridge/Security'
import { asked, told } from './errors'
import type { Security, TwoFactorSetup } from './model'

export const state = () => asked<Security>(() => State())

/** confirm shows anew who one is; for ten minutes what guards the account may then be changed. */
export const confirm = (password: string, code: string) => told(() => Confirm(password, code))

export const changePassword = (old: string, password: string) => told(() => ChangePassword(old, password))

/** setUpTwoFactor gives what an authenticator needs, also to whoever must have a second factor to sign in. */
export const setUpTwoFactor = () => asked<TwoFactorSetup>(() => SetUpTwoFactor())

export const enableTwoFactor = (code: string) => told(() => EnableTwoFactor(code))

/** giveUpEnrolment forgets who was setting up a second factor to sign in. */
export const giveUpEnrolment = () => told(() => GiveUpEnrolment())

export const disableTwoFactor = (code: string) => told(() => DisableTwoFactor(code))

/** makeBackupCodes gives a new set, to be read this once. */
export const makeBackupCodes = (code: string) => asked<string[]>(() => MakeBackupCodes(code))

/** makeKey makes the API key, or makes it anew, to be read this once. */
export const makeKey = () => asked<string>(() => MakeKey())

export const signOutDevice = (id: string) => told(() => SignOutDevice(id))

export const signOutOthers = () => told(() => SignOutOthers())

export const copy = (text: string) => told(() => Copy(text))

export const print = () => told(() => Print())

/** saveText answers false where the person chose no file. */
export const saveText = (name: string, text: string) => asked<boolean>(() => SaveText(name, text))
