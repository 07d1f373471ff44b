import { Save, SaveToasts } from '../../wailsjs/go/bridge/Settings'
import { told } from './errors'
import type { Kind, Theme } from './model'

type ThemeArgument = Parameters<typeof Save>[0]

export const save = (theme: Theme, language: string, fuzzyDates: boolean) =>
  told(() => Save(theme as ThemeArgument, language, fuzzyDates))

type KindArgument = Parameters<typeof SaveToasts>[1]

/** saveToasts keeps whether this computer shows toasts, and of which kinds none. */
export const saveToasts = (on: boolean, inboxOnly: Kind[]) => told(() => SaveToasts(on, inboxOnly as KindArgument))
