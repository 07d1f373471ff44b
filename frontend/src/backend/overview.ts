import { Now } from '../../wailsjs/go/bridge/Overview'
import { asked } from './errors'
import type { Overview } from './model'

/** now gives the overview kept here at once; what the server says follows as a change. */
export const now = () => asked<Overview>(() => Now())
