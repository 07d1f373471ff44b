// The roles that every workspace begins with, in the reader's language; a studio's own are called as it calls them.
import { words } from './words'

const names: Record<string, () => string> = {
  Administrator: words.role_administrator,
  'Project Manager': words.role_project_manager,
  User: words.role_user,
}

export const roleName = (name: string) => names[name]?.() ?? name
