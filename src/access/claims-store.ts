import type { LondonDate } from '#calendar'
import { type Db, many, one, sql } from '#database'
import type { NhsNumber, PersonId } from '#people'

export type ClaimKind = 'break-glass' | 'self-claimed'

export type Claim = {
  readonly id: string
  readonly kind: ClaimKind
  readonly nhsNumber: NhsNumber
  readonly bornOn: LondonDate
  readonly reason: string
  readonly words: string
  /** At most 4 in an emergency, 24 for a claim. */
  readonly hours: number
}

export type ClaimAnswer =
  | { readonly answer: 'opened'; readonly person: PersonId }
  | { readonly answer: 'nobody' | 'own record' | 'wait' }

/** Opens a person's record by number and birth date together. Found or not, it is on the log. */
export async function claimPerson(db: Db, claim: Claim): Promise<ClaimAnswer> {
  const row = await one<{ answer: 'opened' | 'nobody' | 'own record' | 'wait'; person: PersonId | null }>(
    db,
    sql`select answer, person_id as person
        from access.claim_person(${claim.id}, ${claim.kind}, ${claim.nhsNumber}, ${claim.bornOn}, ${claim.reason},
          ${claim.words}, ${claim.hours})`,
  )
  if (!row || row.answer === 'opened') {
    return row?.person ? { answer: 'opened', person: row.person } : { answer: 'nobody' }
  }
  return { answer: row.answer }
}

/** What the privacy officer looks at: openings without a tie, and reasons given for records that are marked. */
export type OpeningKind = ClaimKind | 'reason'

export type OpeningState = 'to review' | 'reviewed' | 'all'

/** An opening as the list shows it: by reference, without who or about whom. */
export type Opening = {
  readonly id: string
  readonly kind: OpeningKind
  readonly reason: string
  readonly since: Date
  readonly until: Date
  readonly role?: string
  readonly organisationName?: string
  readonly reviewedAt?: Date
  readonly review?: 'justified' | 'not justified'
}

/** Emergency openings or claims, newest first. */
export const openings = (db: Db, kind: OpeningKind, state: OpeningState): Promise<readonly Opening[]> =>
  many(
    db,
    sql`select id, kind, reason, since, until, role, organisation_name as "organisationName",
               reviewed_at as "reviewedAt", review
        from access.openings(${kind}, ${state})`,
  )

/** Everything that is needed to say whether an opening was right. */
export type OpeningInFull = Omit<Opening, 'role' | 'organisationName'> & {
  readonly words: string
  readonly staffName: string
  readonly family: string
  readonly given: string
  readonly bornOn?: LondonDate
  /** How many times its pages were opened while it was open. */
  readonly looks: number
  readonly reviewerName?: string
  readonly reviewWords?: string
  /** Whether the reader is the one who opened it. */
  readonly isOwn: boolean
}

/** One opening with who and about whom. That it was looked into is on the log. */
export const openingInFull = (db: Db, id: string): Promise<OpeningInFull | undefined> =>
  one(
    db,
    sql`select id, kind, reason, words, since, until, staff_name as "staffName", family, given, born_on as "bornOn",
               looks, reviewed_at as "reviewedAt", reviewer_name as "reviewerName", review,
               review_words as "reviewWords", is_own as "isOwn"
        from access.opening(${id})`,
  )

/** Says once whether an opening was right. @returns false when somebody did first, or the reader opened it. */
export async function reviewOpening(
  db: Db,
  id: string,
  review: 'justified' | 'not justified',
  words: string,
): Promise<boolean> {
  const row = await one<{ ok: boolean }>(
    db,
    sql`select access.review_opening(${id}, ${review}, ${words}) as ok`,
  )
  return row?.ok ?? false
}
