// The page with a fake Go side: /preview/?scene=inbox&theme=light&language=es (scenes.ts lists the scenes).
import { FakeBackend } from '../src/testing/fake-backend'
import { scene } from './scenes'

const query = new URLSearchParams(location.search)
const chosen = scene(query.get('scene') ?? 'inbox')
const settings = chosen.snapshot.settings
if (settings) {
  settings.theme = (query.get('theme') ?? 'dark') as typeof settings.theme
  settings.language = query.get('language') ?? ''
  settings.fuzzyDates = query.get('dates') !== 'exact'
}
const backend = new FakeBackend(chosen.snapshot).install()
if (chosen.rows) backend.rows = chosen.rows
chosen.threads?.forEach((thread, id) => backend.threads.set(id, thread))
chosen.once?.forEach(([door, failure]) => backend.failOnce(door, failure))
chosen.failures?.forEach(([door, failure]) => backend.fail(door, failure))
// For shots, which play what comes from elsewhere.
Object.assign(window, { backend })

await import('../src/main')
