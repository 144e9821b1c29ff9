import type { LondonDate } from '#calendar'

/** One of the 37 condition groups the day-one rule counts. ICD-10 codes match by how they begin, without the dot. */
export type ConditionGroup = {
  readonly key: string
  /** As a sentence says it: "heart failure". */
  readonly words: string
  readonly snomed: readonly string[]
  readonly icd10: readonly string[]
}

/** Changed whenever a code is added or taken away: a run says by which list it counted. */
export const conditionGroupsVersion = '2026-04-01' as LondonDate

/**
 * The 37 condition groups.
 *
 * @source The condition groups of the design's town; SNOMED CT values pass their check digit. Not yet confirmed by a
 *   clinician: check each against a terminology server before use with real records.
 */
export const conditionGroups: readonly ConditionGroup[] = [
  {
    key: 'htn',
    words: 'high blood pressure',
    snomed: ['59621000'],
    icd10: ['I10', 'I11', 'I12', 'I13', 'I15'],
  },
  {
    key: 'dm2',
    words: 'diabetes',
    snomed: ['44054006', '73211009', '4855003', '127013003', '230572002'],
    icd10: ['E11', 'E14'],
  },
  { key: 'dm1', words: 'type 1 diabetes', snomed: ['46635009'], icd10: ['E10'] },
  { key: 'asthma', words: 'asthma', snomed: ['195967001'], icd10: ['J45', 'J46'] },
  { key: 'copd', words: 'COPD', snomed: ['13645005'], icd10: ['J41', 'J42', 'J43', 'J44'] },
  {
    key: 'chd',
    words: 'coronary heart disease',
    snomed: ['53741008', '22298006', '194828000', '413838009'],
    icd10: ['I20', 'I21', 'I22', 'I23', 'I24', 'I25'],
  },
  { key: 'af', words: 'atrial fibrillation', snomed: ['49436004'], icd10: ['I48'] },
  { key: 'hf', words: 'heart failure', snomed: ['84114007'], icd10: ['I50', 'I110'] },
  {
    key: 'stroke',
    words: 'stroke or TIA',
    snomed: ['230690007', '266257000'],
    icd10: ['I60', 'I61', 'I63', 'I64', 'I69', 'G45'],
  },
  {
    key: 'ckd',
    words: 'kidney disease stage 3 to 5',
    snomed: ['433144002', '700378005', '700379002', '431857002', '433146000'],
    icd10: ['N183', 'N184', 'N185', 'N189'],
  },
  { key: 'pad', words: 'peripheral arterial disease', snomed: ['399957001'], icd10: ['I702', 'I739'] },
  {
    key: 'dementia',
    words: 'dementia',
    snomed: ['52448006', '26929004', '429998004'],
    icd10: ['F00', 'F01', 'F02', 'F03', 'G30'],
  },
  { key: 'dep', words: 'depression', snomed: ['35489007'], icd10: ['F32', 'F33'] },
  { key: 'anx', words: 'anxiety disorder', snomed: ['197480006', '48694002'], icd10: ['F40', 'F41'] },
  {
    key: 'smi',
    words: 'severe mental illness',
    snomed: ['58214004', '13746004', '69322001'],
    icd10: ['F20', 'F22', 'F25', 'F29', 'F30', 'F31'],
  },
  { key: 'epi', words: 'epilepsy', snomed: ['84757009'], icd10: ['G40', 'G41'] },
  {
    key: 'cancer',
    words: 'cancer',
    snomed: ['363346000', '254837009', '399068003', '363406005', '363358000'],
    icd10: ['C'],
  },
  { key: 'osteop', words: 'osteoporosis', snomed: ['64859006'], icd10: ['M80', 'M81'] },
  {
    key: 'falls',
    words: 'falls or fragility fracture',
    snomed: ['1912002', '161898004', '217082002', '263102004', '359817006'],
    icd10: ['W0', 'W1', 'R296', 'S720'],
  },
  { key: 'ra', words: 'rheumatoid arthritis', snomed: ['69896004'], icd10: ['M05', 'M06'] },
  {
    key: 'oa',
    words: 'osteoarthritis',
    snomed: ['396275006', '239873007'],
    icd10: ['M15', 'M16', 'M17', 'M18', 'M19'],
  },
  { key: 'pain', words: 'chronic pain', snomed: ['82423001'], icd10: ['R521', 'R522'] },
  {
    key: 'ld',
    words: 'learning disability',
    snomed: ['110359009', '41040004'],
    icd10: ['F70', 'F71', 'F72', 'F73', 'F79', 'Q90'],
  },
  { key: 'aut', words: 'autism', snomed: ['408856003', '35919005'], icd10: ['F84'] },
  { key: 'obes', words: 'obesity', snomed: ['414916001', '162864005'], icd10: ['E66'] },
  { key: 'thy', words: 'underactive thyroid', snomed: ['40930008'], icd10: ['E02', 'E03'] },
  { key: 'pd', words: 'Parkinson’s disease', snomed: ['49049000'], icd10: ['G20'] },
  {
    key: 'liver',
    words: 'chronic liver disease',
    snomed: ['328383001', '19943007', '197321007'],
    icd10: ['K70', 'K73', 'K74', 'K760'],
  },
  {
    key: 'alc',
    words: 'alcohol dependence',
    snomed: ['66590003', '7200002'],
    icd10: ['F102', 'F103', 'F104', 'F106'],
  },
  {
    key: 'drug',
    words: 'drug misuse',
    snomed: ['191816009', '75544000'],
    icd10: ['F11', 'F12', 'F13', 'F14', 'F15', 'F19'],
  },
  {
    key: 'ibd',
    words: 'inflammatory bowel disease',
    snomed: ['34000006', '64766004', '24526004'],
    icd10: ['K50', 'K51'],
  },
  { key: 'hear', words: 'hearing loss', snomed: ['15188001'], icd10: ['H90', 'H91'] },
  {
    key: 'vis',
    words: 'sight loss',
    snomed: ['397540003', '193570009', '267718000'],
    icd10: ['H54', 'H25', 'H26', 'H353'],
  },
  { key: 'ndh', words: 'prediabetes', snomed: ['714628002'], icd10: ['R73'] },
  { key: 'bph', words: 'prostate enlargement', snomed: ['266569009'], icd10: ['N40'] },
  { key: 'gord', words: 'reflux or indigestion', snomed: ['235595009', '162031009'], icd10: ['K21', 'K30'] },
  {
    key: 'ms',
    words: 'multiple sclerosis or motor neurone disease',
    snomed: ['24700007', '86044005'],
    icd10: ['G35', 'G122'],
  },
]
