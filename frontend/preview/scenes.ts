// What the preview can show: one scene a state of the product, with the data of a believable studio.
import type { AccountState, Notification, Overview, Security, TaskList, Thread, Update } from '../src/backend/model'
import { accountState } from '../src/testing/account'
import { security } from '../src/testing/security'
import { crowd, task, taskList } from '../src/testing/production'
import { account, ago, maya, note, notification, path, person, signedIn, signedOut, thread } from '../src/testing/builders'

interface Scene {
  snapshot: Update
  rows?: Notification[]
  threads?: Map<string, Thread>
  tasks?: TaskList
  overview?: Overview
  security?: Security
  failures?: [door: string, failure: { code: string; reason?: string; field?: string; wait?: number }][]
  /** Doors that fail the first time. */
  once?: [door: string, failure: { code: string; reason?: string; field?: string }][]
}

const film = 'Northern Lights'
const tomas = person('Tomas Ríos')
const kenji = person('Kenji Ito')
const ines = person('Ines Navarro')
const lena = person('Lena Brandt')
const aiko = person('Aiko Mori')
const wei = person('Wei Qiao', 'portrait-wei')
const review = { id: 's1', name: 'In review', color: '#3b8edd' }
const progress = { id: 's2', name: 'In progress', color: '#e0a54a' }
const read = { readAt: ago(1) }
const yesterday = 60 * 20

const shot = (shotName: string, task?: string) =>
  task ? path(film, 'sq020', shotName, task) : path(film, 'sq020', shotName)

function studio(): Notification[] {
  return [
    notification({
      id: 'rim',
      actor: tomas,
      projectId: 'northern-lights',
      entityType: 'Task',
      entityId: 'late',
      createdAt: ago(2),
      reasons: [
        { kind: 'note', rule: 'assigned' },
        { kind: 'note', rule: 'group_recipient', name: 'Lighting' },
      ],
      subject: {
        path: shot('sh0140', 'comp'),
        thumbnailId: 'sh0140-comp',
        text: 'The rim light on her left shoulder pops at 1043. Can we hold the 1039 value through the turn? The hair is perfect now, please leave it.',
        frame: 1043,
        version: 27,
      },
    }),
    notification({
      id: 'blocking',
      kind: 'version_supervised',
      actor: kenji,
      createdAt: ago(9),
      subject: { path: shot('sh0120', 'anim'), thumbnailId: 'sh0120', text: 'Blocking pass with the new rig, feet still sliding at the end', version: 14 },
    }),
    notification({
      id: 'assigned',
      kind: 'assignment',
      actor: ines,
      createdAt: ago(34),
      noteId: undefined,
      reasons: [{ kind: 'assignment', rule: 'assigned' }],
      subject: { path: shot('sh0155', 'comp'), thumbnailId: 'sh0155' },
    }),
    notification({
      id: 'status',
      kind: 'status',
      actor: lena,
      createdAt: ago(66),
      noteId: undefined,
      ...read,
      subject: { path: path(film, 'sq020'), thumbnailId: 'sq020', from: progress, to: review },
    }),
    notification({
      id: 'dailies',
      kind: 'message',
      actor: aiko,
      createdAt: ago(185),
      reasons: [{ kind: 'message', rule: 'wrote_in_thread' }],
      subject: { path: [], text: 'Client likes the second grade. Keep that one for Tuesday and send me the old one for comparison.' },
    }),
    notification({
      id: 'practicals',
      kind: 'note_completed',
      actor: tomas,
      createdAt: ago(yesterday),
      ...read,
      subject: { path: shot('sh0090', 'light'), thumbnailId: 'sh0090', text: 'Lower the practicals by a third of a stop' },
    }),
    notification({ id: 'roto', kind: 'task_claimed', actor: wei, createdAt: ago(yesterday + 40), noteId: undefined, ...read, subject: { path: shot('sh0160', 'roto'), thumbnailId: 'sh0160' } }),
    notification({
      id: 'rig',
      kind: 'version_dependent',
      actor: kenji,
      createdAt: ago(yesterday + 90),
      noteId: undefined,
      ...read,
      subject: { path: path('Characters', 'mara', 'rig'), thumbnailId: 'broken', version: 31 },
    }),
  ]
}

function studioThreads(): Map<string, Thread> {
  const first = note({
    id: 'note-rim',
    author: tomas,
    text: 'The rim light on her left shoulder pops at 1043. Can we hold the 1039 value through the turn?\nThe hair is perfect now, please leave it.',
    recipients: ['Maya Chen', 'Lighting'],
    frame: 1043,
  })
  const reply = note({ author: maya, text: 'v027 is up with the hair grade. Rim is straight from the render.\nhttps://review.aurora.example/v027', date: ago(1) })
  return new Map([['rim', thread('note-rim', first, reply)]])
}

function many(): Notification[] {
  return Array.from({ length: 1000 }, (_, i) =>
    notification({
      id: `many-${i}`,
      actor: [tomas, kenji, ines, lena, aiko][i % 5] ?? tomas,
      createdAt: ago(i * 7),
      ...(i > 40 ? read : {}),
      subject: { path: shot(`sh${String(100 + i * 10).padStart(4, '0')}`, 'comp'), thumbnailId: `p${i % 9}`, text: `Note ${i}: hold the value through the turn` },
    }),
  )
}

function long(): Notification[] {
  const name = 'sh0140_extended_directors_cut_alternate_ending_wide'
  return [
    notification({
      id: 'rim',
      actor: person('Maximiliana von Hohenstein-Grünwald y Fernández de la Vega'),
      createdAt: ago(2),
      subject: {
        path: path('The Exceptionally Long Working Title of a Film', 'sequence_020_harbour_at_night', name, 'compositing_stereo_left'),
        thumbnailId: 'long',
        text: 'Unbroken' + 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.repeat(6) + ' <b>not bold</b> <img src=x onerror=alert(1)>',
      },
    }),
    ...studio().slice(1),
  ]
}

const administrator = accountState({ able: { preferences: true, administrator: true, notificationMail: true } })

const blank: Overview = { projects: [], happened: [], deadlines: [], people: [] }

function longTasks() {
  const name = 'sh0140_extended_directors_cut_alternate_ending_wide'
  const status = { id: 'long', name: 'Waiting for the second client review round', color: 'red; background: url(https://x.example)', state: 'blocked' as const }
  return [
    task({ id: 'long', path: ['The Exceptionally Long Working Title of a Film', 'sequence_020_harbour_at_night', name, 'compositing_stereo_left'], type: 'Compositing stereo left eye', status, groups: ['Compositing', 'Effects and simulation'], thumbnailId: 'long', urgency: 0, priority: 'Needed for the client yesterday', description: 'Unbroken' + 'a'.repeat(200) + ' <b>not bold</b>' }),
    task({ thumbnailId: 'sh0140' }),
  ]
}

const workday = [{ from: '00:00', to: '09:00' }, { from: '19:00', to: '24:00' }]
const whole = [{ from: '00:00', to: '24:00' }]
/** Somebody who chose a good deal. */
const choosy: Partial<AccountState> = {
  preferences: {
    timezone: 'Europe/Madrid',
    quietHours: { monday: workday, tuesday: workday, wednesday: workday, thursday: workday, friday: workday, saturday: whole, sunday: whole },
  },
  kinds: accountState().kinds.map((row) => {
    const own = ({ note: ['mail', 'internal', 'digest'], task_claimed: ['digest'], status: [] } as Record<string, AccountState['kinds'][number]['own']>)[row.kind]
    return own ? { ...row, own } : row
  }),
  overrides: [{ project: 'tide', name: 'Tide', kinds: { note: ['mail'], task_status: [] } }],
  mutes: [
    { id: 'm1', entityType: 'Project', entityId: 'harbour', path: path('Harbour'), createdAt: ago(600) },
    { id: 'm2', entityType: 'Task', entityId: 'comp', path: shot('sh0090', 'comp'), until: ago(-60 * 24 * 5), createdAt: ago(60) },
    { id: 'm3', entityType: 'Note', entityId: 'n1', path: shot('sh0120', 'anim'), text: 'Feet still sliding at the end of the shot, and her hand goes through the railing', until: ago(-60 * 9), createdAt: ago(60) },
  ],
}

const withStudio = (part: Partial<Update> = {}): Scene => ({ snapshot: signedIn(studio(), part), threads: studioThreads() })

const scenes: Record<string, () => Scene> = {
  inbox: () => withStudio(),
  paused: () => withStudio({
    account: accountState({ preferences: { quietHours: null, pausedUntil: ago(-90) } }),
    workspaces: { items: [account, { ...account, key: 'tide', workspace: 'Tide Studio' }, { ...account, key: 'demo', workspace: 'Demo Studio', demo: true }].map((account, i) => ({ account, phase: i === 2 ? 'expired' : 'signed-in', online: i !== 1, unread: [4, 1280, 0][i] ?? 0 })) },
  } as Partial<Update>),
  notifications: () => withStudio({ account: accountState(choosy) }),
  'no-mail': () => withStudio({ account: accountState({ able: { preferences: true, administrator: false, notificationMail: false } }) }),
  defaults: () => withStudio({ account: accountState({ able: { preferences: true, administrator: true, notificationMail: true } }) }),
  'defaults-failed': () => ({
    ...withStudio({ account: accountState({ able: { preferences: true, administrator: true, notificationMail: true } }) }),
    failures: [['Administration.Defaults', { code: 'offline' }]],
  }),
  'settings-unknown': () => withStudio({ account: undefined }),
  'settings-offline': () => withStudio({ account: undefined, connection: { online: false, syncing: false, waiting: 0 } } as Partial<Update>),
  snoozed: () => ({ ...withStudio(), rows: studio().map((row, i) => (i % 2 ? row : { ...row, ...(i ? { snoozeUntilChange: true } : { snoozedUntil: ago(-90) }) })) }),
  office: () => withStudio({ account: administrator }),
  'office-failed': () => ({ ...withStudio({ account: administrator }), failures: [['Administration.People', { code: 'offline' }], ['Administration.Audit', { code: 'internal' }], ['Administration.Policy', { code: 'offline' }]] }),
  'office-refused': () => ({ ...withStudio({ account: administrator }), failures: [['Administration.ChangeAccountOf', { code: 'conflict', reason: 'last_administrator' }], ['Administration.Invite', { code: 'conflict', reason: 'username_taken', field: 'username' }], ['Administration.Enforce', { code: 'forbidden', reason: 'standard_edition' }]] }),
  compact: () => withStudio({ window: { visible: true, compact: true } }),
  'first-run': () => ({ snapshot: signedOut() }),
  'wrong-password': () => ({ snapshot: signedOut(), failures: [['Session.SignIn', { code: 'unauthorized', reason: 'invalid_credentials' }]] }),
  'wrong-address': () => ({ snapshot: signedOut(), failures: [['Session.SignIn', { code: 'invalid', reason: 'not_a_callboard_server' }]] }),
  insecure: () => ({ snapshot: signedOut(), failures: [['Session.SignIn', { code: 'invalid', reason: 'insecure', field: 'address' }]] }),
  untrusted: () => ({ snapshot: signedOut(), failures: [['Session.SignIn', { code: 'offline', reason: 'tls', field: 'address' }]] }),
  enrolling: () => ({ snapshot: signedOut(), failures: [['Session.SignIn', { code: 'forbidden', reason: 'enrolment_required' }]] }),
  unencrypted: () => withStudio({ session: { phase: 'signed-in', account: { ...account, insecure: true }, kept: true } } as Partial<Update>),
  'second-factor': () => ({ snapshot: signedOut(), failures: [['Session.SignIn', { code: 'unauthorized', reason: 'second_factor_required' }]] }),
  empty: () => ({ snapshot: signedIn([]) }),
  offline: () => withStudio({ connection: { online: false, syncing: false, syncedAt: ago(5), waiting: 3 } } as Partial<Update>),
  expired: () => withStudio({ session: { phase: 'expired', account, kept: false } } as Partial<Update>),
  failed: () => ({
    snapshot: { ...signedIn([]), inbox: undefined },
    failures: [['Inbox.Page', { code: 'internal' }]],
  }),
  'profile-long': () => withStudio({
    account: accountState({ profile: { id: 'maya-chen', username: 'maximiliana.von.hohenstein-gruenwald', firstName: 'Maximiliana 🦊 مايا', lastName: 'von Hohenstein-Grünwald y Fernández de la Vega', email: 'maximiliana.von.hohenstein-gruenwald@a-very-long-subdomain.aurora-pictures.example' } }),
  } as Partial<Update>),
  'profile-picture': () => withStudio({ session: { phase: 'signed-in', account: { ...account, user: { ...maya, thumbnailId: 'face' } }, kept: true } } as Partial<Update>),
  'profile-refused': () => ({
    ...withStudio(),
    once: [['Account.SetEmail', { code: 'conflict', reason: 'email_taken', field: 'email' }], ['Account.Save', { code: 'invalid', reason: 'name_too_long', field: 'first_name' }]],
  }),
  'picture-refused': () => ({ ...withStudio(), failures: [['Account.SetPicture', { code: 'invalid', reason: 'picture_damaged' }]] }),
  'zone-refused': () => ({ ...withStudio(), once: [['Account.Save', { code: 'invalid', reason: 'invalid_timezone', field: 'timezone' }]] }),
  'save-refused': () => ({ ...withStudio(), failures: [['Account.Save', { code: 'offline' }]] }),
  refused: () => ({ ...withStudio(), failures: [['Inbox.Do', { code: 'forbidden' }]] }),
  'thread-failed': () => ({ ...withStudio(), failures: [['Inbox.Open', { code: 'internal' }]] }),
  'tasks-none': () => ({ ...withStudio(), tasks: taskList([]) }),
  'tasks-crowd': () => ({ ...withStudio(), tasks: taskList(crowd(500)) }),
  'tasks-long': () => ({ ...withStudio(), tasks: taskList(longTasks()) }),
  'tasks-loading': () => ({ ...withStudio(), tasks: taskList([], { fetchedAt: undefined }), overview: blank }),
  'tasks-never': () => ({ ...withStudio({ connection: { online: false, syncing: false, waiting: 0 } } as Partial<Update>), tasks: taskList([], { fetchedAt: undefined }), overview: blank }),
  'tasks-failed': () => ({ ...withStudio(), failures: [['Tasks.List', { code: 'internal' }], ['Overview.Now', { code: 'internal' }]] }),
  'tasks-refused': () => ({ ...withStudio(), failures: [['Tasks.SetStatus', { code: 'conflict', reason: 'status_moved' }]] }),
  guarded: () => ({ ...withStudio(), security: security({ secondFactor: true, backupCodes: 3 }) }),
  'security-enforced': () => ({ ...withStudio(), security: security({ secondFactor: true, enforced: true, backupCodes: 0, key: undefined, devices: security().devices.slice(0, 1) }) }),
  'security-elsewhere': () => ({ ...withStudio(), security: security({ local: false }) }),
  'security-failed': () => ({ ...withStudio(), failures: [['Security.State', { code: 'internal' }]] }),
  'security-offline': () => ({ ...withStudio({ connection: { online: false, syncing: false, waiting: 0 } } as Partial<Update>), failures: [['Security.State', { code: 'offline' }]] }),
  'password-refused': () => ({ ...withStudio(), failures: [['Security.ChangePassword', { code: 'invalid', reason: 'password_common', field: 'password' }]] }),
  'code-refused': () => ({ ...withStudio(), security: security({ secondFactor: true, backupCodes: 8 }), failures: [['Security.DisableTwoFactor', { code: 'unauthorized', reason: 'clock_skew', field: 'code' }]] }),
  unconfirmed: () => ({
    ...withStudio(),
    failures: [['Security.MakeKey', { code: 'forbidden', reason: 'confirmation_required' }], ['Security.Confirm', { code: 'unauthorized', reason: 'second_factor_required', field: 'code' }]],
  }),
  'overview-none': () => ({ ...withStudio(), overview: { ...blank, fetchedAt: ago(0) } }),
  many: () => ({ snapshot: signedIn(many()) }),
  long: () => ({ snapshot: signedIn(long()) }),
}

/** scene makes one afresh; an unknown name is the inbox. */
export function scene(name: string): Scene {
  return (scenes[name] ?? scenes['inbox'] ?? withStudio)()
}
