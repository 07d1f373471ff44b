// The workspaces somebody is signed in to here. The one shown is the session's.
import type { Workspaces } from '../backend/model'

class WorkspacesStore {
  items = $state.raw<Workspaces['items']>([])

  apply(workspaces: Workspaces): void {
    this.items = workspaces.items ?? []
  }
}

export const workspaces = new WorkspacesStore()
