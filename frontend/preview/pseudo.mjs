// The pseudo-language: every sentence of the English catalogue in letters that no other sentence has, longer, and in brackets. Only
// the preview speaks it. Its tag is Greek, so that what a browser words itself, dates and lists, comes in letters of its own too.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

export const pseudo = 'el-x-pseudo'

const root = new URL('..', import.meta.url).pathname
const folder = `${root}preview/words/`
const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const accented = [...'áƀçðéƒǧĥíĵķļḿñóþɋŕšţúṽŵẋýžÁɃÇÐÉƑǦĤÍĴĶĻḾÑÓÞɊŔŠŢÚṼŴẊÝŽ']

const foreign = (text) => text.replace(/[a-z]/gi, (letter) => accented[plain.indexOf(letter)])
const longer = (text) => text + '·'.repeat(Math.ceil(text.length * 0.3))

/** spoken is a sentence in the pseudo-language; its blanks are left as they are. */
const spoken = (text) => `⟦${longer(text.replace(/[^{}]+(?![^{]*})/g, foreign))}⟧`

const entry = (message) =>
  typeof message === 'string'
    ? spoken(message)
    : message.map((variant) => ({ ...variant, match: Object.fromEntries(Object.entries(variant.match).map(([form, text]) => [form, spoken(text)])) }))

/** speakPseudo compiles the words of all languages and of this one, for the preview. */
export function speakPseudo() {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(`${folder}project.inlang`, { recursive: true })
  cpSync(`${root}messages`, `${folder}messages`, { recursive: true })
  const english = JSON.parse(readFileSync(`${root}messages/en.json`, 'utf8'))
  writeFileSync(`${folder}messages/${pseudo}.json`, JSON.stringify(Object.fromEntries(Object.entries(english).map(([key, message]) => [key, entry(message)]))))
  const settings = JSON.parse(readFileSync(`${root}project.inlang/settings.json`, 'utf8'))
  settings.locales.push(pseudo)
  settings.modules = settings.modules.map((module) => module.replace('./node_modules', '../../node_modules'))
  writeFileSync(`${folder}project.inlang/settings.json`, JSON.stringify(settings))
  const options = ['--strategy', 'globalVariable', 'baseLocale', '--no-emit-readme', '--silent']
  execFileSync(`${root}node_modules/.bin/paraglide-js`, ['compile', '--project', './project.inlang', '--outdir', './compiled', ...options], { cwd: folder })
}

if (process.argv[1] === new URL(import.meta.url).pathname) speakPseudo()
