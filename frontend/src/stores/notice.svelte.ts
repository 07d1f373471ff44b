// The one bar at the bottom: what was just done, with its undo, or what failed. A newer one takes its place.

export interface Notice {
  text: string
  failed: boolean
  undo?: () => void
}

const shownFor = 8_000

class NoticeStore {
  current = $state.raw<Notice>()
  #timer: ReturnType<typeof setTimeout> | undefined

  show(notice: Notice): void {
    this.current = notice
    this.linger()
  }

  /** hold keeps the bar while the pointer or the focus is on it. */
  hold(): void {
    clearTimeout(this.#timer)
  }

  /** linger lets a bar go after a while; a failure stays until it is dismissed. */
  linger(): void {
    this.hold()
    if (this.current && !this.current.failed) this.#timer = setTimeout(() => this.dismiss(), shownFor)
  }

  dismiss(): void {
    this.hold()
    this.current = undefined
  }
}

export const notice = new NoticeStore()
