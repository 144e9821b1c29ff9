import type { Role } from '#organisations'

type Fields = Readonly<Record<string, string>>

/** What a GP decided this morning about people on the list, by their place on it. */
export const decisions: readonly {
  readonly place: number
  readonly verb: 'defer' | 'decline'
  readonly fields: Fields
}[] = [
  { place: 1, verb: 'defer', fields: { 'reason-deferred': 'see first', showAgain: '2 weeks' } },
  { place: 2, verb: 'decline', fields: { 'reason-declined': 'well supported' } },
  { place: 4, verb: 'defer', fields: { 'reason-deferred': 'in hospital', showAgain: '2 weeks' } },
  { place: 5, verb: 'decline', fields: { 'reason-declined': 'not wanted' } },
  { place: 6, verb: 'defer', fields: { 'reason-deferred': 'waiting for result', showAgain: '1 month' } },
  { place: 8, verb: 'decline', fields: { 'reason-declined': 'palliative' } },
  { place: 9, verb: 'decline', fields: { 'reason-declined': 'well supported' } },
]

/** Whom the GP accepted, by their place on the list: how soon each is to be seen, by whom, and how many days ago. */
export const acceptances: readonly {
  readonly place: number
  readonly owner: string
  readonly daysAgo: number
  readonly fields: Fields
}[] = [
  {
    ...{ place: 3, owner: 'Amina Yusuf', daysAgo: 0 },
    fields: {
      ...{ 'how-soon': 'today', reason: 'new need', agreed: 'not asked' },
      words: 'Fell in the night and is not hurt. Alone at home, and afraid to get up.',
    },
  },
  {
    ...{ place: 7, owner: 'Amina Yusuf', daysAgo: 0 },
    fields: { 'how-soon': '5 working days', reason: 'medicines', agreed: 'yes', words: '' },
  },
  {
    ...{ place: 10, owner: 'Priya Raman', daysAgo: 6 },
    fields: {
      ...{ 'how-soon': '2 working days', reason: 'carer strain', agreed: 'not asked' },
      words: 'His wife says she cannot cope much longer. His sister is with them this week.',
      checked: '2 working days: You wrote “cannot cope”',
    },
  },
]

/** Records opened in an emergency last night, for the privacy officer to look at. Numbers are of the street. */
export const openings: readonly { readonly role: Role; readonly code: string; readonly fields: Fields }[] = [
  {
    role: 'out-of-hours clinician',
    code: 'ZT1',
    fields: {
      number: '9991010300',
      'born-day': '20',
      'born-month': '6',
      'born-year': '1954',
      reason: 'urgent care, not on our list',
      words: 'Brought in by ambulance short of breath, cannot say what he takes.',
    },
  },
  {
    role: 'out-of-hours clinician',
    code: 'OOH1',
    fields: {
      number: '9991010505',
      'born-day': '1',
      'born-month': '12',
      'born-year': '1946',
      reason: 'cannot reach their team',
      words: 'Found confused in the street at night, daughter not answering.',
    },
  },
]

const met = { finding: 'met', words: '' }

/** The audit that a case manager has opened, and what they found so far: 2 of 10 records wait. */
export const audit = {
  opened: {
    question: 'Does each plan say whom to ring when things get worse?',
    criterion: 'The plan agreed last names a sign, what to do, and a telephone number that is answered',
    standard: '95',
    sample: '10',
  },
  findings: [
    met,
    met,
    { finding: 'not met', words: 'The number is of a surgery that has moved' },
    met,
    met,
    met,
    { finding: 'not met', words: 'Says to ring, not whom' },
    met,
  ],
}

/** The phased start that the analyst has planned: its first three months have not begun. */
export const phasedStart = {
  'starts-day': '1',
  'starts-month': '7',
  'starts-year': '2026',
  steps: '3',
  months: '3',
  least: '2',
}

/** Two weeks of leave, for which a colleague covers. */
export const leave: Fields = {
  ...{ 'from-day': '13', 'from-month': '4', 'from-year': '2026' },
  ...{ 'last-day': '24', 'last-month': '4', 'last-year': '2026' },
}

/** How many days ago staff said how it is to work here: in the last quarter but one, and in the last. */
export const staffSaidDaysAgo: readonly number[] = [140, 49]

export const placesOfStaff: readonly string[] = ['TEAM1', 'TEAM2', 'WARD1']

// By sentence: 5 strongly agrees, 1 strongly disagrees. Three moods of staff; the later quarter has heard more in time.
const moods: readonly Fields[] = [
  {
    ...{ 'know-whom': '5', 'enough-time': '3', 'hear-in-time': '4', 'others-act': '3' },
    ...{ 'can-say': '4', 'list-makes-sense': '4', 'saves-time': '3', 'own-relative': '5' },
  },
  {
    ...{ 'know-whom': '4', 'enough-time': '2', 'hear-in-time': '2', 'others-act': '2' },
    ...{ 'can-say': '4', 'list-makes-sense': '3', 'saves-time': '2', 'own-relative': '4' },
  },
  {
    ...{ 'know-whom': '4', 'enough-time': '4', 'hear-in-time': '3', 'others-act': '4' },
    ...{ 'can-say': '2', 'list-makes-sense': '5', 'saves-time': '4', 'own-relative': '3' },
  },
]

/** What one of the staff answers in a quarter, by their place in the cast. */
export const staffForm = (at: number, quarter: number): Fields => ({
  ...moods[at % moods.length],
  ...(quarter > 0 && { 'hear-in-time': at % 4 === 0 ? '3' : '4' }),
})

type VolunteersAsked = Readonly<Record<string, unknown>> & {
  readonly answers: readonly Readonly<Record<string, string>>[]
}

const by = (day: string, month: string) => ({
  'by-day': day,
  'by-month': month,
  'by-year': '2026',
  agreed: 'yes',
})

/** What volunteers are asked for the first people of a case manager’s day, and what the broker has said since. */
export const volunteersAsked = [
  {
    ...{ kind: 'lift', what: 'A lift to the eye clinic and company there', ...by('9', '4') },
    know: 'Walks with a frame. Two steps at the front door.',
    answers: [],
  },
  {
    ...{ kind: 'company', what: 'Company for an hour on Tuesday afternoons', ...by('31', '3') },
    know: 'Hard of hearing: ring the bell twice. A small dog that barks and does not bite.',
    answers: [{ now: 'looking', words: 'Two people to ask this week' }],
  },
  {
    ...{ kind: 'home and garden', what: 'Clear the path to the front door', ...by('14', '4') },
    know: '',
    answers: [
      { now: 'looking', words: '' },
      {
        ...{ now: 'arranged', 'who-arranged': 'Martin', words: 'He brings his own tools' },
        ...{ 'start-day': '7', 'start-month': '4', 'start-year': '2026' },
      },
    ],
  },
] as const satisfies readonly VolunteersAsked[]
