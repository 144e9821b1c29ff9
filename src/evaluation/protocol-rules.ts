import type { Problem } from '#access'
import { type ChoiceFacts, readChoices, type TypedChoices } from './choice-rules.ts'
import type { Choices } from './choice-types.ts'
import type { Draft, Study } from './study-types.ts'
import type { Plan } from './types.ts'

/** How long somebody must have been followed to be looked at: the choices there are, in days. */
export const followUpChoices = [30, 90, 180, 365] as const

/** What was typed of a plan, as text. */
export type TypedPlan = Readonly<Record<keyof Omit<Plan, 'choices'>, string>> & {
  readonly choices: TypedChoices
}

/**
 * Reads a plan, or says what to put right.
 *
 * @param facts what there is to choose from here.
 * @param isAmendment an answer by an earlier version has been seen, or somebody locked one: then it must be said
 *   what changed.
 */
export function readPlan(
  typed: TypedPlan,
  isAmendment: boolean,
  facts: ChoiceFacts,
): { readonly plan: Plan } | { readonly problems: readonly Problem[] } {
  const ratio = Number(typed.ratio)
  const leastFollowUpDays = Number(typed.leastFollowUpDays)
  const smallest = Number(typed.smallestThatMattersPercent)
  const chosen = readChoices(typed.choices, facts, leastFollowUpDays)
  const problems: readonly Problem[] = [
    ...(typed.question.trim() === '' || typed.question.length > 400
      ? [{ field: 'question', message: 'Enter the question, in at most 400 characters' }]
      : []),
    ...(!Number.isInteger(ratio) || ratio < 1 || ratio > 5
      ? [{ field: 'ratio', message: 'Enter how many matched people each, from 1 to 5' }]
      : []),
    ...(followUpChoices.some((days) => days === leastFollowUpDays)
      ? []
      : [{ field: 'leastFollowUpDays', message: 'Select how long people must have been followed' }]),
    ...(!(smallest >= 1 && smallest <= 50)
      ? [
          {
            field: 'smallestThatMattersPercent',
            message: 'Enter the smallest fall that matters, from 1 to 50',
          },
        ]
      : []),
    ...(isAmendment && typed.whatChanged.trim() === ''
      ? [{ field: 'whatChanged', message: 'Say what changes and why' }]
      : []),
  ]
  const usual = 'emergency admissions within a year'
  const asksUsual = 'choices' in chosen && isUsualQuestion(chosen.choices)
  if ('choices' in chosen && !asksUsual && typed.question.includes(usual))
    return {
      problems: [
        ...problems,
        {
          field: 'question',
          message: `Write the question anew: it still says “${usual}”, and something else was chosen`,
        },
      ],
    }
  if ('problems' in chosen) return { problems: [...problems, ...chosen.problems] }
  if (problems.length > 0) return { problems }
  return {
    plan: {
      choices: chosen.choices,
      question: typed.question.trim(),
      ratio,
      leastFollowUpDays,
      smallestThatMattersPercent: smallest,
      otherInitiatives: typed.otherInitiatives.trim(),
      whatChanged: typed.whatChanged.trim(),
    },
  }
}

const isUsualQuestion = ({ outcome, horizonDays }: Choices) =>
  outcome === 'emergencies' && horizonDays === 365

export type StudyStep = {
  readonly words: string
  readonly state: 'done' | 'now' | 'to do'
  readonly on?: Date
}

/** How far a study has come; worked out from what is in the record. */
export function stepsOf(at: {
  readonly draft?: Pick<Draft, 'writtenAt' | 'check'>
  readonly study?: Pick<Study, 'lockedAt'>
  readonly openedAt?: Date
  readonly answeredAt?: Date
}): readonly StudyStep[] {
  const { draft, study, openedAt, answeredAt } = at
  const passed: readonly (readonly [string, Date | undefined])[] = draft
    ? [
        ['Written', draft.writtenAt],
        ['Checked without outcomes', draft.check?.ranAt],
        ['Locked', undefined],
        ['Groups found alike', undefined],
        ['Outcomes opened and answered', undefined],
      ]
    : [
        ['Locked', study?.lockedAt],
        // Worked out without having been opened: the groups were not alike, or too few.
        [openedAt || !answeredAt ? 'Groups found alike' : 'Groups not found alike so far', openedAt],
        ['Outcomes opened and answered', openedAt && answeredAt],
      ]
  const next = passed.findIndex(([, on]) => on === undefined)
  return passed.map(([words, on], i) => ({
    words,
    on,
    state: on ? 'done' : i === next ? 'now' : 'to do',
  }))
}
