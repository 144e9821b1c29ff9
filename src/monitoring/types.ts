import type { PersonId } from '#people'

export const kitKinds = [
  'pulse oximeter',
  'blood pressure monitor',
  'weighing scales',
  'thermometer',
  'fall or movement sensor',
  'tablet or hub',
  'other',
] as const
export type KitKind = (typeof kitKinds)[number]

/** A piece of kit that a place lends. Its alerts come under the product’s name and the serial. */
export type Kit = {
  readonly id: string
  readonly organisationId: string
  readonly kind: KitKind
  readonly maker: string
  readonly product: string
  readonly serial: string
}

export type NewKit = {
  readonly id: string
  readonly kind: string
  readonly maker: string
  readonly product: string
  readonly serial: string
}

/** Somebody has a piece of kit, from one instant until another. Without `until` they have it now. */
export type Loan = Kit & {
  readonly loanId: string
  readonly personId: PersonId
  readonly turn: number
  readonly from: Date
  readonly until?: Date
  readonly checkedWith: string
  readonly lentByName: string
}

/** What was done with a loan, and when it was written down. */
export type LoanTurn = {
  readonly what: 'lent' | 'taken back' | 'corrected' | 'struck'
  readonly from?: Date
  readonly until?: Date
  readonly reason?: string
  readonly byName: string
  readonly at: Date
}

/** A loan as somebody writes it down. */
export type NewLoan = {
  readonly id: string
  readonly kitId: string
  /** The serial as it was read from the kit, with whoever has it. */
  readonly serialRead: string
  readonly checkedWith: string
  readonly from: Date | undefined
  readonly until?: Date
}

export type AlertState = 'arrived' | 'given' | 'parked' | 'in doubt' | 'ask again' | 'not ours' | 'stays'

/** Why an alert waits: nobody can be given it, or it was given by dates that have changed since. */
export type WaitReason =
  | 'no time'
  | 'clock ahead'
  | 'other words'
  | 'unknown kit'
  | 'other product'
  | 'never lent'
  | 'before it was lent'
  | 'after it was taken back'
  | 'dates corrected'

/** An alert as a registered product sent it, and how it stands. Its words and its level are the product’s own. */
export type KitAlert = {
  readonly id: string
  readonly organisationId: string
  readonly product: string
  readonly serial: string
  readonly messageId: string
  /** When it happened, by the product’s clock, or as somebody put it right. */
  readonly happenedAt?: Date
  readonly happenedAsWritten: string
  readonly level: string
  readonly words: string
  readonly turn: number
  readonly state: AlertState
  readonly reason?: WaitReason
  readonly arrivedAt: Date
  /** When it came to stand so. */
  readonly since: Date
}

/** One hand an alert went through. */
export type AlertTurn = {
  readonly n: number
  readonly state: AlertState
  readonly reason?: WaitReason
  readonly words?: string
  readonly happenedAt?: Date
  readonly byName?: string
  readonly at: Date
}

/** An alert that was given to the permitted person’s case manager, with its task. */
export type GivenAlert = {
  readonly id: string
  readonly product: string
  readonly serial: string
  readonly happenedAt: Date
  readonly level: string
  readonly words: string
  readonly taskId: string
  readonly givenAt: Date
  /** Somebody has looked at it again since: it may be somebody else’s. */
  readonly isLookedAtAgain: boolean
}

/** A row of a product’s file. */
export type SentAlert = {
  readonly line: number
  readonly messageId: string
  readonly product: string
  readonly serial: string
  readonly happenedAt?: Date
  readonly happenedAsWritten: string
  readonly level: string
  readonly words: string
}

export type RefusedRow = { readonly line: number; readonly why: string }

/** What became of a file: read = known + refused + waiting + given + settled. */
export type Delivery = {
  readonly id: string
  readonly read: number
  /** Rows that had come before, word for word. */
  readonly known: number
  readonly given: number
  readonly waiting: number
  /** Answered by somebody since: not ours, or it stays where it is. */
  readonly settled: number
  readonly refused: readonly RefusedRow[]
  readonly at: Date
}

declare module '#journal' {
  interface Notes {
    'kit added': { readonly kitId: string }
    'kit lent': { readonly loanId: string; readonly kitId: string; readonly kind: string }
    'kit taken back': { readonly loanId: string; readonly kitId: string; readonly kind: string }
    'kit dates corrected': { readonly loanId: string; readonly kitId: string; readonly kind: string }
    'kit alerts taken in': { readonly deliveryId: string; readonly read: number }
    'kit alert given': { readonly alertId: string; readonly taskId: string }
    'kit alert in doubt': { readonly alertId: string }
    'kit alert answered': { readonly alertId: string; readonly state: string }
  }
}
