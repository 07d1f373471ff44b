// One ticker for every relative date. It ticks on the minute while the window shows and somebody
// looks at a date, and not at all while hidden.

let now = $state(Date.now())
let timer: ReturnType<typeof setTimeout> | undefined

export const clock = {
  get now(): number {
    return now
  },
  /** run starts or stops the ticker; starting brings the time up to date at once. */
  run(visible: boolean): void {
    clearTimeout(timer)
    timer = undefined
    if (!visible) return
    const present = Date.now()
    now = present
    timer = setTimeout(() => clock.run(true), 60_000 - (present % 60_000))
  },
}
