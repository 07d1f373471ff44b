import './styles/base.css'

import { mount } from 'svelte'

import App from './App.svelte'
import { toAppError, type AppError } from './backend/errors'
import { page } from './page.svelte'
import { guardDrops } from './shell/drops'
import { start } from './stores/subscriptions'

guardDrops()
// The shell paints before Go answers; the snapshot is asked for in the same moment.
const props = page<AppError>(begin)
mount(App, { target: document.body, props })
begin()

function begin(): void {
  props.failure = undefined
  start().catch((thrown: unknown) => (props.failure = toAppError(thrown)))
}
