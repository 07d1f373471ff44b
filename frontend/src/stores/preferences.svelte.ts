// The draft of the Preferences page. How everything looks stands in the settings in force; the rest in
// what the person chose in their workspace, where it keeps that.
import { save } from '../backend/account'
import type { AppError } from '../backend/errors'
import type { AccountChange, Theme } from '../backend/model'
import { save as saveHere } from '../backend/settings'
import { account } from './account.svelte'
import { camel } from './camel'
import { Draft } from './draft.svelte'
import { settings } from './settings.svelte'

export interface PreferenceFields {
  fuzzyDates: boolean
  /** '' is the inbox. */
  defaultPage: '' | 'my_tasks' | 'overview'
  /** '' is the system's. */
  language: string
  theme: Theme
  /** '' is this computer's. */
  timezone: string
}

export const preferences = new Draft<PreferenceFields>({
  saved: () => ({
    fuzzyDates: settings.fuzzyDates,
    defaultPage: account.state?.preferences.defaultPage ?? '',
    language: settings.language,
    theme: settings.theme,
    timezone: account.state?.preferences.timezone ?? '',
  }),
  save: (changes) => {
    if (account.state?.able.preferences) return save(changeOf(changes))
    const { theme = settings.theme, language = settings.language, fuzzyDates = settings.fuzzyDates } = changes
    return saveHere(theme, language, fuzzyDates)
  },
  fieldOf,
})

/** changeOf names what was chosen, and of what the choice was dropped. */
function changeOf(changes: Partial<PreferenceFields>): AccountChange {
  const chosen = Object.entries(changes).filter(([, value]) => value !== '')
  const reset = Object.keys(changes).filter((key) => changes[key as keyof PreferenceFields] === '')
  return { ...Object.fromEntries(chosen), ...(reset.length ? { reset } : {}) }
}

const fields: (keyof PreferenceFields)[] = ['fuzzyDates', 'defaultPage', 'language', 'theme', 'timezone']

function fieldOf(error: AppError): keyof PreferenceFields | undefined {
  return fields.find((field) => field === camel(error.field))
}
