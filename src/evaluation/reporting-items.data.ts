/** An item that a reporting standard asks for, in our words, and where the report has it; none is a gap, and told. */
export type ReportingItem = {
  readonly standard: string
  readonly item: string
  readonly asks: string
  readonly where?: string
}

const study = 'How we know'
const answer = 'Did it help?'
const sure = 'How sure can we be?'
const alike = 'Were they alike to start with?'

/**
 * What the standards ask of a report like ours.
 *
 * @source STROBE (von Elm 2007), RECORD (Benchimol 2015), TIDieR (Hoffmann 2014), CHEERS 2022 (Husereau 2022): the items
 *   that bear on a matched comparison of routine records, each paraphrased.
 */
export const reportingItems: readonly ReportingItem[] = [
  { standard: 'STROBE', item: '1', asks: 'Design and findings in the summary', where: answer },
  { standard: 'STROBE', item: '3', asks: 'Aims set beforehand', where: study },
  { standard: 'STROBE', item: '4, 5', asks: 'Design, place and dates', where: study },
  {
    standard: 'STROBE',
    item: '6',
    asks: 'Who was eligible; how they were matched and followed',
    where: study,
  },
  { standard: 'STROBE', item: '7', asks: 'Every outcome and every fact matched on', where: study },
  { standard: 'STROBE', item: '8', asks: 'Where each fact was read', where: study },
  { standard: 'STROBE', item: '9', asks: 'What was done against bias', where: sure },
  { standard: 'STROBE', item: '10', asks: 'How the size was arrived at', where: sure },
  {
    standard: 'STROBE',
    item: '12',
    asks: 'Methods, subgroups, missing facts, other ways of asking',
    where: study,
  },
  { standard: 'STROBE', item: '13', asks: 'How many at each step, and who was left out', where: sure },
  { standard: 'STROBE', item: '14', asks: 'What the groups were like', where: alike },
  {
    standard: 'STROBE',
    item: '15, 16',
    asks: 'Events, plain and adjusted results with intervals',
    where: answer,
  },
  {
    standard: 'STROBE',
    item: '17',
    asks: 'Subgroups and other ways of asking',
    where: 'Asked in other ways',
  },
  { standard: 'STROBE', item: '19', asks: 'Limits', where: sure },
  { standard: 'STROBE', item: '18, 20, 21', asks: 'Interpretation and whom else it holds for' },
  { standard: 'STROBE', item: '22', asks: 'Who paid for it' },
  {
    standard: 'RECORD',
    item: '1.1 to 1.3',
    asks: 'Which records, where and when, and that they were linked',
    where: study,
  },
  {
    standard: 'RECORD',
    item: '6.1 to 6.3',
    asks: 'Selection by codes, whether the codes were validated, a picture of linking',
  },
  { standard: 'RECORD', item: '7.1', asks: 'Every code list in full' },
  {
    standard: 'RECORD',
    item: '12.1 to 12.3',
    asks: 'Access to records, cleaning and linking',
    where: 'Loads',
  },
  { standard: 'RECORD', item: '13.1', asks: 'Selection of people with a flow', where: sure },
  { standard: 'RECORD', item: '19.1', asks: 'Limits of records not made for research', where: sure },
  { standard: 'RECORD', item: '22.1', asks: 'How to get the protocol and the code', where: 'Download' },
  { standard: 'TIDieR', item: '1, 2', asks: 'Name of the service and why it should work' },
  { standard: 'TIDieR', item: '3, 4', asks: 'What is given and done' },
  { standard: 'TIDieR', item: '5 to 7', asks: 'By whom, how and where' },
  { standard: 'TIDieR', item: '8', asks: 'When and how much', where: 'One page for a board' },
  { standard: 'TIDieR', item: '9 to 12', asks: 'Tailoring, changes, and whether it was given as planned' },
  {
    standard: 'CHEERS',
    item: '4 to 8',
    asks: 'Plan, people, comparison, perspective and time',
    where: study,
  },
  {
    standard: 'CHEERS',
    item: '9',
    asks: 'Discount rate: none, because nobody is followed past a year',
    where: study,
  },
  {
    standard: 'CHEERS',
    item: '11 to 13',
    asks: 'Outcomes and how they were valued',
    where: 'What people say',
  },
  { standard: 'CHEERS', item: '14, 15', asks: 'Amounts used, prices and their year', where: 'Prices' },
  { standard: 'CHEERS', item: '20, 24', asks: 'Uncertainty of costs', where: 'One page for a board' },
  { standard: 'CHEERS', item: '27, 28', asks: 'Who paid, and interests' },
]
