import type { LondonDate } from '#calendar'

/** What a gap in care asks for: a measurement by any of some codes, or any contact with the practice. */
type Asks = { readonly measured: readonly string[] } | { readonly contact: true }

/** Care that is usual for a condition and is not in the records. Facts only: it says nothing of why. */
export type CareGap = {
  readonly key: string
  /** As a sentence says it: "no HbA1c in 15 months, with diabetes". */
  readonly words: string
  /** What the last one is called: "Last HbA1c". */
  readonly last: string
  /** Keys of condition groups; any of them is enough. */
  readonly with: readonly string[]
  readonly asks: Asks
  readonly withinDays: number
  readonly source: string
}

/** Changed with any code or number of this file. */
export const flagListsVersion = '2026-11-22' as LondonDate

/** 15 months: who is a few weeks late for something yearly is not flagged. */
const fifteenMonths = 456

const notReRead = 'From general knowledge of it, not re-read. Not yet confirmed by a clinician'

/**
 * The gaps that can be told from the files an extract has. Annual reviews, foot and eye checks, urine tests and spirometry
 * cannot: no file of an extract carries them by a code that is listed here, so their absence would say nothing.
 */
export const careGaps: readonly CareGap[] = [
  {
    key: 'hba1c',
    words: 'no HbA1c in 15 months, with diabetes',
    last: 'Last HbA1c',
    with: ['dm1', 'dm2'],
    asks: { measured: ['999791000000106'] },
    withinDays: fifteenMonths,
    source: `National Diabetes Audit, care processes counted over 15 months; NICE NG17, NG28. ${notReRead}`,
  },
  {
    key: 'blood pressure, diabetes',
    words: 'no blood pressure in 15 months, with diabetes',
    last: 'Last blood pressure',
    with: ['dm1', 'dm2'],
    asks: { measured: ['271649006'] },
    withinDays: fifteenMonths,
    source: `National Diabetes Audit, care processes counted over 15 months. ${notReRead}`,
  },
  {
    key: 'blood pressure',
    words: 'no blood pressure in 15 months, with high blood pressure',
    last: 'Last blood pressure',
    with: ['htn'],
    asks: { measured: ['271649006'] },
    withinDays: fifteenMonths,
    source: `NICE NG136, at least yearly. ${notReRead}`,
  },
  {
    key: 'kidney function',
    words: 'no kidney function test in 15 months, with kidney disease',
    last: 'Last kidney function test',
    with: ['ckd'],
    asks: { measured: ['1011481000000105', '1000731000000107'] },
    withinDays: fifteenMonths,
    source: `NICE NG203, at least yearly in stage 3 to 5. ${notReRead}`,
  },
  {
    key: 'physical health',
    words: 'no blood pressure in 15 months, with severe mental illness',
    last: 'Last blood pressure',
    with: ['smi'],
    asks: { measured: ['271649006'] },
    withinDays: fifteenMonths,
    source: `NICE CG178, a yearly physical health check of which blood pressure is a part. ${notReRead}`,
  },
  {
    key: 'contact',
    words: 'no contact with the practice in 12 months, with a condition that asks for a yearly review',
    last: 'Last contact with the practice',
    with: ['hf', 'copd', 'dementia', 'smi', 'ld'],
    asks: { contact: true },
    withinDays: 365,
    source: 'Our choice: whoever had no contact had no review either. Not yet confirmed by a clinician',
  },
]

/**
 * What says that end of life care is recorded. A decision not to attempt resuscitation alone (450476008) does not: it is
 * about one treatment, and people who live for years make it.
 *
 * @source Design town 5.1 (103735009 Palliative care) and the palliative care register; ICD-10 Z51.5. Not yet confirmed by a
 *   clinician.
 */
export const endOfLife = {
  register: 'palliative',
  snomed: ['103735009'],
  icd10: ['Z515'],
} as const

/** How far back an admission with a condition best cared for outside hospital is looked for. */
export const acscLookBackDays = 1095
