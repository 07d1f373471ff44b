import { Quit, ShowFull, Snapshot } from '../../wailsjs/go/bridge/App'
import { asked } from './errors'
import type { Update } from './model'

/** snapshot gives everything the page shows at the start, from this computer alone. */
export const snapshot = () => asked<Update>(() => Snapshot())

/** showFull turns the compact window at the tray into the full one. */
export const showFull = () => asked<void>(() => ShowFull())

export const quit = () => asked<void>(() => Quit())
