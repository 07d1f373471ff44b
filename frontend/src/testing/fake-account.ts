// What Go does with a change of My account, in the page: it stores it, and tells of the new state.
import type { AccountChange, AccountState, Settings } from '../backend/model'

type Overrides = AccountState['overrides']

/** changed is an account with a change carried out. */
export function changed(state: AccountState, change: AccountChange): AccountState {
  const { channels = [], mute = [], unmute = [], reset = [], firstName, lastName, ...chosen } = change
  const profile = { ...state.profile, ...(firstName === undefined ? {} : { firstName }), ...(lastName === undefined ? {} : { lastName }) }
  const preferences = { ...state.preferences, ...chosen } as Record<string, unknown>
  for (const field of reset) preferences[field] = field === 'quietHours' ? null : undefined
  const everywhere = new Map(channels.filter((one) => !one.project).map((one) => [one.kind, one]))
  const kinds = state.kinds.map((row) => {
    const one = everywhere.get(row.kind)
    return one ? { ...row, own: one.reset ? null : one.channels } : row
  })
  const ended = new Set(unmute)
  const begun = mute.map((one, i) => ({ ...one, id: one.id || `mute-${state.mutes.length + i}-${one.entityId}` }))
  return {
    ...state,
    profile,
    preferences: preferences as unknown as AccountState['preferences'],
    kinds: kinds as AccountState['kinds'],
    overrides: overridden(state.overrides, channels),
    mutes: [...state.mutes.filter((one) => !ended.has(one.id)), ...begun],
  }
}

function overridden(overrides: Overrides, channels: NonNullable<AccountChange['channels']>): Overrides {
  const after = new Map(overrides.map((one) => [one.project, { ...one, kinds: { ...one.kinds } }]))
  for (const { project, kind, channels: on, reset } of channels) {
    if (!project) continue
    const one = after.get(project) ?? { project, name: project, kinds: {} }
    if (reset) Reflect.deleteProperty(one.kinds, kind)
    else one.kinds[kind] = on as never
    after.set(project, one)
  }
  return [...after.values()].filter((one) => Object.keys(one.kinds).length)
}

/** looking is the settings in force after a change. */
export function looking(settings: Settings, { preferences }: AccountState): Settings {
  return {
    ...settings,
    theme: preferences.theme ?? settings.theme,
    language: preferences.language ?? '',
    fuzzyDates: preferences.fuzzyDates ?? true,
  }
}
