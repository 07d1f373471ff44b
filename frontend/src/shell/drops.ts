/**
 * guardDrops keeps what is dropped on the page from taking its place: a web view goes to a file or an address that nothing here takes.
 * What takes files says so with data-drop; words may be dropped where one types.
 */
export function guardDrops(target: EventTarget = window): void {
  const guard = (event: Event) => {
    const { dataTransfer, target } = event as DragEvent
    const place = target instanceof Element ? target : undefined
    const files = dataTransfer?.types.includes('Files') ?? true
    if (files ? place?.closest('[data-drop]') : place?.matches('input:not([readonly]), textarea')) return
    event.preventDefault()
    if (dataTransfer) dataTransfer.dropEffect = 'none'
  }
  for (const kind of ['dragenter', 'dragover', 'drop']) target.addEventListener(kind, guard, { capture: true })
}
