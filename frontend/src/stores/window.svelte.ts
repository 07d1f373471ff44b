// How the window stands: shown or hidden, full or compact, how large it is and how far zoomed.

export type Layout = 'wide' | 'medium' | 'compact'

/** Below this two panes would shorten the names of things. */
const compactBelow = 720
const wideFrom = 1000
const zooms = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]
const kept = 'callboard.zoom'

class WindowStore {
  /** Whether anybody can see the page: nothing moves or ticks while not. */
  visible = $state(true)
  /** Whether Go shows us as the compact inbox at the tray. */
  compact = $state(false)
  zoom = $state(1)
  #width = $state(window.innerWidth)

  /** The layout that fits: zooming in narrows the window as far as the layout is concerned. */
  layout = $derived.by<Layout>(() => {
    const width = this.#width / this.zoom
    if (this.compact || width < compactBelow) return 'compact'
    return width < wideFrom ? 'medium' : 'wide'
  })

  /** start follows the window's size and the zoom chosen before; the returned function ends that. */
  start(): () => void {
    this.setZoom(Number(localStorage.getItem(kept)) || 1)
    const measure = () => (this.#width = window.innerWidth)
    measure()
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }

  apply(state: { visible: boolean; compact: boolean }): void {
    this.visible = state.visible
    this.compact = state.compact
  }

  /** zoomBy goes one step larger or smaller; 0 goes back to normal. */
  zoomBy(step: -1 | 0 | 1): void {
    const at = zooms.indexOf(this.zoom)
    this.setZoom(step === 0 ? 1 : (zooms[at + step] ?? this.zoom))
  }

  setZoom(zoom: number): void {
    this.zoom = zooms.includes(zoom) ? zoom : 1
    document.documentElement.style.setProperty('--zoom', String(this.zoom))
    localStorage.setItem(kept, String(this.zoom))
  }
}

export const windowState = new WindowStore()
