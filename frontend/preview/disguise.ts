// Data in letters of its own, for the pseudo-language: what is then still in plain Latin letters came neither from a catalogue nor
// from a studio.
const greek = [...'αβκδεφγηιϳκλμνοπϟρστυϖωξψζ']

/** What people named and wrote; what machines read, such as an id or a kind, stays. */
const written = new Set([
  ...['name', 'text', 'workspace', 'username', 'firstName', 'lastName', 'email', 'address', 'title', 'label', 'device'],
  ...['type', 'priority', 'description', 'path', 'recipients', 'groups', 'who', 'work', 'actor', 'subject', 'from', 'to', 'caFile'],
])

/** disguise copies a scene with everything that people wrote in Greek letters. */
export function disguise<T>(value: T, key = ''): T {
  if (typeof value === 'string') return (written.has(key) ? letters(value) : value) as T
  if (Array.isArray(value)) return value.map((part: unknown) => disguise(part, key)) as T
  if (value instanceof Map) return new Map([...value].map(([id, part]: [unknown, unknown]) => [id, disguise(part)])) as T
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, disguise(part, name)])) as T
  return value
}

function letters(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const drawn = greek[letter.toLowerCase().charCodeAt(0) - 97] ?? letter
    return letter === letter.toLowerCase() ? drawn : drawn.toUpperCase()
  })
}
