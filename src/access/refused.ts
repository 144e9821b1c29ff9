/** Why a request is refused: its page says what to do next. */
export type RefusalKind =
  | 'say why'
  | 'no such page'
  | 'not for you'
  | 'changed meanwhile'
  | 'not now'
  | 'signed out'
  | 'too many'

/**
 * The one error class of ours: what was asked may not be done, and nobody's code is at fault.
 *
 * `words` are for the screen; they never say whether a person exists.
 */
export class Refused extends Error {
  readonly kind: RefusalKind
  readonly words: string
  readonly attempt: { readonly person: string; readonly purpose: string; readonly verb: string } | undefined
  /** Whose marked record it is, where a reason opens it. */
  readonly marked: string | undefined

  constructor(kind: RefusalKind, words: string, attempt?: Refused['attempt'], marked?: string) {
    super(kind)
    this.name = 'Refused'
    this.kind = kind
    this.words = words
    this.attempt = attempt
    this.marked = marked
  }
}

/** The record is marked, and whoever has a tie to it says why before it opens. */
export const sayWhy = (person: string): Refused =>
  new Refused(
    'say why',
    'This record is handled with more care. Say why you need it. The privacy officer can read your reason.',
    undefined,
    person,
  )

/** Unknown and forbidden are one refusal, to the letter: it must not tell which it was. */
export const notForYou = (attempt?: Refused['attempt']): Refused =>
  new Refused(
    'not for you',
    'You cannot see this record. If you need it to give care, ask your team lead, or open it in an emergency.',
    attempt,
  )

/** Somebody saved first. `words` say who and what to do. */
export const changedMeanwhile = (words: string): Refused => new Refused('changed meanwhile', words)

/** Too many tries in a short time. */
export const tooMany = (): Refused => new Refused('too many', 'Wait 5 minutes, then try again.')
