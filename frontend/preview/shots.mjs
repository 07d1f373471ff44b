// Pictures of the page's states, looked at by people: npm run shots → preview/shots/, with axe on every state. A pattern chooses
// some by name: npm run shots -- dark-ru.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'

import { browse, choose, inParallel, languages, themes } from './browser.mjs'
import { states } from './states.mjs'

const out = new URL('shots/', import.meta.url).pathname
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const only = new RegExp(process.argv[2] ?? '')
let faults = 0

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
const preview = await browse(fault)
await inParallel(states, keep)
await preview.close()
console.log(`${out}: ${faults} faults`)
process.exit(faults ? 1 : 0)

/** keep opens a state once and keeps it in each theme and language; what axe finds changes with the theme alone. */
async function keep(state) {
  const { scene, size = 'wide', name = scene } = state
  const file = (theme, language) => `${name}-${size}-${theme}-${language}`
  const wanted = (theme) => languages.filter((language) => only.test(file(theme, language)))
  const first = themes.flatMap(wanted)[0]
  if (!first) return
  const page = await preview.open(state, first)
  for (const theme of themes) {
    for (const language of wanted(theme)) {
      await choose(page, language, theme)
      await page.waitForTimeout(150) // what fades has faded
      await page.screenshot({ path: `${out}${file(theme, language)}.png` })
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
      if (sideways) fault(file(theme, language), 'scrolls sideways')
      if (language !== wanted(theme)[0]) continue
      for (const found of await violations(page)) fault(file(theme, language), found)
    }
  }
  await preview.leave(page)
}

/** violations are what axe finds. The policy forbids script tags, so axe comes in by evaluation. */
async function violations(page) {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const result = await window.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })
    return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join('; ')}`)
  })
}

function fault(file, text) {
  faults += 1
  console.log(`${file}: ${text}`)
}
