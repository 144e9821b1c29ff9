import {
  type AskedOfDue,
  type Experienced,
  meanWords,
  type ScaleOutcome,
  scaleName,
  scoringOf,
} from '#assessment'
import { goalsHeads, goalsRow } from './goals-words.ts'
import type { ReportTable, Said } from './report-tables.ts'
import { number } from './sentences.ts'
import { tenthsWords } from './staff-rules.ts'
import { staffQuestions } from './staff-survey.data.ts'

/** What a count that may not be told is told as. */
const fewer = 'fewer than 8'

const meanOf = (line: ScaleOutcome, mean: number | undefined) =>
  mean === undefined ? 'not told' : meanWords(line, mean)

/** One scale as a row, here and on the report’s page: who, how many, first and newest, and how many moved. */
export function scaleRow(line: ScaleOutcome): readonly string[] {
  const count = (of: number | undefined) => (of === undefined ? fewer : number(of))
  const moved = [line.better, line.same, line.worse]
  const isCounted = moved.some((of) => of !== undefined)
  return [
    scaleName(line),
    line.isOwn ? 'The person' : 'Somebody for them',
    count(line.pairs),
    meanOf(line, line.meanFirst),
    meanOf(line, line.meanLast),
    ...moved.map((of) => (isCounted ? count(of) : 'not told')),
  ]
}

export const scaleHeads = [
  'Measure',
  'Answered by',
  'People asked twice',
  'First, mean',
  'Newest, mean',
  'Better',
  'Much the same',
  'Worse',
] as const

export const experienceHeads = ['Question', 'Answered by', 'People', 'Excellent or very good'] as const

/** One question of the experience of care as a row. */
export const experienceRow = ({ words, isOwn, people, best }: Experienced): readonly string[] => [
  words,
  isOwn ? 'The person' : 'Somebody for them',
  number(people),
  best === undefined ? 'not told' : `${Math.round((100 * best) / people)} of 100`,
]

export const askedHeads = ['Measure', 'Moment', 'Due for', 'Answered'] as const

/** Of whom one measure was due at one moment, and how many answered, as a row. */
export const askedRow = ({ instrument, moment, due, answered }: AskedOfDue): readonly string[] => [
  scoringOf(instrument)?.name ?? instrument,
  moment === 'baseline' ? 'At the start' : moment === 'closing' ? 'At closing' : `At ${moment}`,
  number(due),
  answered === undefined ? 'not told' : `${number(answered)} (${Math.round((100 * answered) / due)} of 100)`,
]

/** What people and staff said, as tables that may leave the house: small counts were left out by the database. */
export const saidTables = ({ value, staff = [] }: Said): readonly ReportTable[] => [
  { name: 'people-say', heads: scaleHeads, rows: (value?.scales ?? []).map(scaleRow) },
  { name: 'goals', heads: goalsHeads, rows: (value?.goals ?? []).map(goalsRow) },
  { name: 'asked', heads: askedHeads, rows: (value?.asked ?? []).map(askedRow) },
  { name: 'experience', heads: experienceHeads, rows: (value?.experience ?? []).map(experienceRow) },
  {
    name: 'friends-and-family',
    heads: ['Answered by', 'People', 'Very good', 'Good', 'Neither', 'Poor', 'Very poor', 'Don’t know'],
    rows: (value?.friends ?? []).map(({ isOwn, people, counts }) => [
      isOwn ? 'The person, or a carer about themselves' : 'Somebody for them',
      people ?? fewer,
      ...[1, 2, 3, 4, 5, 6].map((answer) => counts[answer] ?? 'not told'),
    ]),
  },
  {
    name: 'quality-years',
    heads: [
      'Value set',
      'Answered by',
      'People',
      'Quality-adjusted life years of the first year, mean',
      'Died',
      'Not asked again',
    ],
    rows: (value?.years ?? []).map(({ version, isOwn, people, meanYears, died, notAskedAgain }) => [
      version,
      isOwn ? 'The person' : 'Somebody for them',
      people,
      meanYears.toFixed(3),
      died ?? fewer,
      notAskedAgain ?? fewer,
    ]),
  },
  {
    name: 'places-of-death',
    heads: [
      'Died',
      'Where they wished',
      'Elsewhere',
      'Too roughly recorded to tell',
      'Place not recorded',
      'No wish recorded before',
    ],
    rows: value?.deaths
      ? [
          [
            value.deaths.people,
            ...[
              value.deaths.met,
              value.deaths.notMet,
              value.deaths.cannotTell,
              value.deaths.notRecorded,
              value.deaths.noWish,
            ].map((count) => count ?? 'not told'),
          ],
        ]
      : [],
  },
  {
    name: 'staff-say',
    heads: ['Quarter from', 'Where', 'People', 'Of staff', 'Question', 'Agree', 'Disagree'],
    rows: staff.map(
      ({ quarter, placeName, people, staff: ofStaff, question, agreeTenths, disagreeTenths }) => [
        quarter,
        placeName,
        people,
        ofStaff,
        staffQuestions.find(({ key }) => key === question)?.words ?? question,
        tenthsWords(agreeTenths),
        tenthsWords(disagreeTenths),
      ],
    ),
  },
]
