import type { ComponentProps } from 'svelte'

import type Conflict from '../components/Conflict.svelte'
import type { Draft } from '../stores/draft.svelte'
import { errorText } from '../text/errors'
import { words } from '../text/words'

interface Trouble {
  name: string
  error: string | undefined
  conflict: ComponentProps<typeof Conflict> | undefined
}

/** trouble is what a Setting is told of a field of a draft: its name, its error, and a change from elsewhere in words. */
export function trouble<Fields extends object, Key extends keyof Fields & string>(
  draft: Draft<Fields>,
  name: Key,
  word: (value: Fields[Key]) => string,
): Trouble {
  const error = draft.error(name)
  const conflict = draft.conflict(name)
    ? {
        text: words.conflict({ theirs: word(draft.saved(name)) }),
        keep: words.conflict_keep(),
        take: words.conflict_take(),
        onkeep: () => draft.keepMine(name),
        ontake: () => draft.takeTheirs(name),
      }
    : undefined
  return { name, error: error && errorText(error), conflict }
}
