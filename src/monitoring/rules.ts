import type { Problem } from '#access'
import type { KitKind, NewKit, NewLoan, WaitReason } from './types.ts'
import { kitKinds } from './types.ts'

/** A clock may be a little ahead of ours; more, and its time says nothing about who had the kit. */
const mostAheadMs = 5 * 60_000

/** What is known when it is asked whose an alert is. */
export type WhoseFacts = {
  readonly happenedAt?: Date
  readonly arrivedAt: Date
  /** The same message number came before, with other words, and nobody has said it is a second alert. */
  readonly isOtherWords: boolean
  readonly isKnownKit: boolean
  /** The serial is kit of another product here. */
  readonly isOfOtherProduct: boolean
  readonly firstLentAt?: Date
  readonly hasHolder: boolean
}

/**
 * Whether an alert goes to whoever held the kit at the instant it happened, or waits and why. One who has the kit now, or
 * had it when the alert arrived, has no part in it.
 *
 * @source HZ12: device and person bound with dates, a reading before the binding parked.
 */
export function whoseIsIt(facts: WhoseFacts): 'the holder’s' | WaitReason {
  const { happenedAt, arrivedAt, firstLentAt } = facts
  if (!happenedAt) return 'no time'
  if (happenedAt.getTime() > arrivedAt.getTime() + mostAheadMs) return 'clock ahead'
  if (facts.isOtherWords) return 'other words'
  if (!facts.isKnownKit) return facts.isOfOtherProduct ? 'other product' : 'unknown kit'
  if (facts.hasHolder) return 'the holder’s'
  if (!firstLentAt) return 'never lent'
  return happenedAt < firstLentAt ? 'before it was lent' : 'after it was taken back'
}

/** A serial as two people would write it: capitals, blanks, dots and dashes do not tell two apart. */
export const serialKey = (serial: string): string => serial.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')

export const kindOf = (text: string): KitKind | undefined => kitKinds.find((kind) => kind === text)

const mostCharacters = 100

/** What to put right before kit is added. */
export const problemsWithKit = (kit: NewKit): readonly Problem[] => [
  ...(kindOf(kit.kind) ? [] : [{ field: 'kind', message: 'Select what kind of kit it is' }]),
  ...(kit.maker.trim() ? [] : [{ field: 'maker', message: 'Enter who makes it' }]),
  ...(serialKey(kit.product)
    ? []
    : [{ field: 'product', message: 'Enter the product, as it names itself in its alerts' }]),
  ...(serialKey(kit.serial) ? [] : [{ field: 'serial', message: 'Enter the serial that is on the kit' }]),
  ...(['maker', 'product', 'serial'] as const)
    .filter((field) => kit[field].length > mostCharacters)
    .map((field) => ({ field, message: 'Shorten this to 100 characters or fewer' })),
]

type Instants = { readonly from?: Date | undefined; readonly until?: Date | undefined }

/** What is wrong with the time somebody has kit: it begins, and ends, now or earlier, and ends after it began. */
export const problemsWithTimes = ({ from, until }: Instants, now: Date): readonly Problem[] => [
  ...(from && from > now ? [{ field: 'from', message: 'It was handed over now or earlier' }] : []),
  ...(from ? [] : [{ field: 'from', message: 'Enter when it was handed over, with the time' }]),
  ...(until && until > now ? [{ field: 'until', message: 'It was taken back now or earlier' }] : []),
  ...(from && until && until <= from
    ? [{ field: 'until', message: 'It was taken back later than it was handed over' }]
    : []),
]

/**
 * What to put right before kit is lent.
 *
 * @param serial the serial of the kit that was chosen; undefined where none of the place’s was.
 */
export const problemsWithLoan = (
  loan: NewLoan,
  serial: string | undefined,
  now: Date,
): readonly Problem[] => [
  ...(serial === undefined ? [{ field: 'kit', message: 'Select the kit' }] : []),
  ...(serial !== undefined && serialKey(loan.serialRead) !== serialKey(serial)
    ? [
        {
          field: 'serial',
          message: loan.serialRead
            ? 'This is not the serial of the kit you chose. Read it again from the kit'
            : 'Read the serial from the kit, and enter it',
        },
      ]
    : []),
  ...(loan.checkedWith === 'the person' || loan.checkedWith === 'a carer'
    ? []
    : [{ field: 'checked', message: 'Select whom you read the serial back to' }]),
  ...problemsWithTimes(loan, now),
]

/** A count of alerts in words. */
export const alertsWords = (count: number): string =>
  count === 1 ? '1 alert' : `${count.toLocaleString('en-GB')} alerts`
