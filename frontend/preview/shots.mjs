// Pictures of the page's states, looked at by people: npm run shots → preview/shots/. It builds the
// preview as the shipped page is built, same content security policy, and runs axe on every state.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'

import { chromium } from 'playwright-core'
import { build, preview } from 'vite'

const out = new URL('shots/', import.meta.url).pathname
const config = { configFile: new URL('../vite.preview.config.ts', import.meta.url).pathname, logLevel: 'warn' }
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const open = (page) => page.locator('[data-row=rim]').click()
const fill = async (page) => {
  await page.locator('input').nth(0).fill('callboard.aurora.example')
  await page.locator('input').nth(1).fill('maya')
  await page.locator('input').nth(2).fill('a long password')
  await page.locator('button[type=submit]').click()
}
const edit = async (page) => {
  await page.locator('[data-field=timezone] select').selectOption('Asia/Tokyo')
  await page.locator('[data-field=fuzzyDates] input').click()
}
/** elsewhere plays a change of preferences that comes from another device. */
const elsewhere = (page, chosen) =>
  page.evaluate((chosen) => window.backend.emit({ account: { ...window.backend.account, preferences: { quietHours: null, ...chosen } } }), chosen)
const sizes = { wide: [1240, 800], medium: [900, 700], compact: [420, 640] }
const shots = [
  ...['first-run', 'inbox', 'empty'].flatMap((scene) => Object.keys(sizes).map((size) => ({ scene, size }))),
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', size, name: 'open', act: open })),
  ...Object.keys(sizes).map((size) => ({ scene: 'long', size, act: open })),
  { scene: 'inbox', name: 'inbox-hover', act: (page) => page.locator('[data-row=blocking]').hover() },
  { scene: 'inbox', name: 'menu', act: (page) => page.locator('[aria-expanded]').click() },
  { scene: 'compact', name: 'menu', size: 'compact', act: (page) => page.locator('[aria-expanded]').click() },
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', size, name: 'preferences', at: 'account/preferences' })),
  ...Object.keys(sizes).map((size) => ({ scene: 'inbox', size, name: 'unsaved', at: 'account/preferences', act: edit })),
  { scene: 'inbox', name: 'leaving', at: 'account/preferences', act: (page) => edit(page).then(() => page.locator('header .inbox').click()) },
  { scene: 'inbox', name: 'leaving', size: 'compact', at: 'account/preferences', act: (page) => edit(page).then(() => page.locator('header .inbox').click()) },
  { scene: 'zone-refused', at: 'account/preferences', act: (page) => edit(page).then(() => page.keyboard.press('Control+s')) },
  { scene: 'save-refused', at: 'account/preferences', act: (page) => edit(page).then(() => page.keyboard.press('Control+s')) },
  { scene: 'inbox', name: 'conflict', at: 'account/preferences', act: (page) => edit(page).then(() => elsewhere(page, { timezone: 'Asia/Seoul' })) },
  { scene: 'inbox', name: 'conflict', size: 'compact', at: 'account/preferences', act: (page) => edit(page).then(() => elsewhere(page, { timezone: 'Asia/Seoul' })) },
  { scene: 'inbox', name: 'saved', at: 'account/preferences', act: (page) => edit(page).then(() => page.keyboard.press('Control+s')) },
  { scene: 'inbox', name: 'pages', size: 'medium', act: (page) => page.locator('header button').first().click() },
  { scene: 'compact', name: 'pages', size: 'compact', act: (page) => page.locator('header button').first().click() },
  { scene: 'inbox', name: 'keys', act: (page) => page.keyboard.press('?') },
  { scene: 'inbox', name: 'done', act: (page) => page.keyboard.press('j').then(() => page.keyboard.press('e')) },
  { scene: 'refused', act: (page) => page.keyboard.press('j').then(() => page.keyboard.press('e')) },
  { scene: 'wrong-password', act: fill },
  { scene: 'wrong-address', act: fill },
  { scene: 'second-factor', act: fill },
  { scene: 'offline' },
  { scene: 'offline', size: 'compact' },
  { scene: 'expired', act: open },
  { scene: 'failed' },
  { scene: 'thread-failed', act: open },
  { scene: 'many', act: (page) => page.locator('[role=list] > div').evaluate((list) => list.scrollTo(0, 9000)) },
  { scene: 'inbox', name: 'exact', dates: 'exact', act: open },
  { scene: 'inbox', name: 'zoom', act: async (page) => { for (let i = 0; i < 3; i++) await page.keyboard.press('Control+='); await open(page) } },
]

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
await build(config)
const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } })
const base = server.resolvedUrls.local[0]
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
})
// Which pictures, as a pattern of their names.
const only = new RegExp(process.argv[2] ?? '')
let faults = 0
for (const theme of ['dark', 'light']) {
  for (const language of ['en', 'zh', 'es', 'ja', 'ru', 'ko']) {
    for (const shot of shots) {
      const { scene, size = 'wide', name = scene, dates = 'fuzzy', at = '', act } = shot
      const file = `${name}-${size}-${theme}-${language}`
      if (!only.test(file)) continue
      const [width, height] = sizes[size]
      const page = await browser.newPage({ viewport: { width, height } })
      page.on('console', (message) => message.type() === 'error' && !message.text().includes('404') && fault(file, message.text()))
      page.on('pageerror', (error) => fault(file, error.message))
      await page.goto(`${base}preview/?scene=${scene}&theme=${theme}&language=${language}&dates=${dates}${at && `#/${at}`}`)
      await page.waitForTimeout(150)
      await act?.(page)
      await page.waitForTimeout(150)
      await page.screenshot({ path: `${out}${file}.png` })
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
      if (sideways) fault(file, 'scrolls sideways')
      for (const found of await violations(page)) fault(file, found)
      await page.close()
    }
  }
}
await browser.close()
await new Promise((done) => server.httpServer.close(done))
console.log(`${out}: ${faults} faults`)
process.exit(faults ? 1 : 0)

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
