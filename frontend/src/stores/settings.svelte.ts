// The choices of this computer, shown at once and taken back where Go cannot keep them.
import { toAppError } from '../backend/errors'
import type { Computer, Settings, Theme } from '../backend/model'
import { save } from '../backend/settings'
import { errorText } from '../text/errors'
import { language } from '../text/language.svelte'
import { words } from '../text/words'
import { notice } from './notice.svelte'

interface Choices {
  theme: Theme
  language: string
  fuzzyDates: boolean
}

class SettingsStore {
  theme = $state<Theme>('dark')
  /** '' is the system's. */
  language = $state('')
  fuzzyDates = $state(true)
  /** The language of the computer, or the nearest we speak. */
  #system = 'en'

  apply(settings: Settings): void {
    this.#set({ ...settings, theme: settings.theme as Theme })
  }

  applyComputer(computer: Computer): void {
    this.#system = computer.language
    this.#speak()
  }

  /** choose shows a choice at once, then keeps it. */
  async choose(choice: Partial<Choices>): Promise<void> {
    const before: Choices = { theme: this.theme, language: this.language, fuzzyDates: this.fuzzyDates }
    const after = { ...before, ...choice }
    this.#set(after)
    try {
      await save(after.theme, after.language, after.fuzzyDates)
    } catch (thrown) {
      this.#set(before)
      notice.show({ text: words.error_not_kept({ why: errorText(toAppError(thrown)) }), failed: true })
    }
  }

  #set(choices: Choices): void {
    this.theme = choices.theme
    this.language = choices.language
    this.fuzzyDates = choices.fuzzyDates
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
