// The language in force. Messages ask for it each time they are worded, so that a change re-words
// the page in place.
import { isLocale, overwriteGetLocale, type Locale } from './compiled/runtime'

let current = $state<Locale>('en')

overwriteGetLocale(() => current)

export const language = {
  get current(): Locale {
    return current
  },
  /** speak switches the page; a language without a catalogue leaves it as it is. */
  speak(wanted: string): void {
    if (!isLocale(wanted)) return
    current = wanted
    document.documentElement.lang = wanted
  },
}

/** Each language in its own words, for the menu. */
export const languageNames: Record<Locale, string> = {
  en: 'English',
  zh: '中文',
  es: 'Español',
  ja: '日本語',
  ru: 'Русский',
  ko: '한국어',
}
