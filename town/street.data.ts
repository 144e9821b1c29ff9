export type StreetStay = {
  readonly from: number
  readonly to: number
  readonly method: string
  readonly cause: string
  readonly other?: string
  readonly specialty: string
}
export type StreetAttendance = {
  readonly day: number
  readonly at: string
  readonly ambulance: boolean
  readonly disposal: string
}

/** One way somebody is known to a source: with an NHS number at a practice, or by the hospital's own number. */
export type StreetIdentity = {
  readonly nhsNumber: string | null
  readonly localId?: string
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: string | null
  readonly sex: '1' | '2'
  readonly postcode: string
  readonly stays: readonly StreetStay[]
  readonly attendances: readonly StreetAttendance[]
}

export type StreetPerson = {
  readonly number: number
  readonly id: string
  readonly name: string
  readonly practice: 'Z00001' | 'Z00002' | null
  readonly tenth: number
  readonly ethnicity: string
  readonly language: string
  readonly address: string
  readonly telephone: string | null
  readonly nextOfKin: readonly [string, string] | null
  readonly livesAlone: boolean
  readonly smoking: 'smoker' | 'ex-smoker' | 'never smoked' | null
  readonly situation: string
  readonly identities: readonly StreetIdentity[]
  /** SNOMED CT codes with the days before D they were recorded. */
  readonly conditions: readonly (readonly [string, number])[]
  readonly registers?: readonly string[]
  readonly allergies?: readonly (readonly [string, string, string])[]
  /** Repeat medicines by BNF substance, issued every 28 days. */
  readonly repeats: readonly string[]
  /** One-off items: substance, days before D, days' supply. */
  readonly items?: readonly (readonly [string, number, number])[]
  readonly gp: readonly number[]
  readonly gpKind?: string
  readonly outpatient?: readonly (readonly [number, string, boolean])[]
  readonly measurements?: readonly (readonly [string, number, number, string])[]
  readonly urgent?: readonly (readonly [number, string, string, string])[]
  readonly care?: readonly (readonly [number, string, number])[]
  readonly community?: readonly (readonly [number, string, string])[]
}

const away = (day: number, at: string, disposal: string, ambulance = false): StreetAttendance => ({
  day,
  at,
  ambulance,
  disposal,
})
const emergency = (from: number, to: number, cause: string, specialty: string, other = ''): StreetStay => ({
  from,
  to,
  method: '21',
  cause,
  other,
  specialty,
})
const admittedAt = (stays: readonly StreetStay[]): StreetAttendance[] =>
  stays.filter((stay) => stay.method === '21').map((stay) => away(stay.from, '19:20', '01', true))

const juneStays = [
  emergency(210, 201, 'I50.0', '320', 'E11.9;I10'),
  emergency(61, 55, 'I50.0', '320', 'E11.9;I10'),
]
const jeanStays = [
  emergency(268, 254, 'I50.0', '430', 'E11.9;J44.9;M81.9'),
  emergency(215, 200, 'J44.1', '430', 'E11.9;I50.0;M81.9'),
  emergency(160, 147, 'J18.1', '430', 'E11.9;I50.0;J44.9'),
  emergency(98, 82, 'I50.0', '430', 'E11.9;J44.9;M81.9'),
  emergency(40, 26, 'R29.6', '430', 'E11.9;I50.0;J44.9;M81.9'),
]
const haroldStays = [
  emergency(118, 112, 'J44.1', '340', 'Z72.0'),
  emergency(71, 64, 'J44.1', '340', 'Z72.0'),
  emergency(34, 29, 'J44.1', '340', 'Z72.0'),
]
const abdulStays = [
  emergency(190, 178, 'R29.6', '430', 'F01.9;I48.9;I69.4'),
  emergency(33, 22, 'F05.9', '430', 'F01.9;I48.9;I69.4'),
]
const callumStays = [
  emergency(812, 805, 'J69.0', '340', 'Q90.9;G40.9'),
  emergency(301, 293, 'J69.0', '340', 'Q90.9;G40.9'),
]
const ayaanPlanned: StreetStay[] = [
  { from: 640, to: 636, method: '11', cause: 'K94.2', other: 'G80.0;G40.9', specialty: '420' },
  { from: 255, to: 254, method: '11', cause: 'K94.2', other: 'G80.0;G40.9', specialty: '420' },
]
const ayaanStays = [
  emergency(420, 415, 'G40.9', '420', 'G80.0'),
  emergency(141, 137, 'J18.1', '420', 'G80.0;G40.9'),
]
const twinsHome = { postcode: 'XX2 4HB', address: '7 Weaver Terrace, Harrowmere' }
const begumHome = { postcode: 'XX2 6JD', address: '31 Canal Street, Harrowmere' }
const every = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((from - to) / step) + 1 }, (_, n) => from - n * step)

export const street: readonly StreetPerson[] = [
  {
    number: 1,
    id: 'june',
    name: 'June Okafor',
    practice: 'Z00001',
    tenth: 3,
    ethnicity: 'N',
    language: 'English',
    address: '12 Lund Street, Harrowmere',
    telephone: '01632 960101',
    nextOfKin: ['Daniel Okafor', '01632 960102'],
    livesAlone: false,
    smoking: 'never smoked',
    situation:
      'Lives with her son. Heart failure, diabetes, high blood pressure. Already has a case manager, Amina Yusuf.',
    identities: [
      {
        nhsNumber: '9991010106',
        givenName: 'June',
        familyName: 'Okafor',
        bornOn: '1941-09-14',
        sex: '2',
        postcode: 'XX1 2LS',
        stays: juneStays,
        attendances: admittedAt(juneStays),
      },
    ],
    conditions: [
      ['59621000', 8400],
      ['44054006', 6100],
      ['84114007', 1500],
    ],
    registers: ['diabetes', 'heart failure'],
    allergies: [['91936005', 'Allergy to penicillin', 'rash']],
    repeats: [
      '0206020A0',
      '0205051R0',
      '0204000H0',
      '0202020L0',
      '0202030S0',
      '0601022B0',
      '0601023AG',
      '0212000B0',
      '0103050L0',
    ],
    gp: [350, 322, 290, 262, 233, 196, 180, 151, 120, 92, 66, 51, 37, 16],
    outpatient: [
      [170, '320', true],
      [44, '320', true],
    ],
    measurements: [
      ['271649006', 20, 138, 'mmHg'],
      ['271650006', 20, 74, 'mmHg'],
      ['27113001', 20, 71.2, 'kg'],
      ['999791000000106', 51, 59, 'mmol/mol'],
    ],
  },
  {
    number: 2,
    id: 'jean',
    name: 'Jean Pillay',
    practice: 'Z00001',
    tenth: 5,
    ethnicity: 'H',
    language: 'English',
    address: '4 Garden Close, Harrowmere',
    telephone: '01632 960203',
    nextOfKin: null,
    livesAlone: true,
    smoking: 'ex-smoker',
    situation:
      'Born in South Africa, once a nurse. Lives alone: “no-one left to love me”. Wants to feel less lonely and to walk round the garden.',
    identities: [
      {
        nhsNumber: '9991010203',
        givenName: 'Jean',
        familyName: 'Pillay',
        bornOn: '1935-11-02',
        sex: '2',
        postcode: 'XX1 5GC',
        stays: jeanStays,
        attendances: admittedAt(jeanStays),
      },
    ],
    conditions: [
      ['44054006', 7300],
      ['84114007', 1900],
      ['13645005', 3200],
      ['64859006', 2600],
      ['1912002', 44],
      ['279039007', 700],
      ['105529008', 1200],
    ],
    registers: ['diabetes', 'heart failure', 'copd'],
    repeats: [
      '0202020L0',
      '0204000H0',
      '0205051R0',
      '0202030S0',
      '0601022B0',
      '0601021M0',
      '0212000B0',
      '0301011R0',
      '0301020Q0',
      '0302000C0',
      '0606020A0',
      '0407010H0',
    ],
    gp: [
      352, 331, 309, 280, 240, 228, 196, 178, 172, 166, 144, 138, 131, 124, 117, 110, 103, 79, 72, 65, 58, 51,
      44, 20, 8,
    ],
    outpatient: [
      [230, '320', true],
      [122, '307', true],
    ],
    measurements: [
      ['271649006', 20, 151, 'mmHg'],
      ['271650006', 20, 68, 'mmHg'],
      ['999791000000106', 58, 72, 'mmol/mol'],
      ['431314004', 20, 92, '%'],
      ['27113001', 20, 52.4, 'kg'],
    ],
    urgent: [
      [215, '02:10', '999', 'conveyed'],
      [98, '23:35', '999', 'conveyed'],
      [40, '06:50', '999', 'conveyed'],
    ],
  },
  {
    number: 3,
    id: 'harold',
    name: 'Harold Whitcombe',
    practice: 'Z00002',
    tenth: 1,
    ethnicity: 'A',
    language: 'English',
    address: '88 Foundry Road, Harrowmere',
    telephone: '01632 960300',
    nextOfKin: ['Denise Whitcombe', '01632 960301'],
    livesAlone: true,
    smoking: 'smoker',
    situation:
      'Severe COPD (FEV1 34%), still smokes, home oxygen assessed. Much more contact in the last 90 days than in the rest of his year.',
    identities: [
      {
        nhsNumber: '9991010300',
        givenName: 'Harold',
        familyName: 'Whitcombe',
        bornOn: '1954-06-20',
        sex: '1',
        postcode: 'XX2 1FR',
        stays: haroldStays,
        attendances: [...admittedAt(haroldStays), away(12, '03:40', '02', true)],
      },
    ],
    conditions: [
      ['13645005', 3900],
      ['77176002', 4200],
      ['59621000', 2500],
    ],
    registers: ['copd'],
    repeats: ['0301011R0', '0301020Q0', '0302000C0', '0307000C0', '0206020A0', '0212000B0'],
    items: [
      [118, 30],
      [80, 30],
      [52, 30],
      [34, 30],
      [12, 30],
    ].flatMap(([day]) => [['0501030I0', day ?? 0, 7] as const, ['0603020T0', day ?? 0, 5] as const]),
    gp: [330, 240, 150, 88, 80, 74, 60, 52, 44, 27, 20, 15, 11, 6],
    outpatient: [
      [200, '340', true],
      [101, '340', false],
      [40, '340', false],
    ],
    measurements: [
      ['431314004', 12, 88, '%'],
      ['271649006', 12, 142, 'mmHg'],
      ['271650006', 12, 82, 'mmHg'],
    ],
    urgent: [
      [118, '04:20', '999', 'conveyed'],
      [71, '01:55', '999', 'conveyed'],
      [34, '22:15', '999', 'conveyed'],
      [12, '03:10', '999', 'conveyed'],
    ],
  },
  {
    number: 4,
    id: 'rukhsana',
    name: 'Rukhsana Begum',
    practice: 'Z00002',
    tenth: 2,
    ethnicity: 'J',
    language: 'Mirpuri Punjabi',
    address: begumHome.address,
    telephone: '01632 960408',
    nextOfKin: ['Imran Begum', '01632 960409'],
    livesAlone: false,
    smoking: 'never smoked',
    situation:
      'Cares for her father, Abdul Karim, 80 hours a week. Needs an interpreter. Cancelled her own eye and breast screening. Found by need, not by the model.',
    identities: [
      {
        nhsNumber: '9991010408',
        givenName: 'Rukhsana',
        familyName: 'Begum',
        bornOn: '1968-02-09',
        sex: '2',
        postcode: begumHome.postcode,
        stays: [],
        attendances: [],
      },
    ],
    conditions: [
      ['44054006', 2900],
      ['35489007', 1100],
      ['279039007', 1500],
      ['224484003', 1400],
    ],
    registers: ['diabetes'],
    repeats: ['0601022B0', '0601021M0', '0403030Q0', '0407010H0'],
    gp: [300, 210, 130, 40],
    outpatient: [[160, '130', false]],
    measurements: [
      ['999791000000106', 130, 81, 'mmol/mol'],
      ['271649006', 130, 136, 'mmHg'],
      ['271650006', 130, 84, 'mmHg'],
    ],
  },
  {
    number: 5,
    id: 'abdul',
    name: 'Abdul Karim',
    practice: 'Z00002',
    tenth: 2,
    ethnicity: 'J',
    language: 'Punjabi',
    address: begumHome.address,
    telephone: '01632 960408',
    nextOfKin: ['Rukhsana Begum', '01632 960408'],
    livesAlone: false,
    smoking: 'ex-smoker',
    situation:
      'Vascular dementia with distress at night, stroke, atrial fibrillation, falls. Home care 14 hours. Discharged at 9:40pm without a summary. Lasting power of attorney with Rukhsana.',
    identities: [
      {
        nhsNumber: '9991010505',
        givenName: 'Abdul',
        familyName: 'Karim',
        bornOn: '1946-12-01',
        sex: '1',
        postcode: begumHome.postcode,
        stays: abdulStays,
        attendances: admittedAt(abdulStays),
      },
    ],
    conditions: [
      ['429998004', 1300],
      ['230690007', 2100],
      ['49436004', 2000],
      ['161898004', 400],
      ['59621000', 5200],
    ],
    registers: ['dementia'],
    repeats: ['0208020Z0', '0204000H0', '0212000B0', '0206020A0', '0411000G0', '0103050L0', '0407010H0'],
    gp: [340, 300, 250, 205, 170, 140, 95, 60, 18, 9],
    gpKind: 'home visit',
    measurements: [
      ['271649006', 18, 128, 'mmHg'],
      ['271650006', 18, 70, 'mmHg'],
      ['27113001', 18, 58.9, 'kg'],
    ],
    urgent: [
      [190, '21:30', '999', 'conveyed'],
      [33, '02:45', '999', 'conveyed'],
      [21, '23:50', 'out of hours', 'seen'],
    ],
    care: [[170, 'home care', 14]],
    community: [
      [160, 'district nursing', 'home visit'],
      [100, 'district nursing', 'home visit'],
      [20, 'district nursing', 'home visit'],
    ],
  },
  {
    number: 6,
    id: 'callum',
    name: 'Callum Reid',
    practice: 'Z00001',
    tenth: 2,
    ethnicity: 'A',
    language: 'English',
    address: 'Flat 3, 60 Spring Road, Harrowmere',
    telephone: '01632 960602',
    nextOfKin: ['Moira Reid', '01632 960603'],
    livesAlone: false,
    smoking: 'never smoked',
    situation:
      'Down syndrome, epilepsy, constipation, hypothyroid. Supported living, easy read, hospital passport. Annual health check 5 months overdue.',
    identities: [
      {
        nhsNumber: '9991010602',
        givenName: 'Callum',
        familyName: 'Reid',
        bornOn: '2001-08-17',
        sex: '1',
        postcode: 'XX1 8SR',
        stays: callumStays,
        attendances: [
          ...admittedAt(callumStays),
          away(148, '15:05', '02', true),
          away(73, '11:30', '02', true),
        ],
      },
    ],
    conditions: [
      ['41040004', 8900],
      ['84757009', 5200],
      ['14760008', 2400],
      ['40930008', 3000],
    ],
    registers: ['learning disability', 'epilepsy'],
    repeats: ['0408010A0', '0408010H0', '0602010V0', '0106040M0'],
    gp: [310, 285, 190, 146, 70, 22],
    outpatient: [
      [120, '400', true],
      [60, '400', false],
    ],
    measurements: [['27113001', 146, 81.5, 'kg']],
    care: [[900, 'home care', 21]],
  },
  {
    number: 7,
    id: 'marcus',
    name: 'Marcus Campbell',
    practice: 'Z00002',
    tenth: 1,
    ethnicity: 'M',
    language: 'English',
    address: 'Flat 11, 5 Mill Lane, Harrowmere',
    telephone: '01632 960807',
    nextOfKin: ['Yvonne Campbell', '01632 960808'],
    livesAlone: true,
    smoking: 'smoker',
    situation:
      'Schizophrenia on clozapine, diabetes, BMI 38. His mental-health notes are restricted. Does not trust letters; answers texts from his sister.',
    identities: [
      {
        nhsNumber: '9991010807',
        givenName: 'Marcus',
        familyName: 'Campbell',
        bornOn: '1979-04-30',
        sex: '1',
        postcode: 'XX2 3ML',
        stays: [emergency(133, 126, 'E11.6', '307', 'F20.9;E66.9')],
        attendances: [
          ...admittedAt([emergency(133, 126, 'E11.6', '307')]),
          ...[338, 302, 271, 240, 199, 171, 110, 84, 41, 13].map((day, n) =>
            away(day, n % 2 ? '22:50' : '14:15', n % 3 === 0 ? '12' : '03', n % 4 === 0),
          ),
        ],
      },
    ],
    conditions: [
      ['58214004', 7200],
      ['44054006', 2200],
      ['77176002', 7000],
      ['414916001', 3000],
    ],
    registers: ['severe mental illness', 'diabetes'],
    repeats: ['0402010C0', '0601022B0', '0212000B0'],
    gp: [280, 150, 45],
    outpatient: [
      [330, '307', false],
      [270, '307', false],
      [210, '130', false],
      [160, '307', false],
      [90, '307', false],
      [30, '307', false],
    ],
    measurements: [
      ['60621009', 150, 38, 'kg/m2'],
      ['999791000000106', 150, 74, 'mmol/mol'],
    ],
    urgent: [
      [338, '13:20', '999', 'conveyed'],
      [199, '13:40', '999', 'conveyed'],
      [41, '13:35', '999', 'conveyed'],
    ],
  },
  {
    number: 8,
    id: 'eileen',
    name: 'Eileen Murphy',
    practice: 'Z00001',
    tenth: 6,
    ethnicity: 'B',
    language: 'English',
    address: '19 Orchard Avenue, Harrowmere',
    telephone: '01632 960904',
    nextOfKin: ['Seán Murphy', '01632 960904'],
    livesAlone: false,
    smoking: 'ex-smoker',
    situation:
      'Lung cancer spread to the liver. Last months of life; wants to die at home with her cat, Biscuit. Not for resuscitation. Her husband Seán is deaf.',
    identities: [
      {
        nhsNumber: '9991010904',
        givenName: 'Eileen',
        familyName: 'Murphy',
        bornOn: '1948-10-05',
        sex: '2',
        postcode: 'XX1 6OA',
        stays: [emergency(47, 41, 'C34.9', '800', 'C78.7;J44.9')],
        attendances: [
          ...admittedAt([emergency(47, 41, 'C34.9', '800')]),
          away(121, '16:40', '02', true),
          away(88, '09:25', '02'),
          away(27, '20:10', '02', true),
        ],
      },
    ],
    conditions: [
      ['363358000', 410],
      ['13645005', 2800],
      ['103735009', 40],
      ['450476008', 12],
    ],
    registers: ['cancer', 'copd', 'palliative'],
    repeats: ['0301011R0', '0301020Q0', '0407020Q0', '0106020M0', '0103050P0'],
    items: [
      ['0407020Q0', 12, 7],
      ['0401020K0', 12, 7],
    ],
    gp: [330, 260, 200, 150, 118, 85, 60, 38, 30, 24, 12, 5],
    outpatient: [
      [180, '800', true],
      [120, '800', true],
      [75, '800', true],
    ],
    measurements: [
      ['27113001', 38, 49.8, 'kg'],
      ['1000821000000103', 38, 29, 'g/L'],
    ],
    urgent: [
      [27, '19:20', 'out of hours', 'seen'],
      [9, '02:30', 'out of hours', 'seen'],
    ],
    community: [
      [38, 'district nursing', 'home visit'],
      [24, 'district nursing', 'home visit'],
      [12, 'district nursing', 'home visit'],
      [3, 'district nursing', 'home visit'],
    ],
  },
  {
    number: 9,
    id: 'piotr',
    name: 'Piotr Nowak',
    practice: null,
    tenth: 1,
    ethnicity: 'C',
    language: 'Polish',
    address: 'No fixed abode',
    telephone: null,
    nextOfKin: null,
    livesAlone: false,
    smoking: 'smoker',
    situation:
      'Sleeps rough, not registered. Alcohol dependence, cirrhosis, leg ulcer, seizures. Nine A&E attendances under three spellings.',
    identities: [
      {
        nhsNumber: null,
        localId: 'ZT1-900001',
        givenName: 'Piotr',
        familyName: 'Nowak',
        bornOn: '1974-01-01',
        sex: '1',
        postcode: 'ZZ99 3VZ',
        stays: [emergency(226, 219, 'K70.3', '301', 'F10.2;L97')],
        attendances: [
          away(226, '23:55', '01', true),
          away(180, '02:20', '12'),
          away(95, '21:05', '03', true),
          away(17, '01:45', '12', true),
        ],
      },
      {
        nhsNumber: null,
        localId: 'ZT1-900002',
        givenName: 'Piotr',
        familyName: 'Novak',
        bornOn: '1974-01-01',
        sex: '1',
        postcode: 'ZZ99 3VZ',
        stays: [],
        attendances: [
          away(321, '20:30', '03', true),
          away(202, '03:15', '12', true),
          away(144, '13:10', '03'),
        ],
      },
      {
        nhsNumber: null,
        localId: 'ZT2-900003',
        givenName: 'Peter',
        familyName: 'Nowack',
        bornOn: '1974-01-01',
        sex: '1',
        postcode: 'ZZ99 3VZ',
        stays: [emergency(62, 58, 'G40.9', '300', 'F10.2;K74.6')],
        attendances: [away(62, '05:35', '01', true), away(36, '18:50', '12')],
      },
    ],
    conditions: [],
    repeats: [],
    gp: [],
  },
  {
    number: 10,
    id: 'ayaan',
    name: 'Ayaan Hussain',
    practice: 'Z00002',
    tenth: 1,
    ethnicity: 'K',
    language: 'Sylheti',
    address: twinsHome.address,
    telephone: '01632 960005',
    nextOfKin: ['Shirin Hussain', '01632 960005'],
    livesAlone: false,
    smoking: null,
    situation:
      'Twin of Ayan. Cerebral palsy, epilepsy, gastrostomy. School nurse and community children’s team; his mother is his carer.',
    identities: [
      {
        nhsNumber: '9991011005',
        givenName: 'Ayaan',
        familyName: 'Hussain',
        bornOn: '2016-11-23',
        sex: '1',
        postcode: twinsHome.postcode,
        stays: [...ayaanStays, ...ayaanPlanned],
        attendances: admittedAt(ayaanStays),
      },
    ],
    conditions: [
      ['128188000', 3000],
      ['84757009', 2100],
    ],
    registers: ['epilepsy'],
    repeats: ['0408010A0', '0106040M0', '0103050P0'],
    gp: [320, 250, 180, 135, 70, 30],
    outpatient: [
      [300, '420', true],
      [200, '420', true],
      [100, '420', true],
      [33, '420', true],
    ],
    measurements: [['27113001', 30, 24.1, 'kg']],
    community: [
      [210, 'community children’s nursing', 'home visit'],
      [120, 'community children’s nursing', 'home visit'],
      [40, 'community children’s nursing', 'home visit'],
    ],
  },
  {
    number: 11,
    id: 'ayan',
    name: 'Ayan Hussain',
    practice: 'Z00002',
    tenth: 1,
    ethnicity: 'K',
    language: 'Sylheti',
    address: twinsHome.address,
    telephone: '01632 960005',
    nextOfKin: ['Shirin Hussain', '01632 960005'],
    livesAlone: false,
    smoking: null,
    situation:
      'Twin of Ayaan: same family name, birth date, postcode and practice, given name one letter apart, another NHS number. Two people. Mild asthma.',
    identities: [
      {
        nhsNumber: '9991011102',
        givenName: 'Ayan',
        familyName: 'Hussain',
        bornOn: '2016-11-23',
        sex: '1',
        postcode: twinsHome.postcode,
        stays: [],
        attendances: [],
      },
    ],
    conditions: [['195967001', 1100]],
    repeats: ['0301011R0'],
    gp: [240, 90],
  },
  {
    number: 12,
    id: 'hua-li',
    name: 'Hua Li Chen',
    practice: 'Z00001',
    tenth: 4,
    ethnicity: 'R',
    language: 'Cantonese',
    address: '2 Larch Lane, Harrowmere',
    telephone: '01632 960307',
    nextOfKin: null,
    livesAlone: true,
    smoking: 'never smoked',
    situation:
      'One person, two records: at the practice, and in hospital as Lihua Chen after two falls. Only both together show her risk. Needs an interpreter.',
    identities: [
      {
        nhsNumber: '9991011307',
        givenName: 'Hua Li',
        familyName: 'Chen',
        bornOn: '1958-07-08',
        sex: '2',
        postcode: 'XX1 4LL',
        stays: [],
        attendances: [],
      },
      {
        nhsNumber: null,
        localId: 'ZT2-900012',
        givenName: 'Lihua',
        familyName: 'Chen',
        bornOn: '1958-07-08',
        sex: '2',
        postcode: 'XX1 4LL',
        stays: [emergency(75, 72, 'S52.5', '110'), emergency(9, 7, 'R29.6', '300')],
        attendances: [away(75, '10:20', '01', true), away(9, '07:15', '01', true)],
      },
    ],
    conditions: [
      ['254837009', 2500],
      ['64859006', 1700],
      ['40930008', 2100],
    ],
    registers: ['cancer'],
    repeats: ['0602010V0', '0606020A0', '0906040G0'],
    gp: [300, 190, 80],
    outpatient: [[210, '800', true]],
    measurements: [
      ['271649006', 190, 131, 'mmHg'],
      ['271650006', 190, 77, 'mmHg'],
    ],
  },
]

/** What a test may count on, on D. Orders are those of the day-one rule; June has an open case and is left out. */
export const streetFacts = {
  practices: [
    { code: 'Z00001', name: 'Lund Street Surgery', locality: 'Conrane', gp: 'Dr Astrid Lund' },
    { code: 'Z00002', name: 'Canal Side Practice', locality: 'Conrane', gp: 'Dr Tunde Bello' },
  ],
  caseManager: 'Amina Yusuf',
  wardClerk: 'Pat Doyle',
  openCase: 'june',
  orderWhenJoined: { Z00001: ['jean', 'hua-li', 'eileen', 'callum'], Z00002: ['harold', 'abdul', 'marcus'] },
  jean: { admissions: 5, nights: 72, gpContactsInSixMonths: 18 },
  identities: 15,
  people: 12,
  neverJoined: ['ayaan', 'ayan'],
} as const

export const repeatDays = every(700, 0, 28)
