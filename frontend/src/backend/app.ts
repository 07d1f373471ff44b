import { Quit, ShowFull, Snapshot } from '../../wailsjs/go/bridge/App'
import { asked, told } from './errors'
import type { Update } from './model'

/** snapshot gives everything the page shows at the start, from this computer alone. */
export const snapshot = () => asked<Update>(() => Snapshot())

/** showFull turns the compact window at the tray into the full one. */
export const showFull = () => told(() => ShowFull())

export const quit = () => told(() => Quit())
