// The moment the list is first on the screen, for ./dev bench.

let done = false

/** painted notes the first paint of the list: after the next frame, because that one is drawn by then. */
export function painted(): void {
  if (done) return
  done = true
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.mark('callboard:first-list')
      document.documentElement.dataset['painted'] = 'true'
    }),
  )
}
