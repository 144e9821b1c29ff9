import type { StoreFile } from '#population'
import type { OutcomeKey } from './types.ts'

/** Something counted before and after joining: what it is called, whose records hold it, and the days it happened on. */
export type OutcomeMeasure = {
  readonly key: OutcomeKey
  readonly words: string
  readonly file: StoreFile
  /** One row each time it happened. METHOD OF ADMISSION 21 to 2D is an emergency. */
  readonly days: string
}

/**
 * What somebody's use of care is told by, in the order it is told (S-12). Nights are not here: the count formula is for
 * things that happen one by one, and without it no before-after figure is shown.
 */
export const outcomeMeasures: readonly [OutcomeMeasure, ...OutcomeMeasure[]] = [
  {
    key: 'admissions',
    words: 'Emergency admissions',
    file: 'inpatient',
    days: `select person, admitted_on as day from inpatient where admission_method like '2%'`,
  },
  {
    key: 'attendances',
    words: 'A&E visits',
    file: 'emergency_department',
    days: 'select person, arrived_at::date as day from emergency_department',
  },
  {
    key: 'outpatient',
    words: 'Outpatient visits',
    file: 'outpatient',
    days: 'select person, "date" as day from outpatient where attended',
  },
  {
    key: 'gpContacts',
    words: 'GP contacts',
    file: 'gp_contacts',
    days: 'select person, "date" as day from gp_contacts',
  },
]

/** The measure a page is asked for; emergency admissions unless another is named. */
export const measureAsked = (key: string): OutcomeMeasure =>
  outcomeMeasures.find((one) => one.key === key) ?? outcomeMeasures[0]
