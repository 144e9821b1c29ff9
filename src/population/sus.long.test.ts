import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { currentLoad, loadExtract, withStore } from '#population'
import { smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { openHouse, testFolder } from '../../test/house.ts'
import { makeTown } from '../../town/index.ts'
import { openBench } from './bench.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'sus')

const hospital = async () => {
  const load = await house.asSystem('test', ({ db }) => currentLoad(db))
  return await withStore(join(workshop.folder, load?.folder ?? ''), async (store) => [
    await store.rows('select * exclude (source) from inpatient order by all'),
    await store.rows('select * exclude (source) from emergency_department order by all'),
    await store.rows('select * exclude (source) from outpatient order by all'),
  ])
}

it('a town’s hospital files under SUS headings, with days and times apart, load as the town itself does', async () => {
  const plain = testFolder('sus-plain')
  const sus = testFolder('sus')
  for (const folder of [plain, sus, `${plain}-truth`, `${sus}-truth`])
    rmSync(folder, { recursive: true, force: true })
  await makeTown({ people: 300, seed: 2, out: plain, futures: 0, format: 'csv' })
  const bench = await openBench(tmpdir())
  // SUS carries no names: rows that say in words whom they are about stay out of both.
  const attendances = join(plain, 'emergency_department.csv')
  await bench.run(
    `copy (select * from read_csv('${attendances}', all_varchar = true) where family_name is null) to '${attendances}.new' (header)`,
  )
  renameSync(`${attendances}.new`, attendances)
  cpSync(plain, sus, { recursive: true })
  const from = (file: string) => `read_csv('${plain}/${file}.csv', all_varchar = true)`
  const diagnoses = Array.from(
    { length: 19 },
    (_, at) =>
      `split_part(coalesce(other_diagnoses, ''), ';', ${at + 1}) as DIAG_${String(at + 2).padStart(2, '0')}`,
  )
  await bench.run(`copy (select nhs_number as NEWNHSNO, admitted_on as ADMIDATE, discharged_on as DISDATE, admission_method as ADMIMETH,
    primary_diagnosis as DIAG_01, ${diagnoses.join(', ')}, specialty as TRETSPEF, provider as PROCODE3 from ${from('inpatient')})
    to '${sus}/apc.csv' (header)`)
  await bench.run(`copy (select nhs_number as NEWNHSNO, left(arrived_at, 10) as ARRIVALDATE, substr(arrived_at, 12, 5) as ARRIVALTIME,
    case by_ambulance when 'true' then '1' else '2' end as AEARRIVALMODE, disposal as AEATTENDDISP from ${from('emergency_department')})
    to '${sus}/ae.csv' (header)`)
  await bench.run(`copy (select nhs_number as NEWNHSNO, date as APPTDATE, specialty as TRETSPEF, case attended when 'true' then '5' else '3' end as ATTENDED
    from ${from('outpatient')}) to '${sus}/op.csv' (header)`)
  bench.close()
  for (const file of ['inpatient', 'emergency_department', 'outpatient']) rmSync(join(sus, `${file}.csv`))
  const first = await loadExtract(workshop, { folder: plain })
  const before = await hospital()
  const second = await loadExtract(workshop, { folder: sus })
  expect(first.ok && second.ok).toBe(true)
  if (!first.ok || !second.ok) return
  expect(second.value.reasons).toEqual(first.value.reasons)
  expect(await hospital()).toEqual(before)
  expect(before.map((rows) => rows.length > 50)).toEqual([true, true, true])
}, 240_000)

it('mapping.json reads a site’s own headings, dates and codes', async () => {
  const folder = writeExtract('mapped', smallExtract, {
    'stays.csv': 'pat,in,out,how,why\n9991010203,24/12/2025,08/01/2026,E,J44.1\n',
    'mapping.json': JSON.stringify({
      inpatient: {
        file: 'stays.csv',
        columns: {
          nhs_number: 'pat',
          admitted_on: 'in',
          discharged_on: 'out',
          admission_method: 'how',
          primary_diagnosis: 'why',
        },
        codes: { admission_method: { E: '21' } },
        dates: 'DD/MM/YYYY',
      },
    }),
  })
  rmSync(join(folder, 'inpatient.csv'))
  const outcome = await loadExtract(workshop, { folder })
  expect(outcome.ok ? outcome.value.refused : outcome.problems).toBe(0)
  const [stays] = await hospital()
  expect(stays?.map((row) => Object(row).admission_method)).toContain('21')
  const sources = JSON.parse(readFileSync(join(folder, 'sources.json'), 'utf8'))
  sources.inpatient.covers_to = 'soon'
  writeFileSync(join(folder, 'sources.json'), JSON.stringify(sources))
  const bad = await loadExtract(workshop, { folder })
  expect(bad.ok ? '' : bad.problems[0]?.message).toMatch(/^sources\.json, inpatient covers_to: /)
})
