/** mayBeFiles says whether files are being dragged, or what could be: WebKitGTK calls them addresses until they are dropped. */
export function mayBeFiles(dragged: DataTransfer | null): boolean {
  const types = dragged?.types ?? []
  return types.includes('Files') || types.includes('text/uri-list')
}

/**
 * guardDrops keeps what is dropped on the page from taking its place: a web view goes to a file or an address that nothing here takes.
 * What takes files says so with data-drop; words may be dropped where one types.
 */
export function guardDrops(target: EventTarget = window): void {
  const guard = (event: Event) => {
    const { dataTransfer, target } = event as DragEvent
    const place = target instanceof Element ? target : undefined
    const files = mayBeFiles(dataTransfer)
    if (files ? place?.closest('[data-drop]') : place?.matches('input:not([readonly]), textarea')) return
    event.preventDefault()
    if (dataTransfer) dataTransfer.dropEffect = 'none'
  }
  for (const kind of ['dragenter', 'dragover', 'drop']) target.addEventListener(kind, guard, { capture: true })
}
