// Where the page is: a path such as "account/notifications", in the address after "#/", so that back
// and forward work. What a path shows is the shell's to know. '' is where a person begins.

/** Hold keeps the page from being left: something on it is not saved. */
export interface Hold {
  /** Whether going to a path needs asking. */
  against(path: string): boolean
  /** Asks, and says whether the page may be left. */
  ask(): Promise<boolean>
}

const read = () => decodeURI(window.location.hash.replace(/^#\/?/, ''))
const address = (path: string) => `#/${encodeURI(path)}`

class RouteStore {
  path = $state(read())
  #hold: Hold | undefined
  #asking = false
  /** How many steps of ours lie behind: it tells back from forward. */
  #at = 0
  /** What the next popstate is to do that we caused ourselves. */
  #expected: 'restored' | 'passed' | undefined

  /** start follows the address until the returned function is called. */
  start(): () => void {
    this.#at = position(history.state) ?? 0
    history.replaceState({ at: this.#at }, '')
    this.path = read()
    const popped = (event: PopStateEvent) => void this.#popped(event.state)
    window.addEventListener('popstate', popped)
    return () => window.removeEventListener('popstate', popped)
  }

  /** go shows another page, unless what is not saved keeps the person here. It says whether it went. */
  async go(path: string): Promise<boolean> {
    if (path === this.path) return true
    if (!(await this.#free(path))) return false
    this.#at += 1
    history.pushState({ at: this.#at }, '', address(path))
    this.path = path
    return true
  }

  /** below is what an address says beyond a page's own path; '' where it says no more. */
  below(path: string): string {
    return this.path.startsWith(`${path}/`) ? this.path.slice(path.length + 1) : ''
  }

  /** become gives this place another address, without a step to go back over and without asking. */
  become(path: string): void {
    history.replaceState({ at: this.#at }, '', address(path))
    this.path = path
  }

  /** hold asks before the page is left, until the returned function is called. */
  hold(hold: Hold): () => void {
    this.#hold = hold
    return () => {
      if (this.#hold === hold) this.#hold = undefined
    }
  }

  /** held says whether going somewhere would ask. */
  held(path: string): boolean {
    return this.#hold?.against(path) ?? false
  }

  /** leave asks, where something holds the page, before the person goes away altogether. */
  leave(): Promise<boolean> {
    return this.#free('')
  }

  async #popped(state: unknown): Promise<void> {
    const expected = this.#expected
    this.#expected = undefined
    if (expected === 'restored') return
    const path = read()
    // An address without a position was typed, or came by a link: a step forward.
    const at = position(state) ?? this.#at + 1
    if (position(state) === undefined) history.replaceState({ at }, '')
    const step = at - this.#at
    if (expected === 'passed' || !step || !this.held(path)) {
      this.#at = at
      this.path = path
      return
    }
    // The address has changed already: it goes back to where the page still is, until the person decided.
    this.#expected = 'restored'
    history.go(-step)
    if (!(await this.#free(path))) return
    this.#expected = 'passed'
    history.go(step)
  }

  async #free(path: string): Promise<boolean> {
    if (this.#asking) return false
    if (!this.#hold || !this.held(path)) return true
    this.#asking = true
    try {
      return await this.#hold.ask()
    } finally {
      this.#asking = false
    }
  }
}

function position(state: unknown): number | undefined {
  const at = (state as { at?: unknown } | null)?.at
  return typeof at === 'number' ? at : undefined
}

export const route = new RouteStore()
