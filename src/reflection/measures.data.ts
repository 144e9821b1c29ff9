import type { Better } from '#statistics'
import type { MeasureKey } from './types.ts'

/** How one measure is counted, said and drawn. The chart's kind is chosen once, here, and says why. */
export type MonthMeasure = {
  readonly key: MeasureKey
  readonly title: string
  /** The upright quantity and its unit. */
  readonly unit: string
  readonly better: Better
  readonly chart: 'u′' | 'p′' | 'p' | 'XmR' | 'g'
  readonly why: string
  /** What one month's counts are: so many of so much. */
  readonly eventWords: string
  readonly ofWords: string
  /** What the value is multiplied by to be shown. */
  readonly times: number
  /** People chosen because they were often in hospital: the chart is no evidence of effect. */
  readonly isOfChosenPeople: boolean
}

/** Every measure that the record can answer, in the order of the board. */
export const measures: readonly MonthMeasure[] = [
  {
    key: 'admissions',
    title: 'Emergency admissions of people in care',
    unit: 'Emergency admissions for each 100 person-months in care',
    better: 'down',
    chart: 'u′',
    why: 'Events for so much time in care, so the limits narrow in months with more time. Admissions come in spells, so the limits also allow for months that vary more than chance (Laney’s u′).',
    eventWords: 'Admissions',
    ofWords: 'Person-months',
    times: 1,
    isOfChosenPeople: true,
  },
  {
    key: 'attendances',
    title: 'A&E visits of people in care',
    unit: 'A&E visits for each 100 person-months in care',
    better: 'down',
    chart: 'u′',
    why: 'Events for so much time in care, with limits that allow for months that vary more than chance (Laney’s u′).',
    eventWords: 'Visits',
    ofWords: 'Person-months',
    times: 1,
    isOfChosenPeople: true,
  },
  {
    key: 'nights',
    title: 'Nights in hospital of people in care',
    unit: 'Nights after an emergency admission for each 100 person-months in care',
    better: 'down',
    chart: 'XmR',
    why: 'Nights do not come one by one: a single stay brings many. So each month is one value, and the limits come from how much a month differs from the month before.',
    eventWords: 'Nights',
    ofWords: 'Person-months',
    times: 1,
    isOfChosenPeople: true,
  },
  {
    key: 'overdue',
    title: 'People nobody has been in touch with in time',
    unit: 'Overdue at the end of the month, of 100 in care',
    better: 'down',
    chart: 'p′',
    why: 'A share of the people in care on the month’s last day. The same people are counted month after month, so the limits allow for more than chance (Laney’s p′).',
    eventWords: 'Overdue',
    ofWords: 'In care',
    times: 100,
    isOfChosenPeople: false,
  },
  {
    key: 'plan',
    title: 'Days from referral to an agreed plan',
    unit: 'Days on average, of plans first agreed in the month',
    better: 'down',
    chart: 'XmR',
    why: 'A time, not a count: each month’s average is one value, and the limits come from how much a month differs from the month before.',
    eventWords: 'Days together',
    ofWords: 'Plans',
    times: 1,
    isOfChosenPeople: false,
  },
  {
    key: 'goals',
    title: 'Episodes closed with goals met',
    unit: 'Closed with goals met, of 100 closed in the month',
    better: 'up',
    chart: 'p',
    why: 'A share of the episodes closed in the month; each is a person of its own, so chance alone sets the limits.',
    eventWords: 'Goals met',
    ofWords: 'Closed',
    times: 100,
    isOfChosenPeople: false,
  },
  {
    key: 'injuries',
    title: 'Days between emergency admissions for an injury',
    unit: 'Days from one admission for an injury to the next, of people in care',
    better: 'up',
    chart: 'g',
    why: 'Rare: counted by the month most would be 0 or 1 and nothing could be seen. So the days between one and the next are drawn, and more days are better. Injuries are ICD-10 S00 to T14, most of them falls.',
    eventWords: 'Days',
    ofWords: 'Admissions',
    times: 1,
    isOfChosenPeople: false,
  },
]

/** What teams ask for that the record cannot answer yet, said on the page rather than left out. */
export const notKnownYet: readonly string[] = [
  'Deaths where the person wished, month by month: too few in a month to tell. The report of a programme tells them together.',
  'Falls without an admission: nobody writes them down as such yet.',
]
