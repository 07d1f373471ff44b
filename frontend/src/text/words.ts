// Every sentence the page speaks: `import { words } from …`, then words.undo().
import './language.svelte'

export * as words from './compiled/messages'
