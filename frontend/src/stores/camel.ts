/** camel is a field's name as changes have it; checks in Go and on the server name it as it is on the wire. */
export function camel(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
