// The table of pages: one entry is a page with an address, a place in the rail and a reader.
import type { Component } from 'svelte'

import IconNotifications from '~icons/lucide/bell'
import IconOverview from '~icons/lucide/chart-no-axes-column'
import IconInbox from '~icons/lucide/inbox'
import IconSecurity from '~icons/lucide/key-round'
import IconAudit from '~icons/lucide/scroll-text'
import IconPolicy from '~icons/lucide/shield'
import IconTasks from '~icons/lucide/list-checks'
import IconDefaults from '~icons/lucide/list-restart'
import IconPreferences from '~icons/lucide/sliders-horizontal'
import IconProfile from '~icons/lucide/user-round-pen'
import IconPeople from '~icons/lucide/users'

import { account } from '../stores/account.svelte'
import { inbox } from '../stores/inbox.svelte'
import { tasks } from '../stores/tasks.svelte'
import { words } from '../text/words'
import Audit from './administration/Audit.svelte'
import Defaults from './administration/Defaults.svelte'
import People from './administration/People.svelte'
import Policy from './administration/Policy.svelte'
import Notifications from './account/notifications/Notifications.svelte'
import Preferences from './account/Preferences.svelte'
import Profile from './account/profile/Profile.svelte'
import Inbox from './inbox/Inbox.svelte'
import Overview from './overview/Overview.svelte'
import Security from './security/Security.svelte'
import Tasks from './tasks/Tasks.svelte'

export type Group = 'work' | 'account' | 'administration'

export interface Page {
  /** Its address after "#/". What follows in an address is the page's own to read, by route.below. */
  path: string
  group: Group
  title: () => string
  icon: Component
  component: Component
  /** Who sees it; everybody, where it says nothing. */
  shown?: () => boolean
  /** What waits there: the number beside its title, and the words that say it. */
  count?: () => { number: number; text: string }
}

export const pages: Page[] = [
  {
    path: 'inbox',
    group: 'work',
    title: words.inbox,
    icon: IconInbox,
    component: Inbox,
    count: () => ({ number: inbox.unread, text: words.inbox_count({ count: inbox.unread }) }),
  },
  {
    path: 'tasks',
    group: 'work',
    title: words.my_tasks,
    icon: IconTasks,
    component: Tasks,
    count: () => ({ number: tasks.open, text: tasks.open ? words.my_tasks_count({ count: tasks.open }) : words.my_tasks() }),
  },
  { path: 'overview', group: 'work', title: words.overview, icon: IconOverview, component: Overview },
  { path: 'account/profile', group: 'account', title: words.profile, icon: IconProfile, component: Profile },
  { path: 'account/preferences', group: 'account', title: words.preferences, icon: IconPreferences, component: Preferences },
  {
    path: 'account/notifications',
    group: 'account',
    title: words.notifications,
    icon: IconNotifications,
    component: Notifications,
    // A server that keeps no such settings has nothing to show here.
    shown: () => account.state?.able.preferences ?? true,
  },
  { path: 'account/security', group: 'account', title: words.security, icon: IconSecurity, component: Security },
  {
    path: 'administration/defaults',
    group: 'administration',
    title: words.defaults,
    icon: IconDefaults,
    component: Defaults,
    shown: () => account.administrator,
  },
  { path: 'administration/people', group: 'administration', title: words.people, icon: IconPeople, component: People, shown: () => account.administrator },
  { path: 'administration/security', group: 'administration', title: words.policy, icon: IconPolicy, component: Policy, shown: () => account.administrator },
  { path: 'administration/audit', group: 'administration', title: words.audit, icon: IconAudit, component: Audit, shown: () => account.administrator },
]

/** The page that always is, and that an unknown address shows. */
export const first = pages[0] as Page

/** shown lists the pages of a group that this person sees. */
export function shown(group: Group): Page[] {
  return pages.filter((page) => page.group === group && (page.shown?.() ?? true))
}

/** pageAt finds the page of an address. */
export function pageAt(path: string): Page {
  return pages.find((page) => `${path}/`.startsWith(`${page.path}/`) && (page.shown?.() ?? true)) ?? first
}

/** home is where a person begins: the page they chose, where it exists. */
export function home(): Page {
  const chosen = account.state?.preferences.defaultPage
  return chosen ? pageAt(chosen === 'my_tasks' ? 'tasks' : 'overview') : first
}
