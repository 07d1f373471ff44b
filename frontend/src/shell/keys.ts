// What a key press means to the page.

/** typing says whether the press belongs to a field or an open dialog. */
export function typing(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof Element)) return false
  return target.closest('input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable], dialog, [role=dialog], [role=menu]') !== null
}

/** resting says whether nothing in particular has the keyboard: the page itself, or the heading one came to. */
export function resting(event: KeyboardEvent): boolean {
  return event.target === document.body || (event.target instanceof Element && event.target.matches('h1'))
}

/** letter is the key without a command held, in lower case; '' otherwise. */
export function letter(event: KeyboardEvent): string {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return ''
  return event.key.length === 1 ? event.key.toLowerCase() : event.key
}
