/** Somebody whose record says they live with a condition, by the SNOMED CT codes it is recorded with. */
type Register = { readonly name: string; readonly snomed: readonly string[] }

/** One measure of routine care, and where its definition comes from. */
export type PracticeMeasure = {
  readonly key: string
  readonly words: string
  readonly register: Register
  /** Ages in whole years on the day, both ends included. */
  readonly fromAge: number
  readonly toAge: number
  /** What was read last in the 12 months before the day must be at or under these; every code is needed. */
  readonly atMost: readonly { readonly code: string; readonly value: number }[]
  readonly source: string
}

const hypertension: Register = {
  name: 'hypertension',
  snomed: ['38341003', '59621000', '1201005', '78975002', '56218007'],
}
const diabetes: Register = { name: 'diabetes', snomed: ['73211009', '44054006', '46635009'] }

const [systolic, diastolic, hba1c] = ['271649006', '271650006', '999791000000106'] as const

/**
 * Measures after those of the Quality and Outcomes Framework, worked out from readings that came with the records. They are not
 * a practice’s own achievement: nobody is excepted, the code lists are short, and frailty is not taken into account.
 *
 * @source NHS England, Quality and Outcomes Framework guidance (Open Government Licence): the wording of HYP008, HYP009, DM020.
 *   The indicator numbers and thresholds are from general knowledge of the 2023 to 2025 editions and wait for somebody to
 *   check them against the edition in force.
 */
export const practiceMeasures: readonly PracticeMeasure[] = [
  {
    key: 'blood pressure under 80',
    words: 'Hypertension, under 80: last blood pressure 140/90 or less',
    register: hypertension,
    fromAge: 18,
    toAge: 79,
    atMost: [
      { code: systolic, value: 140 },
      { code: diastolic, value: 90 },
    ],
    source: 'After HYP008',
  },
  {
    key: 'blood pressure from 80',
    words: 'Hypertension, 80 and over: last blood pressure 150/90 or less',
    register: hypertension,
    fromAge: 80,
    toAge: 120,
    atMost: [
      { code: systolic, value: 150 },
      { code: diastolic, value: 90 },
    ],
    source: 'After HYP009',
  },
  {
    key: 'HbA1c',
    words: 'Diabetes: last HbA1c 58 mmol/mol or less',
    register: diabetes,
    fromAge: 17,
    toAge: 120,
    atMost: [{ code: hba1c, value: 58 }],
    source: 'After DM020, without its exception for frailty',
  },
]
