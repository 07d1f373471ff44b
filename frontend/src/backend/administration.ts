import {
  AccountOf, Audit, ChangeAccountOf, Defaults, Enforce, Invite, People, PeopleChoices, Policy, ResetSecondFactor, SaveDefaults, SendReset,
} from '../../wailsjs/go/bridge/Administration'
import { asked, told } from './errors'
import type * as model from './model'

type DefaultsArgument = Parameters<typeof SaveDefaults>[0]
type InvitationArgument = Parameters<typeof Invite>[0]
type ChangeArgument = Parameters<typeof ChangeAccountOf>[1]
type AuditArgument = Parameters<typeof Audit>[0]

export const defaults = () => asked<model.DefaultsState>(() => Defaults())

/** saveDefaults gives the defaults as they stand then. */
export const saveDefaults = (change: model.DefaultsChange) =>
  asked<model.DefaultsState>(() => SaveDefaults(change as unknown as DefaultsArgument))

export const people = (filter: model.PeopleFilter, cursor: string) => asked<model.PeoplePage>(() => People(filter, cursor))

export const accountOf = (user: string) => asked<model.AccountOf>(() => AccountOf(user))

export const peopleChoices = () => asked<model.PeopleChoices>(() => PeopleChoices())

/** invite gives the account of who was invited. */
export const invite = (invitation: model.Invitation) => asked<model.AccountOf>(() => Invite(invitation as unknown as InvitationArgument))

/** changeAccountOf gives the account as it is then. */
export const changeAccountOf = (user: string, change: model.AccountOfChange) =>
  asked<model.AccountOf>(() => ChangeAccountOf(user, change as unknown as ChangeArgument))

export const sendReset = (user: string) => told(() => SendReset(user))

export const resetSecondFactor = (user: string) => asked<model.AccountOf>(() => ResetSecondFactor(user))

export const audit = (filter: model.AuditFilter, cursor: string) => asked<model.AuditPage>(() => Audit(filter as unknown as AuditArgument, cursor))

export const policy = () => asked<model.Policy>(() => Policy())

/** enforce gives the policy as it is then. */
export const enforce = (on: boolean) => asked<model.Policy>(() => Enforce(on))
