import type { Visit } from './types.ts'

/**
 * The worker a change stands under: whoever is signed in.
 *
 * @param namedId the worker a job acts for, where the program itself asks. Somebody signed in acts as themselves,
 *   whatever is named.
 * @throws Error when the program asks and names nobody: every change of care has a named worker, so that is ours.
 */
export function actorOf(visit: Pick<Visit, 'caller'>, namedId?: string): string {
  if (visit.caller.kind === 'staff') return visit.caller.staffId
  if (namedId) return namedId
  throw new Error(`${visit.caller.name} changed somebody's care and named no worker`)
}
