/** What a model says how often it happens in the 365 days after a day. */
export type TargetKey = 'emergency admission' | 'A&E attendance' | 'care home entry'

/** How a target is told, and what it is read from. */
export type Target = {
  readonly key: TargetKey
  /** As a command says it, and in the name of a model. Admissions have none: they were all there was. */
  readonly slug: string
  /** "A model of …". */
  readonly of: string
  /** "of 100 people with a record like this … in the following 12 months". */
  readonly had: string
  /** The same to the person themselves, in plain words: "Of 100 people with a record like yours, about 42 …". */
  readonly hadPlainly: string
  /** "205 … for every 100 expected". */
  readonly did: string
  /** "Of 100 listed, …". */
  readonly past: string
  /** "Of 100 …, found". */
  readonly those: string
  /** The heading of the number in a file of a list: a column of it must not be read as one of something else. */
  readonly inFiles: string
  /** At the head of a column of counts and of numbers. */
  readonly head: string
  /** Of a number of them: "1,234 …". */
  readonly many: string
  readonly without: string
  readonly definition: string
  readonly readFrom: string
}

/**
 * What a model may be trained to say. Emergency admission is what this product is for; the others help to choose whom to look at for the
 * same offer.
 *
 * Death is not among them and may not be added: a list by it would be for choosing treatment and for talking about dying, which is
 * outside the intended purpose of case-finding (INTENDED-PURPOSE.md).
 */
export const targets: Readonly<Record<TargetKey, Target>> = {
  'emergency admission': {
    key: 'emergency admission',
    slug: 'admission',
    of: 'emergency admission',
    had: 'had an emergency admission',
    hadPlainly: 'had an emergency stay in hospital',
    did: 'were admitted',
    past: 'admitted',
    those: 'admitted',
    inFiles: 'admission_in_100',
    head: 'Emergency admission in 12 months',
    many: 'admissions',
    without: 'without an admission they count as not admitted',
    definition:
      'One or more emergency admissions (methods 21 to 28 and 2A to 2D) in the 365 days after the day',
    readFrom: 'hospital records',
  },
  'A&E attendance': {
    key: 'A&E attendance',
    slug: 'ae',
    of: 'A&E attendance',
    had: 'attended A&E',
    hadPlainly: 'went to A&E',
    did: 'attended A&E',
    past: 'attended A&E',
    those: 'who attended A&E',
    inFiles: 'ae_attendance_in_100',
    head: 'A&E attendance in 12 months',
    many: 'people who attended A&E',
    without: 'without an attendance they count as not having attended',
    definition:
      'One or more A&E attendances of any kind, admitted from there or not, in the 365 days after the day',
    readFrom: 'A&E records',
  },
  'care home entry': {
    key: 'care home entry',
    slug: 'care-home',
    of: 'moving into a care home',
    had: 'moved into a care home',
    hadPlainly: 'moved into a care home',
    did: 'moved into a care home',
    past: 'moved into a care home',
    those: 'who moved into a care home',
    inFiles: 'care_home_in_100',
    head: 'Moved into a care home in 12 months',
    many: 'people who moved into a care home',
    without: 'without a move before that they count as not having moved',
    definition:
      'A first day of living in a care home, by the council’s packages and the practices’ codes, in the 365 days after the day, of people who did not live in one on it. Whoever pays for their own place may be in neither',
    readFrom: 'social care and GP records',
  },
}

/** Of a model or report of an earlier version there is no word: it is of emergency admissions. */
export const targetOf = ({ target }: { readonly target?: TargetKey }): Target =>
  targets[target ?? 'emergency admission']

/** The target a command names; undefined for a word that is none. */
export const targetBySlug = (slug: string): TargetKey | undefined =>
  Object.values(targets).find((target) => target.slug === slug)?.key
