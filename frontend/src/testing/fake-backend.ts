// Go's side, played in the page: it stands where the generated bindings look (window.go and
// window.runtime), so everything above them is the real thing.
import type { AccountChange, AccountOf, AccountOfChange, AccountState, AuditFilter, AuditLine, DefaultsChange, Explanation, InboxFilter, InboxPage, Invitation, Kind, Notification, Overview, PeopleFilter, Policy, Security, Settings, SignIn, Snooze, TaskList, Theme, Thread, Update, Verb } from '../backend/model'
import { acted, enters, isUnread, newestFirst, putOff } from '../stores/inbox-rows'
import { accountState, defaulted, defaultsState } from './account'
import { changed, looking } from './fake-account'
import { keyOf, security, setup, tenCodes } from './security'
import { overview, taskList, work } from './production'
import { auditLines, people, peopleChoices, policy } from './studio'

interface Failure {
  code: string
  reason?: string
  field?: string
  message?: string
  wait?: number
}

export class FakeBackend {
  rows: Notification[]
  threads = new Map<string, Thread>()
  account: AccountState
  settings: Settings | undefined
  people: AccountOf[] = people()
  audit: AuditLine[] = auditLines()
  policy: Policy = policy()
  tasks: TaskList = taskList(work())
  overview: Overview = overview()
  projects = ['Northern Lights', 'Tide', 'Harbour'].map((name) => ({ id: name.toLowerCase().replace(' ', '-'), name }))
  security: Security = security()
  defaults = defaultsState()
  explanation: Omit<Explanation, 'reasons'> = {
    routes: [
      { channel: 'mail', kind: 'note', layer: 'built_in' },
      { channel: 'internal', kind: 'note', layer: 'own' },
    ],
    toast: 'quiet',
  }
  pageSize = 200
  calls: unknown[][] = []
  /** What a picture that is being sent waits for. */
  #sent: Promise<void> | undefined
  #failures = new Map<string, Failure>()
  #once = new Map<string, Failure>()
  #listeners = new Set<(update: Update) => void>()

  constructor(public snapshot: Update) {
    this.rows = [...(snapshot.inbox?.first?.items ?? [])]
    this.account = snapshot.account ?? accountState()
    this.settings = snapshot.settings
  }

  /** install puts the fake where the bindings look. */
  install(): this {
    const doors = {
      App: { Snapshot: () => this.snapshot, ShowFull: () => undefined, Hide: () => undefined, Quit: () => undefined },
      Session: {
        TryDemo: () => undefined,
        SignIn: (entered: SignIn) => this.#signIn(entered),
        Switch: () => undefined,
        Forgot: () => undefined,
        ChooseCertificates: () => '/etc/studio/root.pem',
        SignOut: () => this.emit({ session: { phase: 'signed-out', kept: true } } as Update),
      },
      Inbox: {
        Page: (filter: InboxFilter, cursor: string) => this.#page(filter, cursor),
        Open: (id: string) => this.#open(id),
        Do: (verb: Verb, ids: string[]) => this.#do(verb, ids),
        Snooze: (ids: string[], snooze: Snooze) => this.#turn(ids, (row) => putOff(row, snooze)),
        MarkAllRead: () => this.#do('read', this.rows.map((row) => row.id)),
      },
      Account: {
        Save: (change: AccountChange) => this.#change(change),
        Pause: (minutes: number) => this.#change({ pausedUntil: new Date(Date.now() + minutes * 60_000).toISOString() }),
        PauseUntilTomorrow: () => this.#change({ pausedUntil: new Date(Date.now() + 12 * 3_600_000).toISOString() }),
        TestToast: () => undefined,
        Why: (id: string) => ({ ...this.explanation, reasons: this.rows.find((row) => row.id === id)?.reasons ?? [] }),
        SetEmail: (email: string) => this.#profile({ email }),
        SetPicture: async () => {
          await this.#sent
          this.#profile({ thumbnailId: 'new-picture' })
        },
        DropPicture: () => undefined,
        TakeDropped: () => ({ id: 'dropped' }),
        RemovePicture: () => this.#profile({ thumbnailId: undefined }),
        Projects: (search: string) => this.projects.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
        Resume: () => this.#change({ reset: ['pausedUntil'] }),
      },
      Administration: {
        Defaults: () => this.defaults,
        SaveDefaults: (change: DefaultsChange) => (this.defaults = defaulted(this.defaults, change)),
        People: (filter: PeopleFilter, cursor: string) => this.#people(filter, cursor),
        AccountOf: (id: string) => this.people.find((one) => one.id === id),
        PeopleChoices: () => peopleChoices,
        Invite: (invitation: Invitation) => this.#invite(invitation),
        ChangeAccountOf: (id: string, change: AccountOfChange) => this.#changeAccountOf(id, change),
        SendReset: () => undefined,
        ResetSecondFactor: (id: string) => this.#put(id, { secondFactor: false }),
        Audit: (filter: AuditFilter, cursor: string) => this.#audited(filter, cursor),
        Policy: () => this.policy,
        Enforce: (enforced: boolean) => (this.policy = { ...this.policy, enforced, mayEnforce: enforced || this.policy.edition !== 'standard' }),
      },
      Tasks: {
        List: () => this.tasks,
        Follow: () => undefined,
        SetStatus: (id: string, status: string) => this.#setStatus(id, status),
        UnreadNotes: () => this.#unreadNotes(),
        About: (id: string) => this.rows.filter((row) => row.entityId === id),
        Browse: () => undefined,
      },
      Security: {
        State: () => this.security,
        Confirm: () => undefined,
        ChangePassword: () => undefined,
        SetUpTwoFactor: () => setup,
        EnableTwoFactor: () => this.#guard({ secondFactor: true }),
        GiveUpEnrolment: () => undefined,
        DisableTwoFactor: () => this.#guard({ secondFactor: false, backupCodes: 0 }),
        MakeBackupCodes: () => this.#guard({ backupCodes: 10 }, tenCodes),
        MakeKey: () => this.#guard({ key: keyOf() }, 'cb_7QdM2vXkP0sYt4LwZr9BnEoJ1uHcGf6TiRaKx8VgC3q5SmWyNDe'),
        SignOutDevice: (id: string) => this.#guard({ devices: this.security.devices.filter((device) => device.id !== id) }),
        SignOutOthers: () => this.#guard({ devices: this.security.devices.filter((device) => device.current) }),
        Copy: () => undefined,
        Print: () => undefined,
        SaveText: () => true,
      },
      Overview: { Now: () => this.overview },
      Settings: {
        Save: (theme: Theme, language: string, fuzzyDates: boolean) => this.#look({ theme, language, fuzzyDates }),
        SaveToasts: (on: boolean, inboxOnly: Kind[]) => this.#look({ toastsOff: !on, inboxOnly }),
      },
    }
    const bridge = Object.fromEntries(
      Object.entries(doors).map(([type, methods]) => [
        type,
        Object.fromEntries(Object.entries(methods).map(([name, run]) => [name, this.#door(`${type}.${name}`, run)])),
      ]),
    )
    Object.assign(window, { go: { bridge }, runtime: { EventsOnMultiple: this.#listen } })
    return this
  }

  /** fail lets a door fail, as Go words failures, until it is mended with no failure. */
  fail(door: string, failure?: Failure): void {
    if (failure) this.#failures.set(door, failure)
    else this.#failures.delete(door)
  }

  /** failOnce lets the next call of a door fail. */
  failOnce(door: string, failure: Failure): void {
    this.#once.set(door, failure)
  }

  /** follow is the page listening, until the returned function is called. */
  follow(listener: (update: Update) => void): () => void {
    return this.#listen('change', listener)
  }

  /** hold lets a picture stay on its way, until the returned function is called. */
  hold(): () => void {
    let release: () => void = () => undefined
    this.#sent = new Promise((sent) => (release = sent))
    return () => {
      this.#sent = undefined
      release()
    }
  }

  /** emit is Go telling of a change. */
  emit(update: Update): void {
    this.#listeners.forEach((listener) => listener(update))
  }

  called(door: string): unknown[][] {
    return this.calls.filter(([name]) => name === door).map(([, ...args]) => args)
  }

  #listen = (_name: string, listener: (update: Update) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #door(name: string, run: (...args: never[]) => unknown) {
    return async (...args: unknown[]) => {
      this.calls.push([name, ...args])
      const failure = this.#once.get(name) ?? this.#failures.get(name)
      this.#once.delete(name)
      if (failure) throw new Error(JSON.stringify({ message: 'refused', ...failure }))
      return run(...(args as never[]))
    }
  }

  #signIn(entered: SignIn): void {
    this.emit({ session: { phase: 'signed-in', account: this.snapshot.session?.account, kept: true } } as Update)
    void entered
  }

  #change(change: AccountChange): void {
    this.account = changed(this.account, change)
    if (this.settings) this.settings = looking(this.settings, this.account)
    this.emit({ settings: this.settings, account: this.account } as Update)
  }

  /** #profile is the server telling of another profile: of the account, the session, and everywhere. */
  #profile(part: Partial<AccountState['profile']>): void {
    this.account = { ...this.account, profile: { ...this.account.profile, ...part } }
    const { id, firstName, lastName, thumbnailId } = this.account.profile
    const user = { id, name: `${firstName} ${lastName}`, ...(thumbnailId ? { thumbnailId } : {}) }
    const session = this.snapshot.session
    const account = session?.account && { ...session.account, user }
    this.emit({ account: this.account, session: { ...session, account }, people: { changed: [user] } } as Update)
  }

  #look(choice: Partial<Settings>): void {
    if (this.settings) this.settings = { ...this.settings, ...choice }
    this.emit({ settings: this.settings } as Update)
  }

  #guard<T>(part: Partial<Security>, answer?: T): T | undefined {
    this.security = { ...this.security, ...part }
    return answer
  }

  #people({ search, shown }: PeopleFilter, cursor: string) {
    const found = this.people.filter(
      (one) =>
        JSON.stringify([one.username, one.firstName, one.lastName, one.email]).toLowerCase().includes(search.toLowerCase()) &&
        (shown === '' || (shown === 'deactivated') !== one.active) &&
        !(shown === 'no_second_factor' && one.secondFactor),
    )
    const from = Number(cursor || 0)
    const to = from + this.pageSize
    return { people: found.slice(from, to), next: to < found.length ? String(to) : '' }
  }

  #invite({ role, groups, ...profile }: Invitation): AccountOf {
    void groups
    const given = { id: `${profile.username}-role`, role, name: peopleChoices.roles.find(({ id }) => id === role)?.name ?? role, projects: [] }
    const one: AccountOf = { ...profile, id: profile.username, active: true, secondFactor: false, roles: [given], groups: [] }
    this.people = [...this.people, one]
    return one
  }

  #changeAccountOf(id: string, change: AccountOfChange): AccountOf | undefined {
    const one = this.people.find((known) => known.id === id)
    if (!one) return undefined
    const named = (among: { id: string; name: string }[], id: string) => among.find((known) => known.id === id)?.name ?? id
    return this.#put(id, {
      username: change.username ?? one.username,
      active: change.active ?? one.active,
      roles: [
        ...one.roles.filter((given) => !change.takeRoles?.includes(given.id)),
        ...(change.giveRoles ?? []).map((role) => ({ id: `${id}-${role}`, role, name: named(peopleChoices.roles, role), projects: [] })),
      ],
      groups: [
        ...one.groups.filter((joined) => !change.leave?.includes(joined.id)),
        ...(change.join ?? []).map((group) => ({ id: `${id}-${group}`, group, name: named(peopleChoices.groups, group) })),
      ],
    })
  }

  #put(id: string, part: Partial<AccountOf>): AccountOf | undefined {
    this.people = this.people.map((one) => (one.id === id ? { ...one, ...part } : one))
    return this.people.find((one) => one.id === id)
  }

  #audited({ what, user, outcome }: AuditFilter, cursor: string) {
    const found = this.audit.filter(
      (line) =>
        (!what.length || what.includes(line.what)) &&
        `${line.actor} ${line.subject}`.includes(user) &&
        (!outcome || outcome === line.outcome) &&
        (!cursor || line.seq < Number(cursor)),
    )
    const lines = found.slice(0, this.pageSize)
    return { lines, next: found.length > lines.length ? String(lines.at(-1)?.seq ?? '') : '' }
  }

  #setStatus(id: string, wanted: string): void {
    const status = Object.values(this.tasks.workflows ?? {}).flat().find((one) => one.id === wanted)
    const changed = (this.tasks.tasks ?? []).filter((task) => task.id === id).map((task) => ({ ...task, status: status ?? task.status }))
    this.tasks = { ...this.tasks, tasks: (this.tasks.tasks ?? []).map((task) => changed.find((one) => one.id === task.id) ?? task) }
    this.emit({ tasks: { changed } } as Update)
  }

  #unreadNotes(): Record<string, number> {
    const counts: Record<string, number> = {}
    for (const row of this.rows) {
      if (row.kind === 'note' && row.entityId && isUnread(row)) counts[row.entityId] = (counts[row.entityId] ?? 0) + 1
    }
    return counts
  }

  #page(filter: InboxFilter, cursor: string): InboxPage {
    const name = filter.done ? 'done' : filter.snoozed ? 'snoozed' : filter.unread ? 'unread' : 'all'
    const all = this.rows.filter((row) => enters(row, name)).sort(newestFirst)
    const from = Number(cursor || 0)
    const to = from + this.pageSize
    return { items: all.slice(from, to), next: to < all.length ? String(to) : '', total: all.length }
  }

  #open(id: string): Thread {
    this.#do('read', [id])
    return this.threads.get(id) ?? { first: '', notes: [] }
  }

  #do(verb: Verb, ids: string[]): void {
    const at = new Date().toISOString()
    this.#turn(ids, (row) => acted(row, verb, at))
  }

  #turn(ids: string[], after: (row: Notification) => Notification): void {
    this.rows = this.rows.map((row) => (ids.includes(row.id) ? after(row) : row))
    const unread = this.rows.filter((row) => isUnread(row)).length
    const changed = this.rows.filter((row) => ids.includes(row.id))
    this.emit({ inbox: { unread, changed, removed: [], reset: false } } as Update)
  }
}
