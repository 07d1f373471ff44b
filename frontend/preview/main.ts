// The page with a fake Go side: /preview/?scene=inbox&theme=light&language=es (scenes.ts lists the scenes).
import type { Settings, Update } from '../src/backend/model'
import { FakeBackend } from '../src/testing/fake-backend'
import { disguise } from './disguise'
import { scene } from './scenes'

const query = new URLSearchParams(location.search)
const wanted = query.get('language') ?? ''
const chosen = scene(query.get('scene') ?? 'inbox')
const settings = chosen.snapshot.settings
if (settings) {
  settings.theme = (query.get('theme') ?? 'dark') as typeof settings.theme
  settings.language = wanted
  settings.fuzzyDates = query.get('dates') !== 'exact'
}
const backend = new FakeBackend(chosen.snapshot).install()
if (chosen.rows) backend.rows = chosen.rows
if (chosen.security) backend.security = chosen.security
if (chosen.tasks) backend.tasks = chosen.tasks
if (chosen.overview) backend.overview = chosen.overview
chosen.threads?.forEach((thread, id) => backend.threads.set(id, thread))
chosen.once?.forEach(([door, failure]) => backend.failOnce(door, failure))
chosen.failures?.forEach(([door, failure]) => backend.fail(door, failure))
if (wanted.endsWith('-pseudo')) {
  Object.assign(backend, disguise({ ...backend }))
  backend.account.preferences.language = wanted // what is saved keeps the language
}

/** choose shows another language and theme, as if chosen on another screen. */
const choose = (language: string, theme: string) => backend.emit({ settings: { ...settings, language, theme } as Settings } as Update)
// For the states, which play what comes from elsewhere, and for what switches languages.
Object.assign(window, { backend, preview: { choose } })

await import('../src/main')
