/** One group of illnesses of a published score: the ICD-10 codes that begin so, and its weights. */
export type Comorbidity = {
  readonly key: string
  readonly words: string
  readonly begins: readonly string[]
  readonly weights: Readonly<Record<string, number>>
  /** Counted instead of this one where both are recorded. */
  readonly givesWayTo?: string
}

const span = (letter: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${letter}${String(from + at).padStart(2, '0')}`)

const spans = (stem: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, at) => `${stem}${from + at}`)

const diabetes = (endings: readonly number[]) =>
  ['E10', 'E11', 'E12', 'E13', 'E14'].flatMap((stem) => endings.map((ending) => `${stem}${ending}`))

const heartFailure = [
  'I099',
  'I110',
  'I130',
  'I132',
  'I255',
  'I420',
  ...spans('I42', 5, 9),
  'I43',
  'I50',
  'P290',
]
const vessels = [
  'I70',
  'I71',
  'I731',
  'I738',
  'I739',
  'I771',
  'I790',
  'I792',
  'K551',
  'K558',
  'K559',
  'Z958',
  'Z959',
]
const paralysis = ['G041', 'G114', 'G801', 'G802', 'G81', 'G82', ...spans('G83', 0, 4), 'G839']
const lung = ['I278', 'I279', ...span('J', 40, 47), ...span('J', 60, 67), 'J684', 'J701', 'J703']
const kidneyEnd = ['N18', 'N19', 'N250', 'Z490', 'Z491', 'Z492', 'Z940', 'Z992']
const solid = [
  ...[...span('C', 0, 26), ...span('C', 30, 34), ...span('C', 37, 41), 'C43', ...span('C', 45, 58)],
  ...span('C', 60, 76),
]
const spread = span('C', 77, 80)
const hiv = ['B20', 'B21', 'B22', 'B24']

const c = (
  key: string,
  words: string,
  original: number,
  quan2011: number,
  begins: readonly string[],
  givesWayTo?: string,
): Comorbidity => ({ key, words, begins, weights: { original, quan2011 }, ...(givesWayTo && { givesWayTo }) })

/**
 * The 17 groups of the Charlson index.
 *
 * @source ICD-10 codes: Quan and others, Med Care 2005;43:1130. Weights: Charlson and others, J Chronic Dis
 *   1987;40:373 (original); Quan and others, Am J Epidemiol 2011;173:676.
 */
export const charlsonGroups: readonly Comorbidity[] = [
  c('mi', 'heart attack', 1, 0, ['I21', 'I22', 'I252']),
  c('chf', 'heart failure', 1, 2, heartFailure),
  c('pvd', 'disease of the arteries', 1, 0, vessels),
  c('cevd', 'stroke or TIA', 1, 0, ['G45', 'G46', 'H340', ...span('I', 60, 69)]),
  c('dementia', 'dementia', 1, 2, ['F00', 'F01', 'F02', 'F03', 'F051', 'G30', 'G311']),
  c('cpd', 'chronic lung disease', 1, 1, lung),
  c('rheumd', 'rheumatic disease', 1, 1, ['M05', 'M06', 'M315', 'M32', 'M33', 'M34', 'M351', 'M353', 'M360']),
  c('pud', 'peptic ulcer', 1, 0, ['K25', 'K26', 'K27', 'K28']),
  c(
    'mld',
    'mild liver disease',
    1,
    2,
    [
      ...['B18', ...spans('K70', 0, 3), 'K709', ...spans('K71', 3, 5), 'K717', 'K73', 'K74', 'K760'],
      ...[...spans('K76', 2, 4), 'K768', 'K769', 'Z944'],
    ],
    'msld',
  ),
  c('diab', 'diabetes', 1, 0, diabetes([0, 1, 6, 8, 9]), 'diabwc'),
  c('diabwc', 'diabetes with a complication', 2, 1, diabetes([2, 3, 4, 5, 7])),
  c('hp', 'paralysis', 2, 2, paralysis),
  c('rend', 'kidney disease', 2, 1, [
    'I120',
    'I131',
    ...spans('N03', 2, 7),
    ...spans('N05', 2, 7),
    ...kidneyEnd,
  ]),
  c('canc', 'cancer', 2, 2, [...solid, ...span('C', 81, 85), 'C88', ...span('C', 90, 97)], 'metacanc'),
  c('msld', 'severe liver disease', 3, 4, [
    ...['I850', 'I859', 'I864', 'I982', 'K704', 'K711', 'K721', 'K729', 'K765', 'K766', 'K767'],
  ]),
  c('metacanc', 'cancer that has spread', 6, 6, spread),
  c('aids', 'HIV disease', 6, 4, hiv),
]

const e = (
  key: string,
  words: string,
  vanWalraven: number,
  begins: readonly string[],
  givesWayTo?: string,
): Comorbidity => ({ key, words, begins, weights: { vanWalraven }, ...(givesWayTo && { givesWayTo }) })

/**
 * The 31 groups of Elixhauser's measure.
 *
 * @source ICD-10 codes: Quan and others, Med Care 2005;43:1130. Weights: van Walraven and others, Med Care
 *   2009;47:626.
 */
export const elixhauserGroups: readonly Comorbidity[] = [
  e('chf', 'heart failure', 7, heartFailure),
  e('carit', 'irregular heartbeat', 5, [
    ...[
      'I441',
      'I442',
      'I443',
      'I456',
      'I459',
      'I47',
      'I48',
      'I49',
      'R000',
      'R001',
      'R008',
      'T821',
      'Z450',
      'Z950',
    ],
  ]),
  e('valv', 'heart valve disease', -1, [
    ...['A520', ...span('I', 5, 8), 'I091', 'I098', ...span('I', 34, 39), ...spans('Q23', 0, 3)],
    ...spans('Z95', 2, 4),
  ]),
  e('pcd', 'disease of the lung’s vessels', 4, ['I26', 'I27', 'I280', 'I288', 'I289']),
  e('pvd', 'disease of the arteries', 2, vessels),
  e('hypunc', 'high blood pressure', 0, ['I10'], 'hypc'),
  e('hypc', 'high blood pressure with a complication', 0, ['I11', 'I12', 'I13', 'I15']),
  e('para', 'paralysis', 7, paralysis),
  e('ond', 'other disease of the nerves', 6, [
    ...['G10', 'G11', 'G12', 'G13', 'G20', 'G21', 'G22', 'G254', 'G255', 'G312', 'G318', 'G319', 'G32'],
    ...['G35', 'G36', 'G37', 'G40', 'G41', 'G931', 'G934', 'R470', 'R56'],
  ]),
  e('cpd', 'chronic lung disease', 3, lung),
  e('diabunc', 'diabetes', 0, diabetes([0, 1, 9]), 'diabc'),
  e('diabc', 'diabetes with a complication', 0, diabetes([2, 3, 4, 5, 6, 7, 8])),
  e('hypothy', 'underactive thyroid', 0, ['E00', 'E01', 'E02', 'E03', 'E890']),
  e('rf', 'kidney failure', 5, ['I120', 'I131', ...kidneyEnd]),
  e('ld', 'liver disease', 11, [
    ...[
      'B18',
      'I85',
      'I864',
      'I982',
      'K70',
      'K711',
      ...spans('K71', 3, 5),
      'K717',
      'K72',
      'K73',
      'K74',
      'K760',
    ],
    ...[...spans('K76', 2, 9), 'Z944'],
  ]),
  e('pud', 'peptic ulcer, not bleeding', 0, [
    ...['K257', 'K259', 'K267', 'K269', 'K277', 'K279', 'K287', 'K289'],
  ]),
  e('aids', 'HIV disease', 0, hiv),
  e('lymph', 'lymphoma', 9, [...span('C', 81, 85), 'C88', 'C96', 'C900', 'C902']),
  e('metacanc', 'cancer that has spread', 12, spread),
  e('solidtum', 'cancer', 4, [...solid, 'C97'], 'metacanc'),
  e('rheumd', 'rheumatic disease', 0, [
    ...['L940', 'L941', 'L943', 'M05', 'M06', 'M08', 'M120', 'M123', 'M30', ...spans('M31', 0, 3)],
    ...['M32', 'M33', 'M34', 'M35', 'M45', 'M461', 'M468', 'M469'],
  ]),
  e('coag', 'clotting trouble', 3, ['D65', 'D66', 'D67', 'D68', 'D691', ...spans('D69', 3, 6)]),
  e('obes', 'obesity', -4, ['E66']),
  e('wloss', 'weight loss', 6, [...span('E', 40, 46), 'R634', 'R64']),
  e('fed', 'fluid and salts out of order', 5, ['E222', 'E86', 'E87']),
  e('blane', 'anaemia from bleeding', -2, ['D500']),
  e('dane', 'anaemia from deficiency', -2, ['D508', 'D509', 'D51', 'D52', 'D53']),
  e('alcohol', 'alcohol', 0, [
    ...['F10', 'E52', 'G621', 'I426', 'K292', 'K700', 'K703', 'K709', 'T51', 'Z502', 'Z714', 'Z721'],
  ]),
  e('drug', 'drugs', -7, ['F11', 'F12', 'F13', 'F14', 'F15', 'F16', 'F18', 'F19', 'Z715', 'Z722']),
  e('psycho', 'psychosis', 0, ['F20', 'F22', 'F23', 'F24', 'F25', 'F28', 'F29', 'F302', 'F312', 'F315']),
  e('depre', 'depression', -3, ['F204', 'F313', 'F314', 'F315', 'F32', 'F33', 'F341', 'F412', 'F432']),
]
