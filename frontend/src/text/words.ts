// Every sentence the page speaks: `import { words } from …`, then words.undo(). An input called `count` is written as the
// language writes numbers, 1,234 or 1 234; a number that is a name, such as a frame's, has another.
import * as messages from './compiled/messages/_index'
import { getLocale, type Locale } from './compiled/runtime'
import './language.svelte'
import { counted } from './numbers'

type Say = (inputs?: Record<string, unknown>, options?: { locale?: Locale }) => string

/** Count is a number for the rules of plurals and, in a sentence, its figures. */
class Count extends Number {
  constructor(
    value: number,
    private locale: Locale,
  ) {
    super(value)
  }

  override toString(): string {
    return counted(this.locale, this.valueOf())
  }
}

export const words = Object.fromEntries(
  Object.entries(messages).map(([key, message]) => {
    const say = message as unknown as Say
    const spoken: Say = (inputs, options) => {
      const count = inputs?.['count']
      return say(typeof count === 'number' ? { ...inputs, count: new Count(count, options?.locale ?? getLocale()) } : inputs, options)
    }
    return [key, spoken]
  }),
) as unknown as typeof messages
