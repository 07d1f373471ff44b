// Numbers as a language writes them.

const formatters = new Map<string, Intl.NumberFormat>()

/** counted is how many: 1,234 or 1 234. */
export function counted(locale: string, count: number): string {
  let formatter = formatters.get(locale)
  if (!formatter) formatters.set(locale, (formatter = new Intl.NumberFormat(locale)))
  return formatter.format(count)
}

/** share is a part of a whole, in per cent: 12 % or 12%. */
export function share(locale: string, part: number): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(part)
}
