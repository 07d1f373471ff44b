/** safeColor passes #rrggbb and nothing else: a colour is the one word of a server that reaches a style. */
export function safeColor(color: string | undefined): string | undefined {
  return color && /^#[0-9a-f]{6}$/i.test(color) ? color : undefined
}
