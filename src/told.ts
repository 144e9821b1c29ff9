/**
 * What the supervisor tells a process of ours to begin with. It is told only when the record is up, so that a process
 * reads its own files meanwhile; and by message, so that no address of the record stands in an environment.
 */
export function toldToBegin(): Promise<Readonly<Record<string, string | undefined>>> {
  return new Promise((resolve) => {
    process.once('message', (message) => resolve(isBegin(message) ? message.own : {}))
    process.send?.({ kind: 'loaded' })
  })
}

type Begin = { readonly kind: 'begin'; readonly own: Readonly<Record<string, string>> }

const isBegin = (message: unknown): message is Begin =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'begin'
