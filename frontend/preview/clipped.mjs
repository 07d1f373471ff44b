// Text that is cut, and text that is in no catalogue: npm run clipped. Every state is measured in each language at zoom 100 % in one
// theme and at 200 % in the other; then, in the pseudo-language, no plain Latin letter may show. A pattern chooses some states by name.
import { browse, inParallel, languages, themes } from './browser.mjs'
import { pseudo } from './pseudo.mjs'
import { states } from './states.mjs'

const only = new RegExp(process.argv[2] ?? '')
const faults = new Map()

const preview = await browse(fault)
const chosen = states.filter(({ scene, size = 'wide', name = scene }) => only.test(`${name}-${size}`))
await inParallel(chosen, measure)
await inParallel(onceEach(chosen), listen)
await preview.close()
for (const [what, { where, text }] of faults) console.log(`${what}${text && ` “${text}”`}\n    ${[...where].slice(0, 6).join(', ')}${where.size > 6 ? ` and ${where.size - 6} more` : ''}`)
console.log(`${chosen.length} states, ${languages.length} languages: ${faults.size} faults`)
process.exit(faults.size ? 1 : 0)

async function measure(state) {
  const { scene, size = 'wide', name = scene } = state
  const page = await preview.open(state, languages[0])
  await page.evaluate(`window.cut = ${cut}`)
  for (const [zoom, theme] of [[100, themes[0]], [200, themes[1]]]) {
    if (zoom === 200) for (let step = 0; step < 7; step++) await page.keyboard.press('Control+=')
    const found = await page.evaluate(inEach, [languages, theme])
    for (const [language, what, text] of found) fault(`${name}-${size} ${zoom} % ${language}`, what, text)
  }
  await preview.leave(page)
}

/** onceEach leaves one size of each state: what is said does not change with the window. */
function onceEach(all) {
  return [...new Map(all.map((state) => [`${state.scene} ${state.name} ${state.at}`, state])).values()]
}

async function listen(state) {
  const { scene, size = 'wide', name = scene } = state
  const page = await preview.open(state, pseudo)
  for (const text of await page.evaluate(uncatalogued)) fault(`${name}-${size}`, 'in no catalogue:', text)
  await preview.leave(page)
}

/** inEach runs in the page: what is cut in each language, as choosing one re-words what stands there. */
async function inEach([languages, theme]) {
  const found = []
  const frame = () => new Promise(requestAnimationFrame)
  for (const language of languages) {
    window.preview.choose(language, theme)
    const began = Date.now()
    const chosen = () => document.documentElement.lang === language && document.documentElement.dataset.theme === theme && document.fonts.status === 'loaded'
    while (!chosen() && Date.now() - began < 10_000) await frame()
    if (!chosen()) found.push([language, 'the page does not come to this language', ''])
    await frame()
    found.push(...window.cut().map(([what, text]) => [language, what, text]))
  }
  return found
}

/** cut runs in the page: text that leaves its control, or what clips it, without the ellipsis that says so. */
function cut() {
  const found = new Map()
  const slack = 1.5
  const name = (element) => `${element.localName}${[...element.classList].filter((c) => !c.startsWith('svelte-')).map((c) => `.${c}`).join('')}`
  const say = (what, element, text) => found.set(`${what}: ${name(element)}`, text.trim().replace(/\s+/g, ' ').slice(0, 60))
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.unseen, [hidden]')

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const element = node.parentElement
    if (!node.data.trim() || !shown(element) || element.closest('option, svg, script')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const lines = [...range.getClientRects()].filter((line) => line.width > 0)
    if (!lines.length) continue
    const [left, right] = [Math.min(...lines.map((line) => line.left)), Math.max(...lines.map((line) => line.right))]
    const [top, bottom] = [Math.min(...lines.map((line) => line.top)), Math.max(...lines.map((line) => line.bottom))]
    let [sideways, upright, scrolled] = [true, true, false]
    for (let box = element; box && box !== document.documentElement; box = box.parentElement) {
      const style = getComputedStyle(box)
      const inside = box.getBoundingClientRect()
      if (style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') [sideways, upright] = [false, false]
      if (style.overflowX !== 'visible' && sideways && (left < inside.left - slack || right > inside.right + slack)) {
        say('cut sideways', box, node.data)
        break
      }
      if (/auto|scroll/.test(style.overflowY)) scrolled = true
      if (style.overflowY !== 'visible' && !scrolled && upright && (top < inside.top - slack || bottom > inside.bottom + slack)) {
        say('cut above or below', box, node.data)
        break
      }
      const control = box.matches('button, label, select, input, kbd, h1, h2, h3, a')
      if (control && sideways && style.display !== 'inline' && (left < inside.left - slack || right > inside.right + slack)) {
        say('wider than its control', box, node.data)
        break
      }
      if (control && upright && style.display !== 'inline' && (top < inside.top - slack - 3 || bottom > inside.bottom + slack + 3)) {
        say('higher than its control', box, node.data)
        break
      }
      if (style.position === 'fixed') break
    }
    if (sideways && (left < -slack || right > innerWidth + slack)) say('beyond the window', element, node.data)
    if (!scrolled && upright && (top < -slack || bottom > innerHeight + slack)) say('beyond the window', element, node.data)
  }
  for (const box of document.querySelectorAll('body *')) {
    if (/auto|scroll/.test(getComputedStyle(box).overflowX) && shown(box) && box.scrollWidth > box.clientWidth + 1) say('scrolls sideways', box, box.innerText)
  }
  for (const control of document.querySelectorAll('button, select, input, a[href], [role=switch]')) {
    const { left, right, width } = control.getBoundingClientRect()
    if (width && shown(control) && (left < -slack || right > innerWidth + slack)) say('beyond the window', control, control.innerText || control.ariaLabel || '')
  }
  for (const field of document.querySelectorAll('select, input[placeholder]')) {
    const style = getComputedStyle(field)
    if (!shown(field) || style.textOverflow === 'ellipsis') continue
    const pen = document.createElement('canvas').getContext('2d')
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const text = field.localName === 'select' ? (field.selectedOptions[0]?.text ?? '') : field.placeholder
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    if (pen.measureText(text).width > room + 1) say('wider than its field', field, text)
  }
  return [...found]
}

/** uncatalogued runs in the page: what a person reads or hears and is in plain Latin letters. */
function uncatalogued() {
  const found = new Set()
  // A key's name is what is printed on it; what has a language of its own, or is not to be translated, says so.
  const excepted = (element) => element.closest('kbd, script, style, [translate=no], [lang]:not(html)')
  const names = [/ \((Ctrl .|Esc|Enter|[A-Z?])\)$/, /\bv\d{3}\b/g, /\b(UTC|[A-Z][a-z]+\/[\w/]+)\b/g, /[\w/]+\.pem/g] // of keys, versions, time zones, files
  const plain = (text) => /[A-Za-z]/.test(names.reduce((rest, name) => rest.replace(name, ''), text))
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (plain(node.data) && !excepted(node.parentElement)) found.add(node.data.trim())
  }
  for (const element of document.querySelectorAll('body *')) {
    for (const attribute of ['aria-label', 'aria-description', 'aria-valuetext', 'title', 'alt', 'placeholder']) {
      const text = element.getAttribute(attribute)
      if (text && plain(text) && !excepted(element)) found.add(`${attribute} “${text}”`)
    }
  }
  return [...found]
}

/** fault notes where something was found; of many the first text stands for all, except where the text is the fault. */
function fault(where, what, text = '') {
  const key = what.endsWith(':') ? what + text : what
  if (!faults.has(key)) faults.set(key, { where: new Set(), text })
  faults.get(key).where.add(where)
}
