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
export type ConnectionState = Plain<domain.ConnectionState>
export type InboxChange = Plain<domain.InboxChange>
export type InboxFilter = Plain<domain.InboxFilter>
export type InboxPage = Plain<domain.InboxPage>
export type Notification = Plain<domain.Notification>
export type Person = Plain<domain.Person>
export type Reason = Plain<domain.Reason>
export type Note = Plain<domain.Note>
export type Thread = Plain<domain.Thread>
export type Status = Plain<domain.Status>
export type Settings = Plain<domain.Settings>
export type Computer = Plain<domain.Computer>
export type WindowState = Plain<domain.WindowState>
export type SignIn = Plain<domain.SignIn>

export type Theme = 'dark' | 'light' | 'system'
export type Verb = 'read' | 'unread' | 'done' | 'undone'
