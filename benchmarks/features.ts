// How fast features are worked out, by person-id range, and how much memory it takes:
//   npx tsx benchmarks/features.ts PEOPLE [PEOPLE_A_PART] [FOLDER_TO_KEEP_THE_STORE_IN]
// The population is made up by DuckDB's hash: repeatable, and 32 events a person on average in the shape of design risk 4.
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { readDate } from '#calendar'
import { withStore } from '#population'
import { partSql } from '../src/case-finding/model/feature-store.ts'
import { features } from '../src/case-finding/model/features.data.ts'
import { prepareCodes, prepareLinks } from '../src/case-finding/model/prepare-store.ts'

const people = Number(process.argv[2] ?? 200_000)
const partSize = Number(process.argv[3] ?? 35_000)
const indexOn = readDate('2025-03-31')
if (!indexOn) throw new Error('the index date is no date')
const kept = process.argv[4]
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'keyworker-features-')))
await mkdir(folder, { recursive: true })
const seconds = (since: number) => Number(((performance.now() - since) / 1000).toFixed(1))

/** Writes a file of so many rows a person on average, sorted by person. */
async function writeStore(): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '6GB', temp_directory: folder })
  const connection = await instance.connect()
  const write = async (file: string, select: string) => {
    const path = join(folder, `${file}.parquet`)
    if (!existsSync(path))
      await connection.run(`copy (${select}) to '${path}' (format parquet, compression zstd)`)
  }
  const h = (salt: number, of: number) => `(hash(i, k, ${salt}) % ${of})::int`
  const rows = (most: number) =>
    `range(${people}) r(i), lateral (select unnest(range((hash(i, ${most}) % ${most * 2})::bigint)) as k)`
  const day = `date '2026-03-31' - (hash(i, k, 1) % 1826)::int`
  const of = (...codes: readonly string[]) =>
    `[${codes.map((code) => `'${code}'`).join(', ')}][1 + ${h(2, codes.length)}]`
  await write(
    'people',
    `select i::uinteger as person, md5(i::varchar) as pseudonym, (1920 + hash(i) % 85)::usmallint as birth_year, 1::utinyint as birth_quarter,
      case when i % 2 = 0 then 'female' else 'male' end as sex, (1 + hash(i, 3) % 10)::utinyint as imd_decile, 'white' as ethnicity_group,
      'Z' || lpad((hash(i, 4) % 100)::varchar, 5, '0') as practice_code, date '2010-01-01' as registered_month, null::date as left_month,
      null::date as died_month, null::date as until_on, false as care_home, false as lives_alone from range(${people}) r(i)`,
  )
  const files: readonly (readonly [string, number, string])[] = [
    [
      'prescriptions',
      16,
      `${day} as issued_on, 'bnf' as code_system, ${of('0407020C0', '0202020L0', '0501013B0', '0212000B0', '0603020T0', '0403030Q0')} as code`,
    ],
    ['gp_contacts', 11, `${day} as date, ${of('face to face', 'telephone', 'home visit')} as kind`],
    [
      'measurements',
      3,
      `${day} as taken_on, ${of('1022431000000105', '1011481000000105', '60621009')} as code, ${h(3, 100)}::double as value`,
    ],
    ['outpatient', 2, `${day} as date, ${of('100', '300', '430')} as specialty, ${h(4, 10)} > 0 as attended`],
    [
      'conditions',
      1,
      `${day} as recorded_on, null::date as resolved_on, 'snomed' as code_system, ${of('84114007', '13645005', '433144002', '52448006')} as code`,
    ],
    ['emergency_department', 1, `${day} as arrived_at, ${h(5, 4)} = 0 as by_ambulance, '02' as disposal`],
    [
      'inpatient',
      1,
      `${day} as admitted_on, ${day} + ${h(6, 9)} as discharged_on, ${of('21', '11', '24')} as admission_method, ${of('I50.0', 'J44.1', 'R07.4')} as primary_diagnosis, null::varchar as other_diagnoses`,
    ],
    [
      'social_care',
      1,
      `${day} as started_on, null::date as ended_on, 'home care' as package, 7.0::double as hours_a_week`,
    ],
  ]
  for (const [file, most, columns] of files)
    await write(file, `select i::uinteger as person, ${columns} from ${rows(most)} order by person`)
  const counts = await connection.run(
    `select sum(n)::int as n from (${files.map(([file]) => `select count(*) as n from '${join(folder, `${file}.parquet`)}'`).join(' union all ')})`,
  )
  const [row] = await counts.getRowObjectsJS()
  connection.closeSync()
  instance.closeSync()
  return Number(row?.n)
}

try {
  let at = performance.now()
  const events = await writeStore()
  const made = seconds(at)
  let peakMb = 0
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1_048_576)
  }, 50)
  const cpuBefore = process.cpuUsage()
  const result = await withStore(folder, async (store) => {
    at = performance.now()
    await prepareCodes(store, [])
    await prepareLinks(store)
    const prepared = seconds(at)
    at = performance.now()
    const cut = { indexOn, fromAge: 18, registeredDays: 365 }
    const parts = Array.from({ length: Math.ceil(people / partSize) }, (_, part) => part * partSize)
    await store.together(
      parts.map(
        (from) => (lane) =>
          lane.run(
            `copy (${partSql(store, cut, features, from, from + partSize)}) to '${join(folder, `features-${from}.parquet`)}' (format parquet, compression snappy)`,
          ),
      ),
    )
    return { prepared, features: seconds(at) }
  })
  clearInterval(watch)
  const cpu = process.cpuUsage(cpuBefore)
  console.log(
    JSON.stringify({
      people,
      events,
      partSize,
      columns: features.length,
      madeSeconds: made,
      preparedSeconds: result.prepared,
      featuresSeconds: result.features,
      cpuSeconds: Number(((cpu.user + cpu.system) / 1e6).toFixed(1)),
      peakMb: Math.round(peakMb),
      cores: cpus().length,
      load: loadavg()[0]?.toFixed(1),
    }),
  )
} finally {
  if (!kept) await rm(folder, { recursive: true, force: true })
}
