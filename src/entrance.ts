/** Where requests come in: kept waiting while the record is set aside, and counted until they are answered. */
export type Entrance = {
  readonly isShut: () => boolean
  /**
   * Lets nobody in from now on.
   *
   * @returns true once everybody who was in is answered, false when somebody still was not after `mostMs`.
   */
  readonly shut: (mostMs?: number) => Promise<boolean>
  readonly open: () => void
  /**
   * Waits until one may come in.
   *
   * @returns what to call when the request is answered; undefined when it was shut for all of `mostMs`.
   */
  readonly enter: (mostMs?: number) => Promise<(() => void) | undefined>
}

/** An open entrance with nobody in. */
export function newEntrance(): Entrance {
  let isShut = false
  let inside = 0
  return {
    isShut: () => isShut,
    shut: (mostMs = 15_000) => {
      isShut = true
      return until(() => inside === 0, mostMs)
    },
    open: () => {
      isShut = false
    },
    enter: async (mostMs = 5000) => {
      if (!(await until(() => !isShut, mostMs))) return undefined
      inside++
      let isIn = true
      return () => {
        if (isIn) inside--
        isIn = false
      }
    },
  }
}

async function until(isSo: () => boolean, mostMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < mostMs && !isSo(); waitedMs += 50)
    await new Promise((done) => setTimeout(done, 50))
  return isSo()
}
