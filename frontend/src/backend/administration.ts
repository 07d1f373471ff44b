import { Defaults, SaveDefaults } from '../../wailsjs/go/bridge/Administration'
import { asked } from './errors'
import type { DefaultsChange, DefaultsState } from './model'

type ChangeArgument = Parameters<typeof SaveDefaults>[0]

export const defaults = () => asked<DefaultsState>(() => Defaults())

/** saveDefaults gives the defaults as they stand then. */
export const saveDefaults = (change: DefaultsChange) =>
  asked<DefaultsState>(() => SaveDefaults(change as unknown as ChangeArgument))
