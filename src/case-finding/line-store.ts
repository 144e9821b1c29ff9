import { type ListPermit, type Purpose, permitOpened, type Visit } from '#access'
import type { LondonDate } from '#calendar'
import { sql } from '#database'
import type { PersonId } from '#people'
import type { ListedPerson } from './store.ts'
import type { Suggestion } from './types.ts'

type LineRow = readonly [
  id: PersonId,
  rank: number,
  familyName: string,
  givenName: string,
  bornOn: LondonDate | null,
  sex: string,
  diedOn: LondonDate | null,
  nhsNumber: string | null,
  told: Suggestion['told'] | null,
]

/** Somebody of a list with their name, and the reasons of their number. */
type Line = { readonly person: ListedPerson; readonly rank: number; readonly told?: Suggestion['told'] }

const lineOf = (row: LineRow): Line => ({
  rank: row[1],
  told: row[8] ?? undefined,
  person: {
    id: row[0],
    familyName: row[2],
    givenName: row[3],
    bornOn: row[4] ?? undefined,
    sex: row[5],
    diedOn: row[6] ?? undefined,
    nhsNumber: row[7] ?? undefined,
  },
})

/**
 * Opens some people of the caller's practice's part of a run: those at some ranks, and some looked up already. Whoever may no
 * longer be listed is left out.
 *
 * @returns leave to read them, who they are, and the reasons of their number where the run is by a model.
 */
export async function openLines(
  visit: Visit,
  runId: string | undefined,
  asked: {
    readonly ranks: readonly number[]
    /** Whoever is on no list has rank 0. */
    readonly known: readonly { readonly id: PersonId; readonly rank: number }[]
    readonly purpose: Purpose
    readonly verb: string
  },
): Promise<{ readonly leave: ListPermit; readonly lines: readonly Line[] }> {
  const { ranks, known: lookedUp, purpose, verb } = asked
  const leave = await permitOpened<{ readonly lines: readonly (readonly LineRow[] | null)[] }>(
    visit,
    'judge candidates',
    sql`case_finding.open_listed(${runId ?? null}, ${ranks}::integer[], ${lookedUp.map(({ id }) => id)}::uuid[],
          ${lookedUp.map(({ rank }) => rank)}::integer[], ${purpose}, ${verb})`,
  )
  return { leave, lines: leave.lines.flatMap((rows) => rows ?? []).map(lineOf) }
}
