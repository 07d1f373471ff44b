// How everything looks, by the person's choice or this computer's, and what this computer shows of toasts.
import type { Computer, Kind, Settings, Theme } from '../backend/model'
import { language } from '../text/language.svelte'

class SettingsStore {
  theme = $state<Theme>('dark')
  /** '' is the system's. */
  language = $state('')
  fuzzyDates = $state(true)
  toastsOff = $state(false)
  /** Kinds of which this computer shows no toast. */
  inboxOnly = $state.raw<Kind[]>([])
  /** Whether this computer can show toasts at all. */
  toasts = $state(true)
  /** The language of the computer, or the nearest we speak. */
  #system = 'en'

  apply(settings: Settings): void {
    this.theme = settings.theme
    this.language = settings.language
    this.fuzzyDates = settings.fuzzyDates
    this.toastsOff = settings.toastsOff
    this.inboxOnly = (settings.inboxOnly ?? []) as Kind[]
    this.#speak()
  }

  applyComputer(computer: Computer): void {
    this.#system = computer.language
    this.toasts = computer.toasts
    this.#speak()
  }

  #speak(): void {
    language.speak(this.language || this.#system)
  }
}

export const settings = new SettingsStore()

/** followTheme, called in an effect, keeps the document in the chosen theme or, where chosen, the system's. */
export function followTheme(): () => void {
  const systemLight = window.matchMedia('(prefers-color-scheme: light)')
  const paint = () => {
    const light = settings.theme === 'light' || (settings.theme === 'system' && systemLight.matches)
    document.documentElement.dataset['theme'] = light ? 'light' : 'dark'
  }
  systemLight.addEventListener('change', paint)
  $effect(paint)
  return () => systemLight.removeEventListener('change', paint)
}
