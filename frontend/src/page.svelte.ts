/** page holds what main tells the mounted page: why it could not start, and how to try again. */
export function page<Failure>(onretry: () => void): { failure: Failure | undefined; onretry: () => void } {
  const props = $state<{ failure: Failure | undefined; onretry: () => void }>({ failure: undefined, onretry })
  return props
}
