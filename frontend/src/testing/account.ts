// My account of a believable person in a believable workspace.
import type { AccountState, DefaultsChange, DefaultsState } from '../backend/model'

type Setting = AccountState['kinds'][number]

/** The rows of the settings as Callboard has them built in, by rank. */
const builtIn: [Setting['kind'], Setting['default']['channels']][] = [
  ['message', ['mail', 'internal']],
  ['note', ['mail', 'internal']],
  ['note_completed', ['internal']],
  ['client_review', ['internal']],
  ['assignment', ['mail', 'internal']],
  ['unassignment', ['internal']],
  ['task_claimed', ['internal']],
  ['task_status', ['internal']],
  ['status', ['internal']],
  ['asset_status', ['internal']],
  ['version_assigned', ['internal', 'digest']],
  ['version_supervised', ['internal', 'digest']],
  ['version_dependent', ['internal', 'digest']],
]

/** accountState is Maya's, who chose nothing yet, but for what the test says otherwise. */
export function accountState(part: Partial<AccountState> = {}): AccountState {
  return {
    profile: { id: 'maya-chen', username: 'maya', firstName: 'Maya', lastName: 'Chen', email: 'maya@aurora.example' },
    preferences: { quietHours: null },
    defaults: { digestInterval: 'daily', digestHour: 18, quietHours: {} },
    kinds: builtIn.map(([kind, channels]) => ({ kind, own: null, default: { channels, layer: 'built_in' } })),
    overrides: [],
    mutes: [],
    able: { preferences: true, administrator: false, notificationMail: true },
    fetchedAt: new Date().toISOString(),
    ...part,
  }
}

/** defaultsState is what an administrator sees of a workspace that chose nothing yet. */
export function defaultsState(part: Partial<DefaultsState> = {}): DefaultsState {
  return {
    kinds: builtIn.map(([kind, channels], i) => ({
      kind,
      default: { channels, layer: 'built_in' },
      builtIn: channels as DefaultsState['kinds'][number]['builtIn'],
      followers: 230 - 7 * i,
    })),
    workspace: { digestInterval: 'daily', digestHour: 18, quietHours: {} },
    retentionDays: 180,
    doneRetentionDays: 30,
    people: 230,
    ...part,
  }
}

/** defaulted is what the workspace chose, with a change carried out. */
export function defaulted(state: DefaultsState, change: DefaultsChange): DefaultsState {
  const { channels = [], retentionDays = state.retentionDays, doneRetentionDays = state.doneRetentionDays, ...workspace } = change
  return {
    ...state,
    retentionDays,
    doneRetentionDays,
    workspace: { ...state.workspace, ...workspace },
    kinds: state.kinds.map((row) => {
      const one = channels.find((one) => one.kind === row.kind)
      if (!one) return row
      return { ...row, default: one.reset ? { channels: row.builtIn, layer: 'built_in' } : { channels: one.channels, layer: 'workspace' } }
    }),
  }
}
