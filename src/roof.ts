import type { Route } from '#access'

/** Pages that no room owns: they put together what several rooms offer. */
export const personScreens: readonly Route[] = []
