// How well a new password would hold, as far as the page can tell: a hint beside the field. What is accepted the server decides,
// which knows the passwords that people choose most.

/** The least number of characters of a password. */
export const least = 8

export type Strength = 1 | 2 | 3 | 4

const runs = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** strength is from 1, easily guessed, to 4. Length counts most; what repeats, runs along or is known counts little. */
export function strength(password: string, about: string[] = []): Strength {
  const plain = password.normalize('NFKC').toLowerCase()
  let rest = plain
  for (const word of about.flatMap((text) => text.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{N}]+/u))) {
    if (word.length >= 3) rest = rest.replaceAll(word, '')
  }
  const bits = weight(rest) * Math.log2(variety(password))
  if ([...plain].length < least || bits < 36) return 1
  if (bits < 52) return 2
  return bits < 70 ? 3 : 4
}

/** weight counts characters; one that follows from those before it counts a fifth. */
function weight(text: string): number {
  const letters = [...text]
  const seen = new Set<string>()
  let sum = 0
  letters.forEach((letter, i) => {
    const before = letters[i - 1] ?? ''
    const pair = before + letter
    const follows = letter === before || seen.has(pair) || (i > 0 && runs.some((run) => run.includes(pair) || run.includes(letter + before)))
    if (i > 0) seen.add(pair)
    sum += follows ? 0.2 : 1
  })
  return sum
}

/** variety is how many characters whoever guesses has to try for one. */
function variety(text: string): number {
  const kinds: [RegExp, number][] = [[/[a-z]/, 26], [/[A-Z]/, 26], [/[0-9]/, 10], [/[^\x20-\x7e]/, 100], [/[^A-Za-z0-9]/, 20]]
  return kinds.reduce((sum, [kind, size]) => sum + (kind.test(text) ? size : 0), 0) || 1
}
