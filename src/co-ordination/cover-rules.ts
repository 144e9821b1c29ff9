import type { Problem } from '#access'
import { addDays, addMonths, type LondonDate } from '#calendar'

/** A colleague does somebody's work while they are away. */
export type Cover = {
  readonly id: string
  readonly awayId: string
  readonly awayName: string
  readonly coveredById: string
  readonly coveredByName: string
  readonly coveredByTelephone?: string
  readonly fromOn: LondonDate
  readonly lastOn: LondonDate
  readonly madeByName: string
}

/** A cover as it is written down. */
export type NewCover = {
  readonly awayId: string
  readonly coveredById: string
  readonly fromOn: LondonDate | undefined
  readonly lastOn: LondonDate | undefined
}

/** Longer than any leave: whoever is away for more hands their people over. */
export const longestCoverMonths = 6

/**
 * What is wrong with a cover.
 *
 * @param colleagues who works at the caller's place today. @param today the first day it may begin on.
 */
export function problemsWithCover(
  cover: NewCover,
  colleagues: ReadonlySet<string>,
  today: LondonDate,
): readonly Problem[] {
  const { awayId, coveredById, fromOn, lastOn } = cover
  const problems: Problem[] = []
  if (!colleagues.has(awayId)) problems.push({ field: 'away', message: 'Choose who is away' })
  if (!colleagues.has(coveredById)) problems.push({ field: 'by', message: 'Choose who covers' })
  else if (coveredById === awayId)
    problems.push({ field: 'by', message: 'Choose somebody else to cover: they are the one who is away' })
  if (!fromOn) problems.push({ field: 'from', message: 'The first day must be a real date, like 27 3 2026' })
  else if (fromOn < today) problems.push({ field: 'from', message: 'The first day must be today or later' })
  if (!lastOn) problems.push({ field: 'last', message: 'The last day must be a real date, like 27 3 2026' })
  else if (fromOn && lastOn < fromOn)
    problems.push({ field: 'last', message: 'The last day must be the first day or later' })
  else if (fromOn && lastOn > addDays(addMonths(fromOn, longestCoverMonths), -1))
    problems.push({
      field: 'last',
      message: 'Cover ends within 6 months. If they are away for longer, hand their caseload over',
    })
  return problems
}
