// The preview in a browser without a window: built as the shipped page is, with the same content security policy.
import { chromium } from 'playwright-core'
import { build, preview } from 'vite'

import { speakPseudo } from './pseudo.mjs'
import { sizes } from './states.mjs'

export const languages = ['en', 'zh', 'es', 'ja', 'ru', 'ko']
export const themes = ['dark', 'light']

const config = { configFile: new URL('../vite.preview.config.ts', import.meta.url).pathname, logLevel: 'error' }

/** browse builds the preview and gives what opens a state of it, and what ends all. */
export async function browse(fault) {
  speakPseudo()
  await build(config)
  const server = await preview({ ...config, preview: { port: 0, host: '127.0.0.1' } })
  const base = server.resolvedUrls.local[0]
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  const context = await browser.newContext()
  await context.addInitScript(() => location.protocol === 'about:' || localStorage.clear()) // no zoom of the state before
  const idle = []
  // A page is used for many states: starting one costs more than what it is started for.
  const fresh = async () => {
    const page = await context.newPage()
    page.setDefaultTimeout(10_000)
    page.on('console', (message) => message.type() === 'error' && !message.text().includes('404') && fault(page.shows, message.text()))
    page.on('pageerror', (error) => fault(page.shows, error.message))
    return page
  }
  return {
    /** open shows a state and does what belongs to it. */
    async open({ scene, size = 'wide', name = scene, dates = 'fuzzy', at = '', act }, language) {
      const page = idle.pop() ?? (await fresh())
      page.shows = `${name}-${size}`
      const [width, height] = sizes[size]
      await page.setViewportSize({ width, height })
      await page.mouse.move(0, height - 1) // a corner: nothing is under the pointer
      await page.goto(`${base}preview/?scene=${scene}&language=${language}&dates=${dates}${at && `#/${at}`}`)
      await page.waitForFunction(() => document.querySelector('main') && document.fonts.status === 'loaded')
      await page.waitForTimeout(100)
      await act?.(page).catch((error) => fault(page.shows, `what belongs to it cannot be done: ${error.message.split('\n')[0]}`))
      await page.waitForTimeout(150)
      return page
    },
    /** leave gives a page back. */
    async leave(page) {
      await page.goto('about:blank') // the same address would only move to another part of it
      idle.push(page)
    },
    async close() {
      await browser.close()
      await new Promise((done) => server.httpServer.close(done))
    },
  }
}

/** choose switches language and theme in place, as the person does. */
export async function choose(page, language, theme) {
  await page.evaluate(([language, theme]) => window.preview.choose(language, theme), [language, theme])
  await page.waitForFunction(([language, theme]) => {
    const { lang, dataset } = document.documentElement
    return lang === language && dataset.theme === theme && document.fonts.status === 'loaded'
  }, [language, theme])
}

/** inParallel does the work for all, some at a time: most of it is waiting for what fades and loads. */
export async function inParallel(all, work) {
  const queue = [...all]
  const next = async () => {
    for (let one = queue.shift(); one; one = queue.shift()) await work(one)
  }
  await Promise.all([next(), next(), next(), next()])
}
