import type { FileMapping } from './sources.ts'
import type { FileName } from './types.ts'

const diagnoses = Array.from({ length: 19 }, (_, at) => `DIAG_${String(at + 2).padStart(2, '0')}`)

/**
 * NHS SUS and HES style headings, used by themselves when a file has them. `when` are the headings that give a file
 * away; `columns` name in order the headings a column may have: the first that is there is read.
 */
export const susMappings: readonly {
  readonly file: FileName
  readonly when: readonly string[]
  readonly columns: Readonly<Record<string, readonly string[]>>
  /** Columns made of several headings, joined. */
  readonly joined: Readonly<Record<string, readonly string[]>>
  readonly codes: FileMapping['codes']
}[] = [
  {
    file: 'inpatient',
    when: ['ADMIDATE', 'ADMIMETH'],
    columns: {
      nhs_number: ['NHS_NUMBER', 'NHSNO', 'NEWNHSNO'],
      admitted_on: ['ADMIDATE'],
      discharged_on: ['DISDATE'],
      admission_method: ['ADMIMETH'],
      primary_diagnosis: ['DIAG_01'],
      specialty: ['TRETSPEF', 'MAINSPEF'],
      provider: ['PROCODE3', 'PROCODET', 'PROCODE'],
      local_id: ['LOPATID', 'LOCAL_PATIENT_ID'],
      date_of_birth: ['DOB'],
      sex: ['SEX'],
      postcode: ['HOMEADD', 'POSTCODE'],
    },
    joined: { other_diagnoses: diagnoses },
    codes: {},
  },
  {
    file: 'emergency_department',
    when: ['ARRIVALDATE', 'ARRIVALTIME'],
    columns: {
      nhs_number: ['NHS_NUMBER', 'NHSNO', 'NEWNHSNO'],
      by_ambulance: ['AEARRIVALMODE'],
      disposal: ['AEATTENDDISP', 'ATTENDDISP'],
      local_id: ['LOPATID', 'LOCAL_PATIENT_ID'],
      date_of_birth: ['DOB'],
      sex: ['SEX'],
      postcode: ['HOMEADD', 'POSTCODE'],
    },
    joined: { arrived_at: ['ARRIVALDATE', 'ARRIVALTIME'] },
    codes: { by_ambulance: { '1': 'true', '2': 'false', '9': '' } },
  },
  {
    file: 'outpatient',
    when: ['APPTDATE', 'ATTENDED'],
    columns: {
      nhs_number: ['NHS_NUMBER', 'NHSNO', 'NEWNHSNO'],
      date: ['APPTDATE'],
      specialty: ['TRETSPEF', 'MAINSPEF'],
      attended: ['ATTENDED'],
    },
    joined: {},
    codes: {
      attended: {
        '5': 'true',
        '6': 'true',
        '2': 'false',
        '3': 'false',
        '4': 'false',
        '7': 'false',
        '9': '',
        '0': '',
      },
    },
  },
]
