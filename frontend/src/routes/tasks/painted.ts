// The moments at which tasks are on the screen, for ./dev bench.

/** painted notes that the list is drawn: after the next frame, because it is drawn by then. */
export function painted(rows: number, fetchedAt: string | undefined): void {
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('callboard:tasks', { detail: { rows, fetchedAt } })))
}
