import type { Workbench } from './duckdb.ts'
import type { Making } from './making.ts'
import { admissionSteps, stayTable } from './sql/admissions.ts'
import { communityRecords, socialRecords, urgentRecords } from './sql/care-records.ts'
import { actingTable, enrolmentTable, happenedTable, preventedTable } from './sql/history.ts'
import { emergencyRecords, inpatientRecords, outpatientRecords } from './sql/hospital-records.ts'
import { identityTable } from './sql/identity.ts'
import { measurementRecords } from './sql/measurements.ts'
import { conditionStarts, conditionSums, personTable, spanTable } from './sql/people.ts'
import { addressRecords, objectionRecords, peopleRecords } from './sql/people-records.ts'
import {
  allergyRecords,
  conditionRecords,
  gpRecords,
  gpSteps,
  registerRecords,
} from './sql/practice-records.ts'
import { prescriptionRecords } from './sql/prescriptions.ts'
import { counts, crisisBits, deaths, personYears } from './sql/rates.ts'
import type { Records } from './sql/records.ts'
import * as tables from './sql/tables.ts'

/** Tables that do not depend on the part. */
export async function layTables(bench: Workbench, making: Making): Promise<void> {
  await bench.run(tables.macros)
  for (const sql of [
    tables.curveTable(),
    tables.conditionTable(),
    tables.conditionCodeTable(),
    tables.ownCauseTable(),
    tables.causeTable(),
    tables.drugTable(),
    tables.conditionDrugTable(),
    tables.commonDrugTable(),
    tables.acuteDrugTable(),
    tables.quarterTable(making),
    tables.counterTable(),
    tables.issueTable(making),
    tables.practiceTable(making),
    tables.repeatsTable(),
  ])
    await bench.run(sql)
}

/** Lives of one part of the town: who, what ails them, how often they come, and what the service changed. */
export const lifeSteps = (making: Making, low: number, high: number, told: string | null): string[] => [
  personTable(making, low, high),
  conditionStarts(making),
  conditionSums(making),
  personYears(making),
  crisisBits(),
  deaths(),
  spanTable(),
  counts(making),
  ...admissionSteps(making),
  enrolmentTable(making, 0),
  actingTable(making, told),
  happenedTable(making),
  preventedTable(),
  stayTable(),
  identityTable(making.startOn),
  gpSteps(making),
]

export const recordsOf = (making: Making): Records[] => [
  peopleRecords(making),
  addressRecords(making),
  objectionRecords(making),
  conditionRecords(making),
  registerRecords(making),
  allergyRecords(making),
  prescriptionRecords(making),
  gpRecords(making),
  measurementRecords(making),
  inpatientRecords(making),
  emergencyRecords(making),
  urgentRecords(making),
  outpatientRecords(making),
  socialRecords(making),
  communityRecords(making),
]
