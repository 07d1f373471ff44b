import { Save } from '../../wailsjs/go/bridge/Settings'
import { told } from './errors'
import type { Theme } from './model'

type ThemeArgument = Parameters<typeof Save>[0]

export const save = (theme: Theme, language: string, fuzzyDates: boolean) =>
  told(() => Save(theme as ThemeArgument, language, fuzzyDates))
