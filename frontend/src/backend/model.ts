// The page's view of Go's domain types. They are derived from the generated bindings, so a change in
// Go fails the type check here; nothing is copied by hand. Generated classes become plain objects and
// generated enums become their literals, because what crosses the bridge is JSON.
import type { domain } from '../../wailsjs/go/models'

type Plain<T> = T extends string
  ? `${T}`
  : T extends readonly (infer U)[]
    ? Plain<U>[]
    : T extends object
      ? { [K in keyof T as T[K] extends (...args: never[]) => unknown ? never : K]: Plain<T[K]> }
      : T

export type Update = Plain<domain.Update>
export type SessionState = Plain<domain.SessionState>
export type Account = Plain<domain.Account>
export type AccountState = Plain<domain.AccountState>
export type AccountChange = Plain<domain.AccountChange>
export type ChannelChange = Plain<domain.ChannelChange>
export type Choice = Plain<domain.Choice>
export type DefaultsState = Plain<domain.DefaultsState>
export type DefaultsChange = Plain<domain.DefaultsChange>
export type Explanation = Plain<domain.Explanation>
export type Mute = Plain<domain.Mute>
export type ProjectName = Plain<domain.ProjectName>
export type Security = Plain<domain.Security>
export type Device = Plain<domain.Device>
export type TwoFactorSetup = Plain<domain.TwoFactorSetup>
export type AccountOf = Plain<domain.AccountOf>
export type AccountOfChange = Plain<domain.AccountOfChange>
export type PeopleFilter = Plain<domain.PeopleFilter>
export type PeoplePage = Plain<domain.PeoplePage>
export type PeopleChoices = Plain<domain.PeopleChoices>
export type Invitation = Plain<domain.Invitation>
export type Policy = Plain<domain.Policy>
export type AuditFilter = Plain<domain.AuditFilter>
export type AuditLine = Plain<domain.AuditLine>
export type AuditPage = Plain<domain.AuditPage>
export type Snooze = Plain<domain.Snooze>
export type Span = Plain<domain.Span>
export type Workspaces = Plain<domain.Workspaces>
export type ConnectionState = Plain<domain.ConnectionState>
export type InboxChange = Plain<domain.InboxChange>
export type InboxFilter = Plain<domain.InboxFilter>
export type InboxPage = Plain<domain.InboxPage>
export type Notification = Plain<domain.Notification>
export type PeopleChange = Plain<domain.PeopleChange>
export type HeldPicture = Plain<domain.HeldPicture>
export type Drop = Plain<domain.Drop>
export type Sending = Plain<domain.Sending>
export type Square = Plain<domain.Square>
export type Person = Plain<domain.Person>
export type Reason = Plain<domain.Reason>
export type Note = Plain<domain.Note>
export type Thread = Plain<domain.Thread>
export type Status = Plain<domain.Status>
export type Task = Plain<domain.Task>
export type TaskList = Plain<domain.TaskList>
export type TaskChange = Plain<domain.TaskChange>
export type Overview = Plain<domain.Overview>
export type OverviewChange = Plain<domain.OverviewChange>
export type Glance = Plain<domain.Glance>
export type Happening = Plain<domain.Happening>
export type Deadline = Plain<domain.Deadline>
export type Colleague = Plain<domain.Colleague>
export type Crumb = Plain<domain.Crumb>
export type Settings = Plain<domain.Settings>
export type Computer = Plain<domain.Computer>
export type WindowState = Plain<domain.WindowState>
export type SignIn = Plain<domain.SignIn>

export type Theme = 'dark' | 'light' | 'system'
export type Kind = Notification['kind']
export type Channel = 'mail' | 'internal' | 'digest'
/** For each weekday by its English name, the spans of that day. */
export type QuietHours = Record<string, Span[]>
export type View = 'tasks' | 'overview'
export type Verb = 'read' | 'unread' | 'done' | 'undone' | 'unsnooze'
