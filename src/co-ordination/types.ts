import type { LondonDate } from '#calendar'
import type { PersonId } from '#people'

export const contactKinds = ['face to face', 'telephone', 'video', 'home visit', 'other'] as const
export type ContactKind = (typeof contactKinds)[number]

/** Something done with a person, or for them: it happened, so it is never changed; a wrong one is struck. */
export type Contact = {
  readonly id: string
  readonly kind: ContactKind
  readonly madeByName: string
  readonly happenedAt: Date
  readonly minutes?: number
  readonly words: string
  readonly nextWords?: string
  readonly nextOn?: LondonDate
  readonly recordedAt: Date
  readonly struckAt?: Date
  readonly struckByName?: string
  readonly struckReason?: string
}

/** A contact as somebody writes it down. */
export type NewContact = {
  /** Made when the form was drawn: the same form sent twice is one contact. */
  readonly id?: string
  readonly kind: ContactKind
  /** When it happened; now, where it is left out. */
  readonly happenedAt?: Date
  /** How long, 1 to 600. */
  readonly minutes?: number
  readonly words: string
  /** What happens next, and when: it becomes a task of whoever made the contact. Both or neither. */
  readonly nextWords?: string
  readonly nextOn?: LondonDate
  /** The task this contact answers, and the turn the page was drawn from. */
  readonly answers?: { readonly taskId: string; readonly turn: number }
  /** The worker a job records for; somebody signed in records as themselves. */
  readonly madeById?: string
}

export type TaskState = 'to do' | 'waiting' | 'done' | 'not needed'

/** Who holds a task: one worker, or a team until somebody takes it. */
export type Holder = { readonly staffId: string } | { readonly teamId: string }

/** Something somebody has to do for a person, as its newest turn has it. An alert is an urgent task. */
export type Task = {
  readonly id: string
  readonly personId: PersonId
  readonly what: string
  readonly why?: string
  readonly isUrgent: boolean
  /** Promised to the person, who may ask for it. */
  readonly isPromise: boolean
  readonly turn: number
  readonly state: TaskState
  readonly ownerId?: string
  readonly teamId?: string
  readonly holderName: string
  readonly dueOn: LondonDate
  readonly dueAt?: Date
  readonly waitingFor?: string
  /** When it came to this turn. */
  readonly since: Date
}

export type Turn = {
  readonly n: number
  readonly state: TaskState
  readonly holderName: string
  readonly dueOn: LondonDate
  readonly waitingFor?: string
  readonly words?: string
  readonly byName: string
  readonly at: Date
}

export type NewTask = {
  readonly id?: string
  readonly what: string
  readonly why?: string
  readonly holder: Holder
  readonly dueOn: LondonDate
  /** The time of day, for what cannot wait for the day's end. */
  readonly dueAt?: Date
  readonly isUrgent?: boolean
  readonly isPromise?: boolean
  readonly addedById?: string
}

/** What becomes of a task: what is left out stays as it was. */
export type TaskTurn = {
  readonly taskId: string
  /** The turn the page was drawn from. */
  readonly turn: number
  readonly state: TaskState
  readonly holder?: Holder
  readonly dueOn?: LondonDate
  readonly waitingFor?: string
  /** What came of it, or why. */
  readonly words?: string
  readonly byId?: string
}

/** Somebody of a team as its list shows them. */
export type Listed = {
  readonly personId: PersonId
  readonly familyName: string
  readonly givenName: string
  readonly bornOn?: LondonDate
  readonly nhsNumber?: string
  readonly practiceId?: string
  readonly practiceName?: string
  readonly stage: string
  readonly programmeName: string
  readonly ownerId: string
  readonly ownerName: string
  readonly openedOn: LondonDate
  readonly lastContactOn?: LondonDate
  readonly nextOn?: LondonDate
  /** Days the programme allows between contacts in this stage. */
  readonly reviewEveryDays: number
}

declare module '#journal' {
  interface Notes {
    'contact recorded': { readonly contactId: string; readonly kind: ContactKind; readonly minutes?: number }
    'contact struck': { readonly contactId: string }
    'task added': { readonly taskId: string; readonly dueOn: LondonDate; readonly isUrgent: boolean }
    'task turned': { readonly taskId: string; readonly turn: number; readonly state: TaskState }
    'cover arranged': {
      readonly coverId: string
      readonly fromOn: LondonDate
      readonly lastOn: LondonDate
    }
    'cover ended': { readonly coverId: string }
    'caseload handed over': {
      readonly handOverId: string
      readonly fromId: string
      readonly reason: string
      readonly episodes: number
      readonly tasks: number
      readonly actions: number
    }
    'sharing answered': {
      readonly answer: 'yes' | 'no' | 'not asked'
      /** Whether they may see where the person wishes to be; absent where it was left as it stood. */
      readonly places?: 'yes' | 'no' | 'not asked'
    }
  }
}
