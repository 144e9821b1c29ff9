import { careHomeCodes } from '#population'

/**
 * One list of codes a feature counts. ICD-10 and BNF codes match by how they begin, without the dot; the others whole.
 * The id is kept for ever; the version changes with any code.
 */
export type CodeList = {
  readonly id: string
  readonly version: string
  readonly source: string
  readonly codes: Readonly<Partial<Record<CodeSystem, readonly string[]>>>
}

export type CodeSystem = 'snomed' | 'icd10' | 'bnf'

const version = '2026-11-21'
const whoIcd =
  'ICD-10 chapters and blocks (World Health Organization), typed from its public headings. Not yet confirmed by a clinician'
const bnf =
  'BNF chapters and paragraphs as NHS Business Services Authority prints them. Not yet confirmed by a clinician'
const town =
  'The codes of the design’s town; SNOMED CT values pass their check digit. Not yet confirmed by a clinician'

const list = (id: string, source: string, codes: CodeList['codes']): CodeList => ({
  id,
  version,
  source,
  codes,
})

const acscSource =
  'Chronic ambulatory care sensitive conditions: NHS Digital, CCG Outcomes Indicator Set 2.6 (I00757, assured as IAP00068 on 24 May 2018), the conditions of NHS Outcomes Framework 2.3.i. Codes compared with a public transcription of its specification; not read in the specification itself'

/**
 * The main diagnoses of chronic ambulatory care sensitive admissions, by the specification's own 12 conditions. Only the
 * first diagnosis of an emergency stay is held against them.
 *
 * Compared code by code on 22 November 2026. Of the list typed before from memory every code stood in the transcription
 * but three, taken out: I24.0, I24.8 and I24.9 belong to an older list of 19 conditions, where they are angina; here
 * angina is I20 alone.
 *
 * Left out, because the records or the way of counting do not carry it: acute bronchitis (J20) where COPD (J41 to J44,
 * J47) is a further diagnosis, which the specification counts; its exceptions for stays with an operation (angina, coronary heart
 * disease, heart failure, high blood pressure) and for sickle-cell disorders (D57, hepatitis B), which it does not; and
 * its removal of transfers. A count here may so differ a little from the published indicator, either way.
 *
 * Not verified: the specification itself (files.digital.nhs.uk, NHSOF_Domain_2_S.pdf and the CCG 2.6 statement), any
 * change since its review date of 24 May 2021, and by a clinician. Acute conditions (indicator 3a) are another list and
 * no feature counts them.
 *
 * @source github.com/ianbatesncc/aafractions.ncc, data-raw/ac_conditions.csv at 5f660b1, version ccg_ois_26. The
 *   conditions' names: NHS Digital, IAP00068. The list of 19: HDR UK avoidable admissions collaboration, global
 *   variables; BMC Health Serv Res 2012;12:475, table 1.
 */
export const acscByCondition = {
  'atrial fibrillation': ['I48'],
  angina: ['I20'],
  'coronary heart disease': ['I25'],
  'heart failure': ['I50', 'I110', 'I130', 'J81'],
  'high blood pressure': ['I10', 'I119'],
  anaemia: ['D501', 'D508', 'D509', 'D51', 'D52'],
  'chronic hepatitis B': ['B180', 'B181'],
  dementia: ['F00', 'F01', 'F02', 'F03'],
  epilepsy: ['G40', 'G41'],
  diabetes: ['E10', 'E11', 'E12', 'E13', 'E14'],
  asthma: ['J45', 'J46'],
  COPD: ['J41', 'J42', 'J43', 'J44', 'J47'],
}

/** The code lists of the features, besides the 37 condition groups. */
export const codeLists: readonly CodeList[] = [
  {
    id: 'acsc',
    version: '2026-11-22',
    source: acscSource,
    codes: { icd10: Object.values(acscByCondition).flat() },
  },
  list('fall or fracture', whoIcd, {
    icd10: ['W0', 'W1', 'R296', 'S720', 'S721', 'S722', 'S525', 'S422', 'S320'],
  }),
  list('mental health or self-harm', `${whoIcd}. Poisoning stands for self-harm where no cause is coded`, {
    icd10: [
      'F2',
      'F3',
      'F4',
      'F5',
      'F6',
      'X6',
      'X7',
      'X80',
      'X81',
      'X82',
      'X83',
      'X84',
      'T36',
      'T37',
      'T38',
      'T39',
      'T4',
      'T50',
    ],
  }),
  list('alcohol or drugs', whoIcd, {
    icd10: ['F10', 'F11', 'F12', 'F13', 'F14', 'F15', 'F16', 'F18', 'F19', 'K70', 'T51', 'X45', 'X65'],
  }),
  list('care home', town, { snomed: careHomeCodes }),
  list('lives alone', town, { snomed: ['105529008'] }),
  list('smokes', town, { snomed: ['77176002'] }),
  list('used to smoke', town, { snomed: ['8517006'] }),
  list('alcohol harm', town, { snomed: ['66590003', '7200002'], icd10: ['F10', 'K70'] }),
  list('diabetes with a complication', town, {
    snomed: ['4855003', '127013003', '230572002'],
    icd10: [
      'E102',
      'E103',
      'E104',
      'E105',
      'E107',
      'E112',
      'E113',
      'E114',
      'E115',
      'E117',
      'E142',
      'E143',
      'E144',
      'E145',
    ],
  }),
  list('opioids', bnf, { bnf: ['040702', '0407010F0'] }),
  list('oral steroids', bnf, { bnf: ['060302'] }),
  list('loop diuretics', bnf, { bnf: ['020202'] }),
  list('anticoagulants', bnf, { bnf: ['020802'] }),
  list('antipsychotics and dementia medicines', bnf, { bnf: ['040201', '040202', '0411'] }),
  list('antibiotics', bnf, { bnf: ['0501'] }),
]

/** The measurements whose last value counts, by SNOMED CT code of the observable. */
export const measurementCodes = {
  bmi: '60621009',
  haemoglobin: '1022431000000105',
  egfr: '1011481000000105',
  sodium: '1000661000000107',
  albumin: '1000821000000103',
} as const
