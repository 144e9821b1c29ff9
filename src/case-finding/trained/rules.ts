import { addDays, type LondonDate, readDateBoxes } from '#calendar'
import type { TrainingGiven } from './types.ts'

type Problem = { readonly field: string; readonly message: string }

/** Roles of clinicians: only one may train. @source Requirements R-022: a clinician delivers user training. */
export const clinicianRoles: readonly string[] = [
  'GP',
  'community clinician',
  'pharmacist',
  'out-of-hours clinician',
  'clinical safety officer',
]

/** Roles that work down a list, or add people to one. */
export const listRoles = ['GP', 'case manager', 'care co-ordinator', 'team lead'] as const

/** How long ago a training may have been, when it is written down. */
const mostDaysAgo = 365

export type TrainedForm = {
  readonly staff: readonly string[]
  readonly on: { readonly day: string; readonly month: string; readonly year: string }
  readonly isSigned: boolean
}

export type ReadyTraining = { readonly staffIds: readonly string[]; readonly trainedOn: LondonDate }

/** Reads who was trained and when, or says what to put right. @param colleagues whom the trainer may have trained. */
export function readTrained(
  form: TrainedForm,
  by: { readonly staffId: string; readonly role: string; readonly today: LondonDate },
  colleagues: readonly { readonly id: string }[],
): { readonly ready: ReadyTraining } | { readonly problems: readonly Problem[] } {
  const staffIds = colleagues.map(({ id }) => id).filter((id) => id !== by.staffId && form.staff.includes(id))
  const trainedOn = readDateBoxes(form.on.day, form.on.month, form.on.year)
  const day = problemWithDay(trainedOn, by.today)
  const problems = [
    ...(staffIds.length > 0 ? [] : [{ field: 'staff', message: 'Select who was trained' }]),
    ...(day ? [{ field: 'on', message: day }] : []),
    ...(clinicianRoles.includes(by.role)
      ? []
      : [
          {
            field: 'signed',
            message: 'Training is signed by the clinician who gave it. Ask them to sign it',
          },
        ]),
    ...(form.isSigned ? [] : [{ field: 'signed', message: 'Tick the box to say that you trained them' }]),
  ]
  return problems.length > 0 || !trainedOn ? { problems } : { ready: { staffIds, trainedOn } }
}

function problemWithDay(on: LondonDate | undefined, today: LondonDate): string | undefined {
  if (!on) return 'The day of the training must be a real date, like 27 3 2026'
  if (on > today) return 'The day of the training must be today or in the past'
  return on < addDays(today, -mostDaysAgo)
    ? 'The day of the training must be within the last 12 months'
    : undefined
}

/** The newest training of each colleague, and whether the numbers in use now are those they were shown. */
export function standingOf<Colleague extends { readonly id: string; readonly name: string }>(
  colleagues: readonly Colleague[],
  given: readonly TrainingGiven[],
  modelInUse: string | undefined,
): readonly {
  readonly colleague: Colleague
  readonly last?: TrainingGiven
  readonly isOfThisList: boolean
}[] {
  const newest = new Map([...given].reverse().map((one) => [one.staffId, one]))
  return colleagues.map((colleague) => {
    const last = newest.get(colleague.id)
    return {
      colleague,
      ...(last && { last }),
      isOfThisList: last !== undefined && last.modelId === modelInUse,
    }
  })
}
