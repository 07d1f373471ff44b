import { first } from '../routes/pages'
import { inbox } from '../stores/inbox.svelte'
import { reading } from '../stores/reading.svelte'
import { route } from '../stores/route.svelte'

/** show goes to a page. Choosing the inbox while it shows goes back to all of it. */
export async function show(path: string): Promise<void> {
  const again = route.path === path
  if (!(await route.go(path)) || !again || path !== first.path) return
  reading.close()
  if (inbox.filter !== 'all') void inbox.choose('all')
}
