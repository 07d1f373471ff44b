// The projects of the Notifications page: those that differ, those whose difference is not saved yet, and
// those somebody has just looked up.
import type { ProjectName } from '../backend/model'
import { account } from './account.svelte'
import { hearing } from './hearing.svelte'

let looked = $state.raw<ProjectName[]>([])

export const opened = {
  add(project: ProjectName): void {
    looked = [...looked.filter((one) => one.id !== project.id), project]
  },
  remove(id: string): void {
    looked = looked.filter((one) => one.id !== id)
  },
  clear(): void {
    looked = []
  },
}

/** overridden lists the projects to be shown, by name. */
export function overridden(): ProjectName[] {
  const names: Record<string, string> = {}
  for (const field of hearing.changed) {
    const [layer, project = ''] = field.split('/')
    if (layer === 'project') names[project] = project
  }
  for (const { project, name } of account.state?.overrides ?? []) names[project] = name
  for (const { id, name } of looked) names[id] = name
  return Object.entries(names)
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name))
}
