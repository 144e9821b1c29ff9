/** Does a piece of work when its turn comes. What is left of it once `isWorked` is called is waiting, and counts no more. */
export type InTurn = <T>(work: (isWorked: () => void) => Promise<T>) => Promise<T>

/**
 * Lets in so many at once, in the order they came. Whoever has been in for longer than `slowAfterMs` counts no more, so
 * that a slow page holds up nobody.
 *
 * More at once than the machine has cores makes everybody wait for everybody: all are answered late instead of some early.
 */
export function newTurns(atOnce: number, slowAfterMs: number): InTurn {
  let quick = 0
  const waiting: (() => void)[] = []
  const letIn = () => {
    if (quick >= atOnce) return
    const next = waiting.shift()
    if (next) quick++
    next?.()
  }
  return async (work) => {
    await new Promise<void>((mayGo) => {
      waiting.push(mayGo)
      letIn()
    })
    let isCounted = true
    const countNoMore = () => {
      if (isCounted) quick--
      isCounted = false
      letIn()
    }
    const slow = setTimeout(countNoMore, slowAfterMs)
    try {
      return await work(countNoMore)
    } finally {
      clearTimeout(slow)
      countNoMore()
    }
  }
}
