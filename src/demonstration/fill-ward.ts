import { addDays, type LondonDate } from '#calendar'
import type { Workshop } from '#jobs'
import { type Cast, postAt } from './cast.ts'
import type { Living } from './lives.ts'
import { wardPasts, workingDayBefore } from './rules.ts'
import type { LifeFacts } from './store.ts'
import { bringToWard, holdRounds, type Inpatient, waitForWard } from './ward-past.ts'

/**
 * Fills 34 of the 39 beds: Jean, and those of the open episodes that were opened last. The two before them wait for a
 * bed.
 */
export async function fillWard(
  workshop: Workshop,
  cast: Cast,
  from: {
    readonly programmeId: string
    readonly open: readonly Living[]
    readonly jeansLife: LifeFacts | undefined
  },
  today: LondonDate,
): Promise<void> {
  const { programmeId, open, jeansLife } = from
  const [jeans, ...rest] = wardPasts(today)
  if (!jeansLife || !jeans) throw new Error('Jean of the street is not in the town')
  const latest = [...open].sort((one, other) => other.past.openedOn.localeCompare(one.past.openedOn))
  const people: readonly (Inpatient & { readonly isThere: boolean })[] = [
    {
      personId: jeansLife.personId,
      gp: postAt(cast, 'GP', 'Z00001'),
      past: jeans,
      isJean: true,
      isThere: jeansLife.programmeIds.includes(programmeId),
    },
    ...rest.flatMap((past, at) => {
      const one = latest[at]
      if (!one) return []
      const isThere = one.life.programmeIds.includes(programmeId)
      return [{ personId: one.past.personId, gp: one.hands.gp, past, isJean: false, isThere }]
    }),
  ]
  const coming = people.filter(({ isThere }) => !isThere)
  for (const [at, person] of coming.entries()) await bringToWard(workshop, cast, programmeId, person, at)
  const waiting = latest.slice(rest.length, rest.length + 2)
  for (const [at, { past, hands, life }] of waiting.entries()) {
    if (life.programmeIds.includes(programmeId)) continue
    const person = { personId: past.personId, gp: hands.gp, on: workingDayBefore(addDays(today, -1)) }
    await waitForWard(workshop, cast, programmeId, person, at)
  }
  await holdRounds(workshop, cast, people, today)
}
