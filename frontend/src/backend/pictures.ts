/** pictureUrl is where Go serves a stored picture, size pixels wide at most. Never a remote address. */
export function pictureUrl(component: string, size: number): string {
  return `/picture/${encodeURIComponent(component)}?size=${size}`
}
